package org.sftoolkit.camel.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
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
 * @param bytes holds its JSON object, in UTF-8, mostly among others; only appended to
 * @param from  where it begins
 * @param to    behind its end
 */
public record EncodedRecord(Buffer bytes, int from, int to) {

    /** Of a record that is not sent. */
    static final EncodedRecord NOTHING = new EncodedRecord(Buffer.buffer(0), 0, 0);

    /**
     * Encodes a record.
     *
     * @param type   the object's API name
     * @param fields what is sent of it, as {@link org.sftoolkit.camel.model.SentFields} gives it
     */
    public static EncodedRecord of(String type, Map<String, ?> fields) {
        return new Encoder().encode(type, fields);
    }

    /** Its JSON object. */
    public byte[] json() {
        return bytes.getBytes(from, to);
    }

    int length() {
        return to - from;
    }

    /** Encodes the records of a list, one after the other: a generator for each would cost more than its JSON. Not thread-safe. */
    public static final class Encoder {

        private static final JsonFactory FACTORY =
                new JsonFactoryBuilder().rootValueSeparator((String) null).build();
        /** A larger record's memory is not kept for the next one. */
        private static final int KEPT_BYTES = 1 << 16;

        private Row row = new Row(0);
        /** Null if the next record needs a new one. */
        private @Nullable JsonGenerator generator;

        /** As {@link EncodedRecord#of}. */
        public EncodedRecord encode(String type, Map<String, ?> fields) {
            write(type, null, null, fields);
            return encoded();
        }

        /**
         * Encodes a record, for {@link #encoded} or {@link #appendTo}.
         *
         * @param keyName the field by which the org finds it; null for a new one
         */
        void write(String type, @Nullable String keyName, @Nullable Object key, Map<String, ?> fields) {
            JsonGenerator json = generator;
            // one that failed within a record would go on there
            generator = null;
            try {
                if (json == null) {
                    row = new Row(512);
                    json = FACTORY.createGenerator(row);
                }
                row.reset();
                json.writeStartObject();
                json.writeObjectFieldStart("attributes");
                json.writeStringField("type", type);
                json.writeEndObject();
                if (keyName != null) {
                    json.writeFieldName(keyName);
                    WireJson.writeChecked(json, key);
                }
                for (var field : fields.entrySet()) {
                    json.writeFieldName(field.getKey());
                    WireJson.writeChecked(json, field.getValue());
                }
                json.writeEndObject();
                json.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            generator = row.size() > KEPT_BYTES ? null : json;
        }

        /** Bytes of the record that was written last. */
        int length() {
            return row.size();
        }

        /** The record that was written last, in memory of its own. */
        EncodedRecord encoded() {
            return appendTo(Buffer.buffer(length()));
        }

        /** The record that was written last, behind what the buffer holds. */
        EncodedRecord appendTo(Buffer bytes) {
            int from = bytes.length();
            row.appendTo(bytes);
            return new EncodedRecord(bytes, from, bytes.length());
        }

        private static final class Row extends ByteArrayOutputStream {

            Row(int size) {
                super(size);
            }

            void appendTo(Buffer bytes) {
                bytes.appendBytes(buf, 0, count);
            }
        }
    }
}
