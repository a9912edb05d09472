package org.sftoolkit.camel;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.sftoolkit.camel.body.BodyConversion;
import org.sftoolkit.camel.body.OneShotBody;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.operation.BulkInput;

/** Bodies of bulk loads: text that is CSV is passed through as it is, all else becomes records. */
final class BulkBodies {

    private static final int SNIFFED = 4096;

    private BulkBodies() {}

    static BulkInput read(Exchange exchange) throws Exception {
        Object body = OneShotBody.unread(exchange.getMessage().getBody(), exchange);
        try {
            InputStream bytes = bytes(body, exchange);
            if (bytes == null) {
                return new BulkInput(BodyConversion.read(exchange, body, Records.class), null);
            }
            var source = new BufferedInputStream(bytes, 1 << 16);
            return isCsv(source, exchange)
                    ? new BulkInput(null, source)
                    : new BulkInput(RecordText.read(source, exchange), null);
        } catch (IOException e) {
            throw new InvalidBodyException("the body cannot be read: " + e.getMessage(), e);
        }
    }

    /** The body's bytes in UTF-8, or in the charset of the exchange; null where it is no text. */
    private static InputStream bytes(Object body, Exchange exchange) throws Exception {
        if (body instanceof String text) {
            return new ByteArrayInputStream(text.getBytes(RecordText.charset(exchange)));
        }
        if (body instanceof byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }
        if (body instanceof Buffer bytes) {
            return new ByteArrayInputStream(bytes.getBytes());
        }
        if (body instanceof Path path) {
            return Files.newInputStream(path);
        }
        if (body instanceof File file) {
            return Files.newInputStream(file.toPath());
        }
        boolean streamed = body instanceof InputStream || body instanceof Reader || body instanceof WrappedFile<?>;
        return streamed
                ? exchange.getContext().getTypeConverter().mandatoryConvertTo(InputStream.class, exchange, body)
                : null;
    }

    /** CSV of another charset than UTF-8 is read as records, so that it is written anew. */
    private static boolean isCsv(InputStream source, Exchange exchange) throws IOException {
        Charset charset = RecordText.charset(exchange);
        if (!charset.equals(StandardCharsets.UTF_8) && !charset.equals(StandardCharsets.US_ASCII)) {
            return false;
        }
        RecordFormat named =
                RecordFormat.ofMediaType(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class));
        if (named != null) {
            return named == RecordFormat.CSV;
        }
        source.mark(SNIFFED);
        int first = source.read();
        for (int i = 1; i < SNIFFED && (isBlank(first) || isByteOrderMark(first)); i++) {
            first = source.read();
        }
        source.reset();
        return RecordFormat.ofContent(first) == RecordFormat.CSV;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isByteOrderMark(int c) {
        return c == 0xEF || c == 0xBB || c == 0xBF;
    }
}
