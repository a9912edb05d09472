package org.sftoolkit.camel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.spi.TypeConverterRegistry;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;

/** Camel's type converters from what routes carry to what operations take. */
@Converter(generateLoader = true)
public final class SfToolkitConverters {

    private SfToolkitConverters() {}

    /** A record that tracks its changes. */
    @Converter
    public static Records recordsOf(SObject record) {
        return Records.one(SourceRecord.of(record));
    }

    /** A record as a map. */
    @Converter
    public static Records recordsOf(Map<?, ?> record) {
        return Records.one(SourceRecord.of(record));
    }

    /** A list of records of any kind. */
    @Converter
    public static Records recordsOf(Iterable<?> records) {
        return Records.of(all(records.iterator()));
    }

    /** An array of records of any kind. */
    @Converter
    public static Records recordsOf(Object[] records) {
        return Records.of(all(Arrays.asList(records).iterator()));
    }

    /** Records that are read while they are saved. */
    @Converter
    public static Records recordsOf(Iterator<?> records) {
        return Records.streamed(RecordEntries.of(records), records instanceof AutoCloseable open ? open : () -> {});
    }

    /** Records that are read while they are saved. */
    @Converter
    public static Records recordsOf(Stream<?> records) {
        return Records.streamed(RecordEntries.of(records.iterator()), records);
    }

    /** JSON: an object, or an array of them. */
    @Converter
    public static Records recordsOf(String json) throws IOException {
        return JsonRecords.read(json);
    }

    /** JSON: an object, or an array of them. */
    @Converter
    public static Records recordsOf(byte[] json) throws IOException {
        return JsonRecords.read(new java.io.ByteArrayInputStream(json));
    }

    /** JSON: an object, or an array whose elements are read while they are saved. */
    @Converter
    public static Records recordsOf(InputStream json) throws IOException {
        return JsonRecords.read(json);
    }

    /** JSON: an object, or an array of them. */
    @Converter
    public static Records recordsOf(JsonNode json) {
        return JsonRecords.read(json);
    }

    /** Keys of records: text (JSON too), numbers, records, lists of these. */
    @Converter
    public static RecordIds idsOf(Object body) throws IOException {
        return IdEntries.read(body);
    }

    /** Any other object as a bean that Jackson can write. */
    @Converter(fallback = true)
    public static Object fallback(Class<?> type, Exchange exchange, Object value, TypeConverterRegistry registry) {
        return type == Records.class && BeanRecords.isBean(value) ? Records.one(BeanRecords.of(value)) : null;
    }

    private static List<SourceRecord> all(Iterator<?> records) {
        var all = new ArrayList<SourceRecord>();
        RecordEntries.of(records).forEachRemaining(all::add);
        return all;
    }
}
