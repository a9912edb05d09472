package org.sftoolkit.camel.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.WireJson;

/**
 * A record encoded as JSON for a collection. It is encoded before its request is built, so that an encoding failure
 * concerns this record only, and the size of the request is known.
 *
 * @param json its JSON object, in UTF-8; not to be changed
 */
public record EncodedRecord(byte[] json) {

    /**
     * Encodes a record.
     *
     * @param type   the object's API name
     * @param fields what is sent of it, as {@link org.sftoolkit.camel.model.SentFields} gives it
     */
    public static EncodedRecord of(String type, Map<String, ?> fields) {
        return new Encoder().encode(type, fields);
    }

    /** Encodes the records of a list, one after the other: a generator for each would cost more than its JSON. Not thread-safe. */
    public static final class Encoder {

        private static final JsonFactory FACTORY =
                new JsonFactoryBuilder().rootValueSeparator((String) null).build();
        /** A larger record's memory is not kept for the next one. */
        private static final int KEPT_BYTES = 1 << 16;

        private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
        /** Null if the next record needs a new one. */
        private @Nullable JsonGenerator generator;

        /** As {@link EncodedRecord#of}. */
        public EncodedRecord encode(String type, Map<String, ?> fields) {
            JsonGenerator json = generator;
            // one that failed within a record would go on there
            generator = null;
            try {
                if (json == null) {
                    bytes = new ByteArrayOutputStream(512);
                    json = FACTORY.createGenerator(bytes);
                }
                bytes.reset();
                write(json, type, fields);
                json.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            generator = bytes.size() > KEPT_BYTES ? null : json;
            return new EncodedRecord(bytes.toByteArray());
        }

        private static void write(JsonGenerator json, String type, Map<String, ?> fields) throws IOException {
            json.writeStartObject();
            json.writeObjectFieldStart("attributes");
            json.writeStringField("type", type);
            json.writeEndObject();
            for (var field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                WireJson.writeChecked(json, field.getValue());
            }
            json.writeEndObject();
        }
    }
}
