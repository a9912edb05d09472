package org.sftoolkit.camel.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.model.WireText;

/** Keys of records in every form that a body or header may have. */
final class IdEntries {

    private static final ObjectMapper JSON = new ObjectMapper(JsonBodies.FACTORY);

    private IdEntries() {}

    static RecordIds read(Object body) throws IOException {
        if (body instanceof Iterable<?> && !(body instanceof JsonNode)) {
            return many(((Iterable<?>) body).iterator());
        }
        if (body instanceof Iterator<?> keys) {
            try {
                return many(keys);
            } finally {
                if (keys instanceof Closeable open) {
                    open.close();
                }
            }
        }
        if (body instanceof Stream<?> keys) {
            try (keys) {
                return many(keys.iterator());
            }
        }
        if (body instanceof Object[] keys) {
            return many(Arrays.asList(keys).iterator());
        }
        if (body instanceof JsonNode json) {
            return json.isArray() ? many(json.iterator()) : one(json);
        }
        return body instanceof String text ? text(text) : one(body);
    }

    /** Text is a key, unless it is JSON: an array of keys or records, or a record. */
    private static RecordIds text(String text) throws IOException {
        String bare = text.strip();
        try {
            return bare.startsWith("[") || bare.startsWith("{") ? readOnly(read(JSON.readTree(bare))) : one(bare);
        } catch (JsonProcessingException e) {
            throw JsonElements.unreadable(e);
        }
    }

    private static RecordIds readOnly(RecordIds read) {
        List<@Nullable Object> entries = new ArrayList<>(read.keys());
        entries.replaceAll(entry -> entry instanceof SourceRecord record ? record.readOnly() : entry);
        return new RecordIds(entries, read.single());
    }

    private static RecordIds one(Object key) throws IOException {
        return new RecordIds(Arrays.asList(entry(key)), true);
    }

    private static RecordIds many(Iterator<?> keys) throws IOException {
        List<Object> entries = new ArrayList<>();
        while (keys.hasNext()) {
            entries.add(entry(keys.next()));
        }
        return new RecordIds(entries, false);
    }

    /** The record that was saved or, if it does not know its Id, that Id; null for one that was not saved. */
    private static @Nullable Object saved(SaveResult result) {
        boolean record =
                result.record() instanceof Map<?, ?> || result.record() != null && BeanRecords.isBean(result.record());
        Object entry = record ? RecordEntries.of(result.record()) : null;
        return entry instanceof SourceRecord known && known.id() != null ? known : result.id();
    }

    /** The text of a value; a value without text is not a record and has no Id. */
    private static Object plain(Object key) {
        try {
            return WireText.of(key);
        } catch (IllegalArgumentException e) {
            return RecordEntries.of(key);
        }
    }

    private static @Nullable Object entry(Object key) throws IOException {
        if (key instanceof JsonNode json && json.isValueNode()) {
            return json.isNumber() ? json.numberValue() : json.isNull() ? null : json.asText();
        }
        if (key == null || key instanceof Number) {
            return key;
        }
        String bare = TextBody.read(OneShotBody.unread(key, null), null);
        if (bare != null) {
            return bare.stripLeading().startsWith("{") ? RecordEntries.of(bare).readOnly() : bare;
        }
        if (key instanceof SaveResult result) {
            return saved(result);
        }
        return key instanceof Map<?, ?> || key instanceof JsonNode || BeanRecords.isBean(key)
                ? RecordEntries.of(key)
                : plain(key);
    }
}
