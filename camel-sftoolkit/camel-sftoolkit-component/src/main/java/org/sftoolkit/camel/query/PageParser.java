package org.sftoolkit.camel.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.sftoolkit.camel.client.RecordReader;
import org.sftoolkit.camel.client.ValueReader;
import org.sftoolkit.camel.model.SObject;

/**
 * Reads a page of rows from bytes that are fed to it as they arrive: each row is there as soon as its last byte is. The one
 * reader of pages, those of children included. Not thread-safe.
 */
final class PageParser {

    private final PageBytes page;
    private long announced = -1;
    private final ValueReader row = new ValueReader(true);

    /** @param expected bytes that arrive before they become rows, as far as one knows */
    PageParser(int expected) {
        page = new PageBytes(expected);
    }

    /** The most bytes that had to be held at a time. */
    int largest() {
        return page.largest();
    }

    /** How many rows the query has, as soon as it has been read before them; -1 otherwise. */
    long announced() {
        return announced;
    }

    private void readHead() throws IOException {
        try (JsonParser json = page.head()) {
            if (json == null || json.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            for (String name = json.nextFieldName();
                    name != null && !name.equals("records");
                    name = json.nextFieldName()) {
                if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && name.equals("totalSize")) {
                    announced = json.getLongValue();
                }
                json.skipChildren();
            }
        } catch (JsonProcessingException e) {
            // the end of the page shows whether it is readable
        }
    }

    /** The rows that these bytes complete. */
    List<QueryRow> feed(Buffer bytes) throws IOException {
        page.append(bytes);
        readHead();
        if (!page.hasWholeRows()) {
            return List.of();
        }
        var rows = new ArrayList<QueryRow>();
        try (JsonParser json = page.wholeRows()) {
            while (json.nextToken() != null) {
                SObject record = RecordReader.record(row.read(json));
                // the page lets nothing pass as a row that is no object
                rows.add(new QueryRow(Objects.requireNonNull(record), row.takeUnfinished()));
            }
        }
        return rows;
    }

    /** The data of the page besides its rows; throws if the page is incomplete or is not a page. */
    PageEnd end() throws IOException {
        try (JsonParser json = page.envelope()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(json.currentToken() == null ? "the answer is cut off" : "expected an object");
            }
            PageEnd end = envelope(json);
            if (json.nextToken() != null) {
                throw new IOException("the answer is followed by other content");
            }
            return end;
        } catch (JsonEOFException e) {
            throw new IOException("the answer is cut off", e);
        }
    }

    private static PageEnd envelope(JsonParser json) throws IOException {
        long totalSize = -1;
        String next = null;
        Boolean done = null;
        int records = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "totalSize" -> totalSize = json.getLongValue();
                case "nextRecordsUrl" -> next = json.getValueAsString();
                case "records" -> records += isCutList(value, json) ? 1 : 0;
                case "done" -> done = value == JsonToken.VALUE_NULL ? null : (Boolean) (value == JsonToken.VALUE_TRUE);
                default -> {}
            }
            json.skipChildren();
        }
        if (records != 1) {
            throw new IOException(
                    records == 0 ? "the answer has no list of records" : "the answer has several lists of records");
        }
        return new PageEnd(totalSize, next, done);
    }

    /** Whether it is the list of which the rows have been taken; a name written in another way is not recognized there. */
    private static boolean isCutList(JsonToken value, JsonParser json) throws IOException {
        if (value == JsonToken.START_ARRAY && json.nextToken() != JsonToken.END_ARRAY) {
            throw new IOException("the name of the list of rows is not written as records");
        }
        return value == JsonToken.START_ARRAY;
    }
}
