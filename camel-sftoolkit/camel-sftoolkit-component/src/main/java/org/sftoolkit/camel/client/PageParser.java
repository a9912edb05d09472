package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a page of rows from bytes that are fed to it as they arrive: each row is there as soon as its last byte is. The one
 * reader of pages, those of children included. Not thread-safe.
 */
final class PageParser {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser json;
    private final ByteArrayFeeder feeder;
    private final ValueAssembler row = new ValueAssembler(true);
    private int depth;
    private boolean inRecords;
    private boolean rowBegun;
    private boolean hasRecords;
    private boolean complete;
    private String field;
    private long totalSize;
    private String next;

    PageParser() {
        try {
            json = FACTORY.createNonBlockingByteArrayParser();
            feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The rows that these bytes complete. */
    List<QueryRow> feed(byte[] bytes) throws IOException {
        var rows = new ArrayList<QueryRow>();
        feeder.feedInput(bytes, 0, bytes.length);
        for (JsonToken token = json.nextToken(); token != JsonToken.NOT_AVAILABLE; token = json.nextToken()) {
            accept(token, rows);
        }
        return rows;
    }

    /** What the page says beside its rows; throws where it ended too early or is none. */
    PageEnd end() throws IOException {
        feeder.endOfInput();
        if (json.nextToken() != null || !complete) {
            throw new IOException("the answer is cut off");
        }
        if (!hasRecords) {
            throw new IOException("an answer without records");
        }
        return new PageEnd(totalSize, next);
    }

    private void accept(JsonToken token, List<QueryRow> rows) throws IOException {
        if (complete) {
            throw new IOException("the answer goes on after its end");
        }
        if (inRecords) {
            inRecords(token, rows);
            return;
        }
        if (depth == 0 && token != JsonToken.START_OBJECT) {
            throw new IOException("expected an object");
        }
        if (depth == 1 && token == JsonToken.FIELD_NAME) {
            field = json.currentName();
        } else if (depth == 1 && token.isScalarValue()) {
            scalar();
        } else if (depth == 1 && token == JsonToken.START_ARRAY && field.equals("records")) {
            inRecords = true;
            hasRecords = true;
        } else {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            complete = depth == 0;
        }
    }

    private void inRecords(JsonToken token, List<QueryRow> rows) throws IOException {
        if (token == JsonToken.END_ARRAY && !rowBegun) {
            inRecords = false;
            return;
        }
        rowBegun = true;
        if (row.accept(json)) {
            rowBegun = false;
            rows.add(new QueryRow(RecordReader.record(row.take()), row.takeUnfinished()));
        }
    }

    private void scalar() throws IOException {
        switch (field) {
            case "totalSize" -> totalSize = json.getLongValue();
            case "nextRecordsUrl" -> next = json.getValueAsString();
            default -> {
                // done says what nextRecordsUrl says
            }
        }
    }
}
