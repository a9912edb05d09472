package org.sftoolkit.camel;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;

/** Records in JSON: numbers keep their digits, an array in a stream is read element by element. */
final class JsonRecords {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private JsonRecords() {}

    static Records read(String json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            return inMemory(parser);
        }
    }

    private static Records inMemory(JsonParser parser) throws IOException {
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            List<SourceRecord> records = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                records.add(record(value(parser)));
            }
            requireEnd(parser);
            return Records.of(records);
        }
        requireObject(parser);
        SourceRecord one = record(value(parser));
        requireEnd(parser);
        return Records.one(one);
    }

    static Records read(InputStream json) throws IOException {
        JsonParser parser = JSON.createParser(json);
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            MappingIterator<Object> elements = JSON.readerFor(Object.class).readValues(parser);
            return Records.streamed(RecordEntries.of(elements), elements);
        }
        try (parser) {
            requireObject(parser);
            SourceRecord one = record(value(parser));
            requireEnd(parser);
            return Records.one(one);
        }
    }

    static Records read(JsonNode json) {
        if (json.isArray()) {
            List<SourceRecord> records = new ArrayList<>();
            json.forEach(element -> records.add(record(element)));
            return Records.of(records);
        }
        return Records.one(record(json));
    }

    static SourceRecord record(JsonNode json) {
        return json instanceof ObjectNode object
                ? SourceRecord.of(object, JSON.convertValue(object, LinkedHashMap.class), new NodeOrigin(object))
                : SourceRecord.unusable(json, "JSON " + json.getNodeType() + " is no record");
    }

    private static SourceRecord record(Object value) {
        return value instanceof Map<?, ?> map
                ? SourceRecord.of(map)
                : SourceRecord.unusable(value, "a JSON value that is no object is no record");
    }

    private static Object value(JsonParser parser) throws IOException {
        return JSON.readValue(parser, Object.class);
    }

    private static void requireObject(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("a JSON object or an array of objects was expected");
        }
    }

    private static void requireEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new IOException("the JSON goes on after its end");
        }
    }

    private record NodeOrigin(ObjectNode node) implements SourceRecord.Origin {

        @Override
        public void setId(String id) {
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
