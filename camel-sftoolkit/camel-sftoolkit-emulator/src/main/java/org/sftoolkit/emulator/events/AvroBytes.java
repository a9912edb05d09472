package org.sftoolkit.emulator.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Avro records to bytes and back. */
final class AvroBytes {

    private AvroBytes() {}

    static byte[] write(GenericRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when the bytes are not one record of that schema, or more than one */
    static GenericRecord read(Schema schema, byte[] bytes) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IllegalArgumentException("there are further bytes after the event");
            }
            return record;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not an event of " + schema.getName() + ": " + e.getMessage(), e);
        }
    }

    /** The values of a record as maps, lists, texts, numbers. */
    static Map<String, Object> json(GenericRecord record) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            json.put(field.name(), plain(record.get(field.pos())));
        }
        return json;
    }

    private static Object plain(Object value) {
        if (value instanceof GenericRecord record) {
            return json(record);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(AvroBytes::plain).toList();
        }
        return value instanceof CharSequence || value instanceof GenericData.EnumSymbol ? value.toString() : value;
    }
}
