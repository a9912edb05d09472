package org.sftoolkit.camel.events.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.events.EventSchema;

/** A schema of Avro; payloads are its binary form, without header and fingerprint. */
final class AvroSchema implements EventSchema {

    private static final String DOC_DATA = "Data:";

    private final String id;
    private final String json;
    private final Schema schema;
    private final List<Field> fields;
    /** A reader that no event uses at present, or null; to make one costs more than to read an event. */
    private final AtomicReference<GenericDatumReader<GenericRecord>> idle = new AtomicReference<>();

    /** Throws {@link UnreadableResponseException} for a text that is not a schema of a record. */
    AvroSchema(String id, String json) {
        this.id = id;
        this.json = json;
        try {
            this.schema = new Schema.Parser().parse(json);
            this.fields = fields(schema);
        } catch (AvroRuntimeException e) {
            throw new UnreadableResponseException("GetSchema " + id + " gave no schema of Avro", true, Answer.NONE, e);
        }
    }

    private static List<Field> fields(Schema record) {
        return record.getFields().stream()
                .map(field -> {
                    Schema value = value(field.schema());
                    return new Field(
                            field.name(),
                            kind(value),
                            type(field.doc()),
                            field.schema().isNullable(),
                            value.getType() == Schema.Type.RECORD ? fields(value) : List.of());
                })
                .toList();
    }

    /** The branch that tells most: the record of a union that may hold text as well, else the first that is not null. */
    private static Schema value(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> some = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        return some.stream()
                .filter(branch -> branch.getType() == Schema.Type.RECORD)
                .findFirst()
                .orElse(some.isEmpty() ? schema.getTypes().get(0) : some.get(0));
    }

    private static Kind kind(Schema value) {
        return switch (value.getType()) {
            case BOOLEAN -> Kind.BOOLEAN;
            case INT -> Kind.INTEGER;
            case LONG -> Kind.LONG;
            case FLOAT, DOUBLE -> Kind.DOUBLE;
            case BYTES, FIXED -> Kind.BYTES;
            case ARRAY -> Kind.LIST;
            case RECORD, MAP -> Kind.COMPOUND;
            default -> Kind.TEXT;
        };
    }

    // Data:<Type>:<field id>, or <name>:<Type>
    private static String type(String doc) {
        if (doc == null) {
            return "";
        }
        String rest = doc.startsWith(DOC_DATA) ? doc.substring(DOC_DATA.length()) : doc.substring(doc.indexOf(':') + 1);
        int end = rest.indexOf(':');
        return end < 0 ? rest : rest.substring(0, end);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return schema.getName();
    }

    @Override
    public List<Field> fields() {
        return fields;
    }

    @Override
    public String json() {
        return json;
    }

    @Override
    public Map<String, Object> decode(byte[] payload) {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(payload, null);
            GenericDatumReader<GenericRecord> kept = idle.getAndSet(null);
            var reader = kept == null ? new GenericDatumReader<GenericRecord>(schema) : kept;
            GenericRecord record = reader.read(null, decoder);
            idle.set(reader); // one that failed is not used again
            if (!decoder.isEnd()) {
                throw new IOException("it is longer than its schema");
            }
            return map(record);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableResponseException(
                    "the payload of an event cannot be read by its schema " + id + " (" + name() + ")",
                    true,
                    Answer.NONE,
                    e);
        }
    }

    private static Map<String, Object> map(GenericRecord record) {
        var map = new LinkedHashMap<String, Object>();
        for (Schema.Field field : record.getSchema().getFields()) {
            map.put(field.name(), plain(record.get(field.pos())));
        }
        return map;
    }

    private static Object plain(Object value) {
        if (value instanceof GenericRecord record) {
            return map(record);
        }
        if (value instanceof List<?> list) {
            var plain = new ArrayList<>(list.size());
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof ByteBuffer bytes) {
            var copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
        if (value instanceof CharSequence || value instanceof GenericData.EnumSymbol) {
            return value.toString();
        }
        return value instanceof Float number ? (Object) number.doubleValue() : value;
    }

    @Override
    public byte[] encode(Map<String, ?> values) {
        var bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(record(schema, values), encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the event does not fit its schema " + name() + ": " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    private static GenericRecord record(Schema schema, Map<?, ?> values) {
        var record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), avro(value(field.schema()), values.get(field.name())));
        }
        return record;
    }

    private static Object avro(Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        return switch (schema.getType()) {
            case RECORD -> value instanceof Map<?, ?> parts ? record(schema, parts) : value;
            case ENUM -> new GenericData.EnumSymbol(schema, value.toString());
            case BYTES -> value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
            case LONG -> value instanceof Number number ? (Object) number.longValue() : value;
            case INT -> value instanceof Number number ? (Object) number.intValue() : value;
            case DOUBLE -> value instanceof Number number ? (Object) number.doubleValue() : value;
            default -> value;
        };
    }
}
