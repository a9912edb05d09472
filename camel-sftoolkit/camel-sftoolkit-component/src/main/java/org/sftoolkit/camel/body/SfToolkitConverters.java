package org.sftoolkit.camel.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.apache.camel.spi.TypeConverterRegistry;
import org.jspecify.annotations.NullUnmarked;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CsvDelimiter;

/** Camel's type converters from what routes carry to what operations take. */
@Converter(generateLoader = true)
@NullUnmarked // the generator of the loader does not understand annotated types
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

    /** An array of records of any kind. */
    @Converter
    public static Records recordsOf(Object[] records) {
        return Records.of(
                records.length, RecordEntries.of(Arrays.asList(records).iterator()));
    }

    /** A list of records of any kind; what is not a collection is read while the records are saved. */
    @Converter
    public static Records recordsOf(Iterable<?> records, Exchange exchange) throws IOException {
        // a converter of its own for paths or collections would compete with this one
        if (records instanceof Path path) {
            return text(path, exchange);
        }
        if (records instanceof JsonNode json) {
            return recordsOf(json);
        }
        Iterator<?> iterator = records.iterator();
        if (records instanceof Collection<?> all) {
            return Records.of(all.size(), RecordEntries.of(iterator));
        }
        return Records.streamed(RecordEntries.of(iterator), () -> {
            close(iterator);
            close(records);
        });
    }

    /** Records that are read while they are saved. */
    @Converter
    public static Records recordsOf(Iterator<?> records) {
        return Records.streamed(RecordEntries.of(records), () -> close(records));
    }

    /** Records that are read while they are saved. */
    @Converter
    public static Records recordsOf(Stream<?> records) {
        return Records.streamed(RecordEntries.of(records.iterator()), records);
    }

    /** JSON or CSV, all of it before anything is sent. */
    @Converter
    public static Records recordsOf(String text, Exchange exchange) throws IOException {
        return text(text, exchange);
    }

    /** JSON or CSV, all of it before anything is sent. */
    @Converter
    public static Records recordsOf(byte[] text, Exchange exchange) throws IOException {
        return text(text, exchange);
    }

    /** JSON or CSV, all of it before anything is sent. */
    @Converter
    public static Records recordsOf(Buffer text, Exchange exchange) throws IOException {
        return text(text, exchange);
    }

    /** JSON or CSV, read while the records are saved. */
    @Converter
    public static Records recordsOf(InputStream text, Exchange exchange) throws IOException {
        return text(text, exchange);
    }

    /** JSON or CSV, read while the records are saved. */
    @Converter
    public static Records recordsOf(Reader text, Exchange exchange) throws IOException {
        return text(text, exchange);
    }

    /** JSON or CSV, read while the records are saved. */
    @Converter
    public static Records recordsOf(File text, Exchange exchange) throws IOException {
        return text(text, exchange);
    }

    /** A file of Camel's file components: JSON or CSV, read while the records are saved. */
    @Converter
    public static Records recordsOf(WrappedFile<?> file, Exchange exchange) throws IOException {
        return text(file, exchange);
    }

    private static Records text(Object body, Exchange exchange) throws IOException {
        TextBody text = TextBody.of(body, exchange);
        return text == null ? null : RecordText.of(text, exchange).records(CsvDelimiter.COMMA);
    }

    /** JSON: an object, or an array of them. */
    @Converter
    public static Records recordsOf(JsonNode json) {
        return JsonRecords.read(json);
    }

    /** Keys of records: text (JSON too), numbers, records, lists of these. */
    @Converter
    public static RecordIds idsOf(Object body, Exchange exchange) throws IOException {
        String text = TextBody.read(body, exchange);
        return IdEntries.read(text == null ? body : text);
    }

    /** Any other object as a bean that Jackson can write; results as text. */
    @Converter(fallback = true)
    public static Object fallback(Class<?> type, Exchange exchange, Object value, TypeConverterRegistry registry) {
        if (type == Records.class) {
            return BeanRecords.isBean(value) ? Records.one(BeanRecords.of(value)) : null;
        }
        return ResultText.of(value, type, exchange);
    }

    private static void close(Object source) throws Exception {
        if (source instanceof AutoCloseable open) {
            open.close();
        }
    }
}
