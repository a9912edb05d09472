package org.sftoolkit.camel.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.BulkQueryRows;
import org.sftoolkit.camel.error.ConsumedBodyException;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.ReadOnce;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;

/** Records and results of operations as text: JSON, JSON line by line, or CSV, written while they are read. */
public final class ResultText {

    /** Header that names the columns of a CSV. */
    public static final String COLUMNS = "CamelSfToolkitColumns";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** A list that is a result as a whole, whatever is in it. */
    private static final class ListResult extends AbstractList<Object> implements RandomAccess {

        private final List<Object> entries;
        private final List<String> columns;

        private ListResult(List<?> entries, List<String> columns) {
            this.columns = columns;
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
        public @Nullable Object get(Object key) {
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
     *
     * @param columns names of the columns of a list of rows, in their order; empty if they are not known
     */
    public static @Nullable Object result(@Nullable Object result, List<String> columns) {
        Class<?> type = result == null ? null : result.getClass();
        boolean ofJdk = type != null && type.getName().startsWith("java.util.");
        if (ofJdk && result instanceof List<?> list) {
            return new ListResult(list, columns);
        }
        return ofJdk && result instanceof Map<?, ?> map ? new MapResult(map) : result;
    }

    /**
     * Records or a result as text of this type; null if it is neither, or no type of text. The message's {@code Content-Type}
     * says which text: JSON, JSON line by line, or CSV. Without it a stream becomes JSON line by line, all else JSON.
     *
     * @param exchange names the format, the columns and the charset; null for JSON in UTF-8
     */
    static @Nullable Object of(Object value, Class<?> type, Exchange exchange) {
        if (type != String.class && type != byte[].class && type != InputStream.class && type != Reader.class) {
            return null;
        }
        RecordFormat named = RecordFormat.of(exchange);
        boolean streamed = value instanceof Iterator<?>;
        if (streamed) {
            // text of another type would have to hold all of them
            return value instanceof InputStream || type == String.class || type == byte[].class
                    ? null
                    : text(lines(named == null ? RecordFormat.NDJSON : named, value, exchange), type, exchange);
        }
        // what is no result keeps its own text, and has none as bytes unless the message says that they are records
        boolean records = isResult(value) || named != null && type != String.class && areRecords(value);
        return records ? text(lines(named == null ? RecordFormat.JSON : named, value, exchange), type, exchange) : null;
    }

    private static RowLines lines(RecordFormat format, Object value, Exchange exchange) {
        ColumnText columns = format == RecordFormat.CSV ? columns(value, exchange) : null;
        if (value instanceof Iterator<?>) {
            return new RowLines(format, unread(value, exchange), columns);
        }
        if (value instanceof Collection<?> rows && format != RecordFormat.JSON) {
            return new RowLines(format, rows.iterator(), columns);
        }
        return format == RecordFormat.JSON
                ? RowLines.whole(line(value))
                : new RowLines(format, List.of(value).iterator(), columns);
    }

    /** Those that the message names, else those of the query, else those of the rows; null if no row is there yet. */
    private static @Nullable ColumnText columns(Object value, Exchange exchange) {
        String named = exchange == null ? null : exchange.getMessage().getHeader(COLUMNS, String.class);
        if (named != null && !named.isBlank()) {
            return ColumnText.chosen(
                    Stream.of(named.split(",")).map(String::strip).toList());
        }
        List<String> own = value instanceof ExchangeRows rows
                ? rows.columns()
                : value instanceof BulkQueryRows rows
                        ? rows.columns()
                        : value instanceof ListResult list ? list.columns : List.of();
        if (!own.isEmpty()) {
            return ColumnText.chosen(own);
        }
        if (value instanceof Iterator<?>) {
            return null;
        }
        return ColumnText.of(value instanceof Collection<?> rows ? rows : List.of(value));
    }

    private static Iterator<?> unread(Object value, Exchange exchange) {
        if (!(value instanceof ReadOnce once)) {
            try {
                return (Iterator<?>) OneShotBody.unread(value, exchange);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (once.begun()) { // what is left is not the whole, and nothing is not empty
            throw new ConsumedBodyException(
                    "the rows in the body can be read only once, and some were read before: by an earlier step,"
                            + " another branch, or a failed attempt. Collect them into a List (outputType=LIST), or"
                            + " write them to a file and send that on",
                    null);
        }
        return (Iterator<?>) value;
    }

    private static Object text(RowLines lines, Class<?> type, Exchange exchange) {
        if (type == InputStream.class) {
            return new LineStream(lines, TextBody.charset(exchange));
        }
        if (type == Reader.class) { // characters, whatever charset they get
            return new InputStreamReader(new LineStream(lines, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
        if (type == byte[].class) {
            try (var bytes = new LineStream(lines, TextBody.charset(exchange))) {
                return bytes.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        var all = new StringBuilder();
        lines.forEachRemaining(all::append);
        return all.toString();
    }

    private static boolean areRecords(Object value) {
        Object first = value instanceof Collection<?> rows
                ? rows.stream().filter(Objects::nonNull).findFirst().orElse(null)
                : value;
        return first instanceof Map || first != null && BeanRecords.isBean(first);
    }

    private static boolean isResult(Object value) {
        if (value instanceof ListResult || value instanceof MapResult || isRecord(value)) {
            return true;
        }
        return value instanceof List<?> list
                && list.stream()
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(ResultText::isRecord)
                        .orElse(true);
    }

    private static boolean isRecord(Object value) {
        return value instanceof SObject
                || value instanceof SaveResult
                || value instanceof BulkRow
                || value instanceof JobInfo
                || value instanceof CompositeResults;
    }

    /** A value as JSON, on one line. */
    static String line(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the result cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The row; throws if it is no record. */
    static Object requireRecord(Object row) {
        boolean record = row instanceof Map
                || row instanceof ObjectNode
                || isRecord(row)
                || row != null && BeanRecords.isBean(row);
        if (!record) {
            throw new InvalidBodyException(
                    (row == null ? "null" : "a " + row.getClass().getName())
                            + " is not a record and cannot become a row of text: use maps, SObjects or beans",
                    null);
        }
        return row;
    }

    /** The fields of a row that is no map, by Jackson. */
    static Map<?, ?> fields(Object row) {
        var fields = new LinkedHashMap<String, Object>();
        JSON.valueToTree(requireRecord(row))
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
