package org.sftoolkit.camel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.sftoolkit.camel.model.CsvRows;
import org.sftoolkit.camel.model.Records;

/**
 * Records in text: JSON, several JSON objects one after the other, or CSV with a header row. The message's
 * {@code Content-Type} says which, else the text's first character.
 */
final class RecordText {

    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int LONGEST_BLANK_START = 4096;

    private RecordText() {}

    /** All of a text that is in memory. */
    static Records read(String text, Exchange exchange) throws IOException {
        return read(new StringReader(text), exchange, true);
    }

    /** Bytes that are read while the records are saved; in UTF-8 where the exchange names no other charset. */
    static Records read(InputStream bytes, Exchange exchange) throws IOException {
        return read(new InputStreamReader(bytes, charset(exchange)), exchange);
    }

    /** Text that is read while the records are saved. */
    static Records read(Reader text, Exchange exchange) throws IOException {
        return read(text, exchange, false);
    }

    /** The charset that the exchange names, else UTF-8. */
    static Charset charset(Exchange exchange) {
        String name = exchange == null ? null : ExchangeHelper.getCharsetName(exchange, false);
        return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    }

    private static Records read(Reader text, Exchange exchange, boolean inMemory) throws IOException {
        var source = new BufferedReader(text);
        try {
            int first = first(source);
            RecordFormat named = exchange == null
                    ? null
                    : RecordFormat.ofMediaType(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class));
            if (first < 0 && named != RecordFormat.CSV && named != RecordFormat.NDJSON) {
                throw new IOException("the body is empty: there is no record in it");
            }
            return switch (named == null ? RecordFormat.ofContent(first) : named) {
                case JSON -> JsonRecords.read(source, inMemory);
                case NDJSON -> JsonRecords.readLines(source, inMemory);
                case CSV -> csv(source, inMemory);
            };
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** The first character that is no blank, -1 for none; the text stands where it stood, after a byte order mark. */
    private static int first(BufferedReader source) throws IOException {
        source.mark(LONGEST_BLANK_START);
        int c = source.read();
        if (c == BYTE_ORDER_MARK) {
            source.mark(LONGEST_BLANK_START);
            c = source.read();
        }
        for (int i = 1; c >= 0 && Character.isWhitespace(c) && i < LONGEST_BLANK_START; i++) {
            c = source.read();
        }
        source.reset();
        return c;
    }

    private static Records csv(Reader source, boolean inMemory) throws IOException {
        CsvRows rows = CsvRows.read(source, ',');
        var records = new CsvRecords(rows);
        return inMemory ? JsonRecords.collect(records, rows) : Records.streamed(records, rows);
    }
}
