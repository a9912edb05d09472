package org.sftoolkit.camel.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import org.sftoolkit.camel.error.ConsumedBodyException;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.ReadOnce;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;

/** Results of operations as text in UTF-8: JSON; rows of a stream as JSON line by line, written while they are read. */
public final class ResultText {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** A list that is a result as a whole, whatever is in it. */
    private static final class ListResult extends AbstractList<Object> implements RandomAccess {

        private final List<Object> entries;

        private ListResult(List<?> entries) {
            this.entries = new ArrayList<>(entries);
        }

        @Override
        public Object get(int index) {
            return entries.get(index);
        }

        @Override
        public Object set(int index, Object entry) {
            return entries.set(index, entry);
        }

        @Override
        public void add(int index, Object entry) {
            entries.add(index, entry);
            modCount++;
        }

        @Override
        public Object remove(int index) {
            modCount++;
            return entries.remove(index);
        }

        @Override
        public int size() {
            return entries.size();
        }
    }

    /** A map that is a result. */
    private static final class MapResult extends AbstractMap<Object, Object> {

        private final Map<Object, Object> entries;

        private MapResult(Map<?, ?> entries) {
            this.entries = new LinkedHashMap<>(entries);
        }

        @Override
        public Set<Entry<Object, Object>> entrySet() {
            return entries.entrySet();
        }

        @Override
        public Object get(Object key) {
            return entries.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return entries.containsKey(key);
        }

        @Override
        public Object put(Object key, Object value) {
            return entries.put(key, value);
        }
    }

    private ResultText() {}

    /**
     * A result that can be converted to text. Lists and maps of the JDK are wrapped in separate classes, because
     * Camel caches failed conversions per class and subclass, so a failure of other lists would affect ours.
     */
    public static Object result(Object result) {
        Class<?> type = result == null ? null : result.getClass();
        boolean ofJdk = type != null && type.getName().startsWith("java.util.");
        if (ofJdk && result instanceof List<?> list) {
            return new ListResult(list);
        }
        return ofJdk && result instanceof Map<?, ?> map ? new MapResult(map) : result;
    }

    /** A result as text of this type; null if it is not a result, or no type of text. */
    public static Object of(Object value, Class<?> type) {
        if (value instanceof Iterator<?> rows && value instanceof ReadOnce once && !(value instanceof InputStream)) {
            boolean text = type == InputStream.class || type == Reader.class;
            if (text && once.begun()) { // what is left is not the whole, and nothing is not empty
                throw new ConsumedBodyException(
                        "the rows in the body can be read only once, and some were read before: by an earlier step,"
                                + " another branch, or a failed attempt. Collect them into a List (outputType=LIST), or"
                                + " write them to a file and send that on",
                        null);
            }
            // text of another type would have to hold all of them
            return type == InputStream.class
                    ? new Lines(rows)
                    : type == Reader.class ? new InputStreamReader(new Lines(rows), StandardCharsets.UTF_8) : null;
        }
        if (!isResult(value)) {
            return null;
        }
        if (type == String.class) {
            return new String(json(value), StandardCharsets.UTF_8);
        }
        if (type == byte[].class) {
            return json(value);
        }
        if (type == InputStream.class) {
            return new ByteArrayInputStream(json(value));
        }
        return type == Reader.class ? new StringReader(new String(json(value), StandardCharsets.UTF_8)) : null;
    }

    private static boolean isResult(Object value) {
        if (value instanceof ListResult || value instanceof MapResult) {
            return true;
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(ResultText::isRecord)
                        .orElse(true)
                : isRecord(value);
    }

    private static boolean isRecord(Object value) {
        return value instanceof SObject
                || value instanceof SaveResult
                || value instanceof BulkRow
                || value instanceof JobInfo
                || value instanceof CompositeResults;
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the result cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static final class Lines extends InputStream {

        private final Iterator<?> rows;
        private byte[] line = {};
        private int at;

        Lines(Iterator<?> rows) {
            this.rows = rows;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int most) {
            if (most == 0) {
                return 0;
            }
            if (at == line.length) {
                if (!rows.hasNext()) {
                    return -1;
                }
                byte[] json = json(rows.next());
                line = java.util.Arrays.copyOf(json, json.length + 1);
                line[json.length] = '\n';
                at = 0;
            }
            int length = Math.min(most, line.length - at);
            System.arraycopy(line, at, target, from, length);
            at += length;
            return length;
        }

        @Override
        public void close() throws IOException {
            if (rows instanceof Closeable open) {
                open.close();
            }
        }
    }
}
