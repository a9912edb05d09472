package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.sftoolkit.camel.model.SObject;

/**
 * Reads values from JSON tokens, without a tree. Not thread-safe.
 *
 * <p>An object with {@code attributes} becomes an {@link SObject}, one without a map; the result of a subquery becomes the
 * list of its records.
 */
public final class ValueReader {

    private final boolean subqueries;
    private List<ChildRows> unfinished = List.of();
    private int depth;

    /** @param subqueries whether results of queries within a value become lists; maps as they came else */
    public ValueReader(boolean subqueries) {
        this.subqueries = subqueries;
    }

    /** The value that begins at the parser's current token; the parser is left on its last one. */
    public Object read(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            default -> RecordReader.scalar(json);
        };
    }

    /** Lists of children within the values read that have further pages. */
    public List<ChildRows> takeUnfinished() {
        List<ChildRows> taken = unfinished;
        unfinished = List.of();
        return taken;
    }

    private Object object(JsonParser json) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        boolean record = false;
        String type = null;
        depth++;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.START_OBJECT && name.equals("attributes")) {
                record = true;
                type = type(json);
            } else {
                fields.put(name, read(json));
            }
        }
        depth--;
        if (record) {
            return SObject.read(type, fields);
        }
        return isSubquery(fields) ? children(fields) : fields;
    }

    /** Of attributes only the type is of use, and a page has thousands of them. */
    private static String type(JsonParser json) throws IOException {
        String type = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.VALUE_STRING && name.equals("type")) {
                type = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return type;
    }

    private List<Object> array(JsonParser json) throws IOException {
        var elements = new ArrayList<>();
        depth++;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(json));
        }
        depth--;
        return elements;
    }

    /** Whether the object is the result of a subquery; a page of rows itself stands in none. */
    private boolean isSubquery(LinkedHashMap<String, Object> fields) {
        return subqueries
                && depth > 0
                && fields.get("records") instanceof List<?>
                && fields.containsKey("totalSize")
                && fields.containsKey("done");
    }

    private ChildRows children(LinkedHashMap<String, Object> fields) throws IOException {
        String next = fields.get("nextRecordsUrl") instanceof String path ? path : null;
        long total = fields.get("totalSize") instanceof Number rows ? rows.longValue() : -1;
        var children = new ChildRows((List<?>) fields.get("records"), total, next);
        if (next == null && (children.size() < total || Boolean.FALSE.equals(fields.get("done")))) {
            throw new IOException("a list of children that ends with row " + children.size() + " of " + total);
        }
        if (next != null) {
            unfinished = unfinished.isEmpty() ? new ArrayList<>() : unfinished;
            unfinished.add(children);
        }
        return children;
    }
}
