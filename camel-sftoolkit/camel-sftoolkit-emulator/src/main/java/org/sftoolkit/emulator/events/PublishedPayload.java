package org.sftoolkit.emulator.events;

import java.util.Map;
import java.util.Set;

/** A platform event as its publisher wrote it. */
record PublishedPayload(String entity, String uuid, EventSchema schema, byte[] bytes) implements EventPayload {

    @Override
    public String schemaId() {
        return schema.id();
    }

    @Override
    public byte[] avro(Set<String> enriched) {
        return bytes;
    }

    @Override
    public Map<String, Object> json() {
        return AvroBytes.json(AvroBytes.read(schema.avro(), bytes));
    }
}
