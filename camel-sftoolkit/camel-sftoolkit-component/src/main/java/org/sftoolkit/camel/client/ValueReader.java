package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.FieldLayout;
import org.sftoolkit.camel.model.SObject;

/**
 * Reads values from JSON tokens, without a tree. Not thread-safe.
 *
 * <p>An object with {@code attributes} becomes an {@link SObject}, one without a map; the result of a subquery becomes the
 * list of its records.
 */
public final class ValueReader {

    private static final SerializedString ATTRIBUTES = new SerializedString("attributes");
    private static final int DEEPEST_LAYOUT = 8;

    private final boolean subqueries;
    /** By depth, the fields of the first record that was read there: most others have the same ones. */
    private final FieldLayout[] layouts = new FieldLayout[DEEPEST_LAYOUT];
    /** By depth, the names of these fields until a second record comes: a record that is read alone needs no layout. */
    private final String[][] firstNames = new String[DEEPEST_LAYOUT][];

    private List<ChildRows> unfinished = List.of();
    private int depth;
    /** Type of the record that was read last, which most others have too. */
    private String lastType = "";

    private char[] lastTypeChars = {};

    /** @param subqueries whether results of queries within a value become lists; maps as they came else */
    public ValueReader(boolean subqueries) {
        this.subqueries = subqueries;
    }

    /** The value that begins at the parser's current token; the parser is left on its last one. */
    public @Nullable Object read(JsonParser json) throws IOException {
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
        FieldLayout layout = depth < DEEPEST_LAYOUT ? layout(depth) : null;
        if (layout == null) {
            return object(json, new LinkedHashMap<>(), json.nextFieldName());
        }
        if (!json.nextFieldName(ATTRIBUTES)) {
            return object(json, new LinkedHashMap<>(), currentName(json));
        }
        if (json.nextToken() != JsonToken.START_OBJECT) {
            var fields = new LinkedHashMap<String, Object>();
            depth++;
            fields.put(ATTRIBUTES.getValue(), read(json));
            depth--;
            return object(json, fields, json.nextFieldName());
        }
        return record(json, type(json), layout);
    }

    private FieldLayout layout(int at) {
        if (layouts[at] == null && firstNames[at] != null) {
            layouts[at] = new FieldLayout(List.of(firstNames[at]));
        }
        return layouts[at];
    }

    /** A record that is likely to have the fields of the one before it at this depth, in the same order. */
    private Object record(JsonParser json, String type, FieldLayout layout) throws IOException {
        var values = new Object[layout.size()];
        int filled = 0;
        depth++;
        while (filled < values.length && json.nextFieldName(layout.name(filled))) {
            json.nextToken();
            values[filled++] = read(json);
        }
        depth--;
        if (filled == values.length && json.nextToken() == JsonToken.END_OBJECT) {
            return SObject.read(type.isEmpty() ? null : type, layout, values);
        }
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < filled; i++) {
            fields.put(layout.name(i).getValue(), values[i]);
        }
        String repeated = fields(json, fields, currentName(json));
        String told = repeated == null ? type : repeated;
        return SObject.read(told.isEmpty() ? null : told, fields);
    }

    /** The name that the parser stands on; null at the end of an object. */
    private static @Nullable String currentName(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.FIELD_NAME ? json.currentName() : null;
    }

    /** An object of which some fields have been read. */
    private Object object(JsonParser json, LinkedHashMap<String, Object> fields, @Nullable String name)
            throws IOException {
        String type = fields(json, fields, name);
        if (type == null) {
            return isSubquery(fields) ? children(fields) : fields;
        }
        if (depth < DEEPEST_LAYOUT && firstNames[depth] == null) {
            firstNames[depth] = fields.keySet().toArray(new String[0]);
        }
        return SObject.read(type.isEmpty() ? null : type, fields);
    }

    /** Reads the fields from this name on. Gives the type of a record, empty if it is not told; null if the object is not a record. */
    private @Nullable String fields(JsonParser json, LinkedHashMap<String, Object> fields, @Nullable String first)
            throws IOException {
        String type = null;
        depth++;
        for (String name = first; name != null; name = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.START_OBJECT && name.equals(ATTRIBUTES.getValue())) {
                type = type(json);
            } else {
                fields.put(name, read(json));
            }
        }
        depth--;
        return type;
    }

    /** Only the type of the attributes is needed, and a page has thousands of them. */
    private String type(JsonParser json) throws IOException {
        String type = "";
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.VALUE_STRING && name.equals("type")) {
                type = typeText(json);
            } else {
                json.skipChildren();
            }
        }
        return type;
    }

    private String typeText(JsonParser json) throws IOException {
        char[] chars = json.getTextCharacters();
        int begin = json.getTextOffset();
        int end = begin + json.getTextLength();
        if (!Arrays.equals(chars, begin, end, lastTypeChars, 0, lastTypeChars.length)) {
            lastTypeChars = Arrays.copyOfRange(chars, begin, end);
            lastType = json.getText();
        }
        return lastType;
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

    /** Whether the object is the result of a subquery. */
    private boolean isSubquery(LinkedHashMap<String, Object> fields) {
        return subqueries
                && depth > 0
                && fields.get("records") instanceof List<?>
                && fields.containsKey("totalSize")
                && fields.containsKey("done");
    }

    private ChildRows children(LinkedHashMap<String, Object> fields) throws IOException {
        String next = fields.get("nextRecordsUrl") instanceof String path ? path : null;
        long total = fields.get("totalSize") instanceof Number count ? count.longValue() : -1;
        var children = new ChildRows(fields.get("records") instanceof List<?> rows ? rows : List.of(), total, next);
        if (next == null && (children.size() < total || Boolean.FALSE.equals(fields.get("done")))) {
            throw new IOException("a list of child records ends with row " + children.size() + " of " + total);
        }
        if (next != null) {
            unfinished = unfinished.isEmpty() ? new ArrayList<>() : unfinished;
            unfinished.add(children);
        }
        return children;
    }
}
