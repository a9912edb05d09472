package org.sftoolkit.camel.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;

/** Records in JSON: numbers keep their digits, an array in a stream is read element by element. */
final class JsonRecords {

    private static final ObjectMapper JSON =
            new ObjectMapper(JsonBodies.FACTORY).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private JsonRecords() {}

    /** An object, an array of them, or several objects one after the other. */
    static Records read(InputStream utf8, boolean inMemory) throws IOException {
        JsonParser parser = JSON.createParser(utf8);
        try {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                parser.clearCurrentToken();
                return list(new JsonElements(parser, values(parser), null), parser, inMemory);
            }
            requireObject(parser);
            Object first = JSON.readValue(parser, Object.class);
            if (parser.nextToken() == null) {
                parser.close();
                return Records.one(record(first));
            }
            return list(new JsonElements(parser, values(parser), first), parser, inMemory);
        } catch (JsonProcessingException e) {
            throw JsonElements.unreadable(e);
        }
    }

    /** The one object that a text holds; null if it begins otherwise. */
    static @Nullable Map<?, ?> object(String json) throws IOException {
        if (!json.stripLeading().startsWith("{")) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            Map<?, ?> object = JSON.readValue(parser, LinkedHashMap.class);
            if (parser.nextToken() != null) {
                throw new InvalidBodyException(
                        "the JSON is followed by other text: remove what follows the last bracket", null);
            }
            return object;
        } catch (JsonProcessingException e) {
            throw JsonElements.unreadable(e);
        }
    }

    /** One object after the other: always a list, even if there is only one. */
    static Records readLines(InputStream utf8, boolean inMemory) throws IOException {
        JsonParser parser = JSON.createParser(utf8);
        return list(new JsonElements(parser, values(parser), null), parser, inMemory);
    }

    private static MappingIterator<Object> values(JsonParser parser) throws IOException {
        return JSON.readerFor(Object.class).readValues(parser);
    }

    private static Records list(JsonElements elements, JsonParser parser, boolean inMemory) throws IOException {
        var records = new Iterator<SourceRecord>() {
            @Override
            public boolean hasNext() {
                return elements.hasNext();
            }

            @Override
            public SourceRecord next() {
                return record(elements.next());
            }
        };
        return inMemory ? collect(records, parser) : Records.streamed(records, parser);
    }

    /** All records of a text that is in memory: what is wrong in it shows before anything is sent. */
    static Records collect(Iterator<SourceRecord> records, AutoCloseable source) throws IOException {
        List<SourceRecord> all = new ArrayList<>();
        try (source) {
            records.forEachRemaining(all::add);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        return Records.of(all);
    }

    static Records read(JsonNode json) {
        if (json.isArray()) {
            List<SourceRecord> records = new ArrayList<>();
            json.forEach(element -> records.add(record(element)));
            return Records.of(records);
        }
        if (!json.isObject() && !json.isPojo()) {
            throw new InvalidBodyException(
                    "JSON " + json.getNodeType() + " is not a record: use an object or an array of objects", null);
        }
        return Records.one(record(json));
    }

    static SourceRecord record(JsonNode json) {
        if (json instanceof POJONode bean && bean.getPojo() != null) {
            return RecordEntries.of(bean.getPojo());
        }
        return json instanceof ObjectNode object
                ? SourceRecord.of(object, JSON.convertValue(object, LinkedHashMap.class), new NodeOrigin(object))
                : SourceRecord.unusable(json, "JSON " + json.getNodeType() + " is not a record: use an object");
    }

    private static SourceRecord record(Object value) {
        return value instanceof Map<?, ?> map
                ? SourceRecord.of(map)
                : SourceRecord.unusable(value, "the JSON value is not an object, so it is not a record");
    }

    private static void requireObject(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InvalidBodyException(
                    "the JSON in the body does not contain records: use an object, an array of objects, or one object"
                            + " per line",
                    null);
        }
    }

    private record NodeOrigin(ObjectNode node) implements SourceRecord.Origin {

        @Override
        public void setId(@Nullable String id) {
            if (id == null) {
                node.remove("Id");
            } else {
                node.put("Id", id);
            }
        }

        @Override
        public void merge(SObject read) {
            read.forEach((field, value) -> node.set(field, JSON.valueToTree(value)));
        }
    }
}
