package org.sftoolkit.camel.body;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * The entries of a list as records, each by its own kind; an entry that is not a record is reported at its place, and
 * the others continue.
 */
final class RecordEntries {

    private RecordEntries() {}

    static Iterator<SourceRecord> of(Iterator<?> entries) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public SourceRecord next() {
                return of(entries.next());
            }
        };
    }

    static SourceRecord of(@Nullable Object entry) {
        if (entry == null) {
            return SourceRecord.unusable(null, "null is not a record");
        }
        if (entry instanceof SObject record) {
            return SourceRecord.of(record);
        }
        if (entry instanceof Map<?, ?> map) {
            return SourceRecord.of(map);
        }
        if (entry instanceof JsonNode json) {
            return JsonRecords.record(json);
        }
        return text(entry);
    }

    /** A text is one object in JSON; a stream is read and closed at once. */
    private static SourceRecord text(Object entry) {
        try {
            Object watched = OneShotBody.unread(entry, null);
            TextBody text = TextBody.of(watched, null);
            if (text == null) {
                return BeanRecords.isBean(entry) ? bean(entry) : unusable(entry);
            }
            Map<?, ?> object = JsonRecords.object(text.readAll());
            return object == null
                    ? SourceRecord.unusable(entry, "each text in a list must be one JSON object")
                    : SourceRecord.of(object);
        } catch (InvalidBodyException | IOException e) {
            return SourceRecord.unusable(entry, String.valueOf(e.getMessage()));
        }
    }

    private static SourceRecord bean(Object entry) {
        try {
            return BeanRecords.of(entry);
        } catch (IllegalArgumentException e) {
            return SourceRecord.unusable(entry, String.valueOf(e.getMessage()));
        }
    }

    private static SourceRecord unusable(Object entry) {
        return SourceRecord.unusable(
                entry, "a " + entry.getClass().getName() + " is not a record: use a map, an SObject, a bean or JSON");
    }
}
