package org.sftoolkit.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.Date;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.body.BodyConversion;
import org.sftoolkit.camel.body.OneShotBody;
import org.sftoolkit.camel.body.TextBody;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.model.Upload;
import org.sftoolkit.camel.operation.Operation;

/** Reads a file from a message: content from the body, everything else from headers. */
final class UploadBody {

    private static final String DEFAULT_OBJECT = "ContentVersion";

    private UploadBody() {}

    /** @param sObject object of the endpoint, or null */
    static Upload read(Exchange exchange, @Nullable String sObject) throws Exception {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        if (body == null) {
            throw BodyConversion.missing(Upload.class);
        }
        if (OneShotBody.of(body, exchange) instanceof OneShotBody once) {
            once.requireUnread();
            body = once;
        }
        SourceRecord record = record(exchange, message.getHeader(SfToolkitConstants.RECORD));
        Object named = IdHeader.read(exchange, object(sObject, record), null, Operation.LeftId.NEVER);
        String id = exchange.getContext().getTypeConverter().convertTo(String.class, exchange, named);
        return new Upload(
                content(body, exchange),
                id != null || record == null ? id : record.id(),
                record,
                fileName(message.getBody(), message),
                message.getHeader(Exchange.CONTENT_TYPE, String.class),
                message.getHeader(SfToolkitConstants.LINK_TO, String.class));
    }

    private static String object(@Nullable String sObject, @Nullable SourceRecord record) {
        String named = sObject == null && record != null ? record.type() : sObject;
        return named == null ? DEFAULT_OBJECT : named;
    }

    private static @Nullable SourceRecord record(Exchange exchange, @Nullable Object header) throws Exception {
        if (header == null) {
            return null;
        }
        Records records = exchange.getContext().getTypeConverter().mandatoryConvertTo(Records.class, exchange, header);
        if (!records.single()) {
            throw new IllegalArgumentException(SfToolkitConstants.RECORD
                    + " contains a list: use one record (a map, SObject, bean or JSON object)");
        }
        return records.iterator().next();
    }

    private static @Nullable String fileName(Object body, Message message) {
        String named = message.getHeader(Exchange.FILE_NAME, String.class);
        if (named != null) {
            return named;
        }
        if (body instanceof File file) {
            return file.getName();
        }
        return body instanceof Path path && path.getFileName() != null
                ? path.getFileName().toString()
                : null;
    }

    /** Any body as content. */
    static Upload.Content content(Object body, Exchange exchange) throws Exception {
        if (body instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            return content(file.toPath());
        }
        if (body instanceof File file) {
            return content(file.toPath());
        }
        if (body instanceof Path path) {
            return content(path);
        }
        if (body instanceof byte[] bytes) {
            return content(bytes);
        }
        if (body instanceof Buffer bytes) {
            return content(bytes.getBytes());
        }
        if (body instanceof CharSequence text) {
            return content(text.toString().getBytes(TextBody.charset(exchange)));
        }
        if (body instanceof Number
                || body instanceof Boolean
                || body instanceof Character
                || body instanceof Enum<?>
                || body instanceof Date
                || body instanceof Calendar
                || body instanceof TemporalAccessor
                || body instanceof Iterable<?> && !(body instanceof JsonNode)
                || body instanceof Iterator<?>) {
            throw new InvalidBodyException(
                    "a body of " + body.getClass().getName()
                            + " cannot be uploaded: use an InputStream, a File or Path, bytes or text",
                    null);
        }
        Object source = OneShotBody.of(body, exchange);
        if (source instanceof StreamCache && body instanceof StreamCache cache) {
            return content(cache, exchange);
        }
        InputStream stream = BodyConversion.convert(exchange, source, InputStream.class, Upload.class);
        return new Upload.Content(-1, false, () -> stream);
    }

    /** Camel's cached copy of a stream, opened for each attempt. */
    private static Upload.Content content(StreamCache cache, Exchange exchange) {
        return new Upload.Content(
                cache.length() > 0 ? cache.length() : -1,
                true,
                () -> BodyConversion.convert(
                        exchange, OneShotBody.of(cache, exchange), InputStream.class, Upload.class));
    }

    private static Upload.Content content(Path file) throws java.io.IOException {
        return new Upload.Content(Files.size(file), true, () -> Files.newInputStream(file));
    }

    private static Upload.Content content(byte[] bytes) {
        return new Upload.Content(bytes.length, true, () -> new ByteArrayInputStream(bytes));
    }
}
