package org.sftoolkit.camel.query;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ApiJson;

/**
 * Splits the bytes of a page, as they arrive, into complete rows and the envelope around them. Rows can be parsed at
 * once, the envelope at the end. Not thread-safe.
 *
 * <p>It looks at brackets, quotes and commas only; the parser checks the JSON. Jackson's non-blocking parser takes
 * more than twice the time until the JVM has compiled it, which takes some 100,000 rows.
 */
final class PageBytes {

    private static final byte[] RECORDS = "\"records\"".getBytes(US_ASCII);
    /** Maximum size of an envelope, which normally has some hundred bytes. */
    private static final int LARGEST_ENVELOPE = 1 << 20;

    private final ByteArrayOutputStream envelope = new ByteArrayOutputStream(256);
    private byte[] bytes;
    private int length;
    private int largest;
    private int envelopeBegin;
    private int rowsBegin;
    private int rowsEnd;
    private int depth;
    private boolean inRecords;
    private boolean rowMayCome;
    private boolean headTold;
    private boolean commaLast;
    private boolean inText;
    private boolean escaped;

    /** @param expected bytes that it will have to hold at a time, as far as one knows */
    PageBytes(int expected) {
        bytes = new byte[expected];
    }

    /** The most bytes that it had to hold at a time. */
    int largest() {
        return largest;
    }

    /** Takes further bytes; rows that were whole before have been read. */
    void append(Buffer data) throws IOException {
        dropReadRows();
        int begin = length;
        length += data.length();
        largest = Math.max(largest, length);
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
        }
        data.getBytes(bytes, begin);
        scan(begin);
    }

    boolean hasWholeRows() {
        return rowsEnd > rowsBegin;
    }

    /** The whole rows, one behind the other as values of their own. */
    JsonParser wholeRows() throws IOException {
        return ApiJson.FACTORY.createParser(bytes, rowsBegin, rowsEnd - rowsBegin);
    }

    /** The text before the rows, only once: an object that is not closed; null if the rows have not begun. */
    @Nullable
    JsonParser head() throws IOException {
        if (headTold || !inRecords) {
            return null;
        }
        headTold = true;
        return ApiJson.FACTORY.createParser(envelope.toByteArray());
    }

    /** The page without its rows. */
    JsonParser envelope() throws IOException {
        return ApiJson.FACTORY.createParser(envelope.toByteArray());
    }

    private void dropReadRows() {
        length -= rowsEnd;
        System.arraycopy(bytes, rowsEnd, bytes, 0, length);
        rowsBegin = 0;
        rowsEnd = 0;
    }

    private void scan(int begin) throws IOException {
        envelopeBegin = begin;
        int i = begin;
        while (i < length) {
            if (inText) {
                i = behindText(i);
                continue;
            }
            byte c = bytes[i++];
            if (c == '"') {
                inText = true;
            } else if (c == '{' || c == '[') {
                opened(c, i);
            } else if (c == '}' || c == ']') {
                closed(i);
            } else if (c == ',' && inRecords && depth == 2) {
                comma(i - 1);
            }
        }
        if (!inRecords) {
            addToEnvelope(envelopeBegin, length);
            length = rowsEnd;
        }
    }

    private void opened(byte bracket, int behind) throws IOException {
        if (inRecords && depth == 2) {
            require(rowMayCome);
            rowMayCome = false;
        }
        depth++;
        if (bracket == '[' && depth == 2) {
            addToEnvelope(envelopeBegin, behind);
            envelopeBegin = behind;
            beginRecords(behind);
        }
    }

    private void closed(int behind) throws IOException {
        depth--;
        if (inRecords && depth <= 2) {
            require(depth == 2 || !commaLast);
            inRecords = depth == 2;
            commaLast = false;
            rowsEnd = inRecords ? behind : behind - 1;
            envelopeBegin = rowsEnd;
        }
    }

    /** The parser takes rows as values of their own. */
    private void comma(int at) throws IOException {
        require(!rowMayCome);
        rowMayCome = true;
        commaLast = true;
        bytes[at] = ' ';
    }

    private static void require(boolean parted) throws IOException {
        if (!parted) {
            throw new IOException("rows must be separated by one comma");
        }
    }

    private int behindText(int begin) {
        for (int i = begin; i < length; i++) {
            byte c = bytes[i];
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                inText = false;
                return i + 1;
            }
        }
        return length;
    }

    private void beginRecords(int begin) {
        byte[] before = envelope.toByteArray();
        int end = before.length - 1;
        while (end > 0 && (before[end - 1] <= ' ' || before[end - 1] == ':')) {
            end--;
        }
        int name = end - RECORDS.length;
        inRecords = name >= 0
                && Arrays.equals(before, name, end, RECORDS, 0, RECORDS.length)
                && (name == 0 || before[name - 1] != '\\');
        if (inRecords) {
            rowMayCome = true;
            rowsBegin = begin;
            rowsEnd = begin;
        }
    }

    private void addToEnvelope(int begin, int end) throws IOException {
        envelope.write(bytes, begin, end - begin);
        if (envelope.size() > LARGEST_ENVELOPE) {
            throw new IOException("a page of a query was expected");
        }
    }
}
