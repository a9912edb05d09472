package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import org.sftoolkit.camel.model.SObject;

/**
 * Builds a value from JSON tokens that are pushed to it as they come, so that rows can be had from an answer of which the rest
 * is still on its way.
 *
 * <p>An object with {@code attributes} becomes an {@link SObject}, one without a map; the result of a subquery becomes the
 * list of its records.
 */
final class ValueAssembler {

    private final Deque<Frame> open = new ArrayDeque<>();
    private final boolean subqueries;
    private List<ChildRows> unfinished = List.of();
    private Object value;

    /** An object or array of which the end has not come: one of fields, elements and neither, for attributes. */
    private static final class Frame {
        private final LinkedHashMap<String, Object> fields;
        private final List<Object> elements;
        private String name;
        private boolean record;
        private String type;

        private Frame(LinkedHashMap<String, Object> fields, List<Object> elements) {
            this.fields = fields;
            this.elements = elements;
        }

        private boolean isAttributes() {
            return fields == null && elements == null;
        }
    }

    /** @param subqueries whether results of queries within the value become lists; maps as they came else */
    ValueAssembler(boolean subqueries) {
        this.subqueries = subqueries;
    }

    /** Takes the parser's current token; true when the value is complete. */
    boolean accept(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        Frame top = open.peek();
        switch (token) {
            case FIELD_NAME -> top.name = json.currentName();
            case START_OBJECT -> open.push(new Frame(startsAttributes(top) ? null : new LinkedHashMap<>(), null));
            case START_ARRAY -> open.push(new Frame(null, new ArrayList<>()));
            case END_OBJECT, END_ARRAY -> {
                return close(open.pop());
            }
            default -> {
                // of attributes only the type is of use, and a page has thousands of them
                if (top == null || !top.isAttributes() || "type".equals(top.name)) {
                    return put(RecordReader.scalar(json));
                }
            }
        }
        return false;
    }

    /** The complete value. */
    Object take() {
        Object taken = value;
        value = null;
        return taken;
    }

    /** Lists of children within the value that have further pages. */
    List<ChildRows> takeUnfinished() {
        List<ChildRows> taken = unfinished;
        unfinished = List.of();
        return taken;
    }

    private static boolean startsAttributes(Frame top) {
        return top != null && top.fields != null && "attributes".equals(top.name);
    }

    private boolean close(Frame frame) {
        if (frame.isAttributes()) {
            Frame record = open.peek();
            record.record = true;
            record.type = frame.type;
            return false;
        }
        if (frame.elements != null) {
            return put(frame.elements);
        }
        if (frame.record) {
            return put(SObject.read(frame.type, frame.fields));
        }
        return put(isSubquery(frame) ? children(frame) : frame.fields);
    }

    /** Whether the object is the result of a subquery; a page of rows itself stands in none. */
    private boolean isSubquery(Frame frame) {
        return subqueries
                && !open.isEmpty()
                && frame.fields.get("records") instanceof List<?>
                && frame.fields.containsKey("totalSize")
                && frame.fields.containsKey("done");
    }

    private ChildRows children(Frame frame) {
        String next = frame.fields.get("nextRecordsUrl") instanceof String path ? path : null;
        var children = new ChildRows((List<?>) frame.fields.get("records"), next);
        if (next != null) {
            unfinished = unfinished.isEmpty() ? new ArrayList<>() : unfinished;
            unfinished.add(children);
        }
        return children;
    }

    private boolean put(Object part) {
        Frame top = open.peek();
        if (top == null) {
            value = part;
            return true;
        }
        if (top.elements != null) {
            top.elements.add(part);
        } else if (top.fields != null) {
            top.fields.put(top.name, part);
        } else if ("type".equals(top.name)) {
            top.type = part instanceof String type ? type : null;
        }
        return false;
    }
}
