package org.sftoolkit.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.emulator.org.Blob;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.WireValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The form in which a {@link DataFolder} keeps a row: its fields as JSON, and the content of files beside it. */
final class StoredRows {

    private static final Logger LOG = LoggerFactory.getLogger(StoredRows.class);

    /** Where the content of files lies. */
    private final Path files;

    private final Org org;

    StoredRows(Path files, Org org) {
        this.files = files;
        this.org = org;
    }

    /** Puts a row back; one of an object that the schema does not have is left out. */
    void restore(Map<?, ?> row) {
        ObjectSchema object = org.schema().object((String) row.get("object")).orElse(null);
        if (object == null) {
            LOG.warn(
                    "{}: the schema has no object {} now, so its rows are left out",
                    files.getParent(),
                    row.get("object"));
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        ((Map<?, ?>) row.get("fields"))
                .forEach((name, value) ->
                        fields.put((String) name, value instanceof Map<?, ?> content ? content(content) : value));
        org.raw().put(object, fields);
    }

    private Blob content(Map<?, ?> content) {
        if (content.get("bytes") instanceof String bytes) {
            return new Blob.InMemory(Base64.getDecoder().decode(bytes));
        }
        Path file = files.resolve((String) content.get("file"));
        return new Blob.OnDisk(file, ((Number) content.get("size")).longValue());
    }

    Map<String, Object> json(Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (FieldSchema field : row.schema().fields()) {
            Object value = field.type().isCompound() ? null : row.get(field);
            if (value != null) {
                fields.put(
                        field.name(),
                        value instanceof Blob blob ? json(row, field, blob) : WireValues.of(field, value));
            }
        }
        return Map.of("object", row.schema().name(), "fields", fields);
    }

    private Map<String, Object> json(Row row, FieldSchema field, Blob blob) {
        if (blob instanceof Blob.InMemory memory) {
            return Map.of("bytes", Base64.getEncoder().encodeToString(memory.bytes()));
        }
        String name = row.id() + "-" + field.name();
        Path kept = files.resolve(name);
        Path file = ((Blob.OnDisk) blob).file();
        try {
            if (!file.equals(kept)) {
                Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the data folder " + files.getParent(), e);
        }
        return Map.of("file", name, "size", blob.size());
    }
}
