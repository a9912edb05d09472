package org.sftoolkit.camel.bulk;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.BodyInput;
import org.sftoolkit.camel.transport.Delays;
import org.sftoolkit.camel.transport.RetryPolicy;

/**
 * One CSV response that survives broken connections. It delivers CSV with the right header and the announced number
 * of rows. A damaged response is requested again and continues after the delivered bytes, because Salesforce returns
 * the same page again. Used by one reader, whose thread may wait.
 */
final class ResumableCsv extends InputStream {

    /** Tells whether an answer is what it has to be. Asked on the reader's thread. */
    interface Check {

        /** Rows that the answer has to have by its headers, the header row not counted; negative if that is not known. */
        long rows(MultiMap headers) throws IOException;

        /** The delimiter of the cells. */
        char delimiter();

        /** Throws if the header row is wrong; says what is wrong. */
        void header(String row) throws IOException;

        /** Throws if the answer must not end after so many rows. */
        void end(long rows, MultiMap headers) throws IOException;
    }

    /** Salesforce takes 32,000 characters. */
    private static final int LONGEST_HEADER = 1 << 20;

    private final String what;
    private final Supplier<BodyInput> request;
    private final Check check;
    private final boolean withHeader;
    private final BrokenAnswers broken;

    private final CRC32C sum = new CRC32C();
    private CsvScan scan;
    /** Null before the page was asked for. */
    private volatile @Nullable BodyInput body;

    private byte[] waiting = {};
    private int waitingFrom;
    private boolean begun;
    private long taken;
    private long limit;
    private boolean ended;
    private volatile boolean closed;

    /**
     * @param what it is, for people
     * @param request requests the page, from its first byte
     * @param check of what comes
     * @param delays between questions
     * @param retries how often a broken answer is requested again, and after which pause
     * @param withHeader whether the header row is given out, too
     */
    ResumableCsv(
            String what,
            Supplier<BodyInput> request,
            Check check,
            Delays delays,
            RetryPolicy retries,
            boolean withHeader) {
        this.what = what;
        this.request = request;
        this.check = check;
        this.scan = new CsvScan(check.delimiter());
        this.broken = new BrokenAnswers(what, delays, retries);
        this.withHeader = withHeader;
    }

    /** Asks for the page without waiting for it. */
    ResumableCsv begin() {
        body();
        return this;
    }

    private BodyInput body() {
        BodyInput now = body;
        if (now == null) {
            now = request.get();
            body = now;
        }
        return now;
    }

    /** Headers of the answer that was read to its end. */
    MultiMap headers() throws IOException {
        return body().headers();
    }

    /** Rows of the page, its header not counted, so far. */
    long rows() {
        return Math.max(0, scan.rows() - 1);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (!ended) {
            if (closed) {
                throw new IOException("the " + what + " were closed before they were read to their end");
            }
            try {
                BodyInput now = body();
                if (!begun) {
                    readHeader();
                    // a response without rows has delivered nothing, and is requested again from the start
                    begun = scan.rows() > 0;
                }
                if (waitingFrom < waiting.length) {
                    return giveWaiting(bytes, from, length);
                }
                int some = now.read(bytes, from, length);
                if (some >= 0) {
                    take(bytes, from, some);
                    broken.recovered();
                    return some;
                }
                requireWhole();
                ended = true;
            } catch (IOException e) {
                failed(e);
            }
        }
        return -1;
    }

    private int giveWaiting(byte[] bytes, int from, int length) {
        int some = Math.min(length, waiting.length - waitingFrom);
        System.arraycopy(waiting, waitingFrom, bytes, from, some);
        waitingFrom += some;
        return some;
    }

    /** Nothing is given out before it is known to be CSV of the right columns. */
    private void readHeader() throws IOException {
        limit = mediaTypeAndRows();
        byte[] head = new byte[1 << 13];
        int length = 0;
        int behind = -1;
        scan = new CsvScan(check.delimiter());
        while (behind < 0) {
            if (length == head.length) {
                if (length >= LONGEST_HEADER) {
                    throw new IOException("there is no header row in the first " + length + " bytes");
                }
                head = Arrays.copyOf(head, 2 * length);
            }
            int some = body().read(head, length, head.length - length);
            if (some < 0) {
                break;
            }
            behind = scan.scan(head, length, some);
            length += some;
        }
        int end = behind < 0 ? length : behind;
        if (scan.rows() > 0) {
            check.header(new String(head, 0, end, StandardCharsets.UTF_8));
        }
        requireNotTooMany();
        requireEvenRows();
        sum.reset();
        sum.update(head, 0, length);
        taken = length;
        waiting = scan.rows() > 0 ? Arrays.copyOf(head, length) : new byte[0];
        waitingFrom = withHeader ? 0 : Math.min(end, waiting.length);
    }

    private long mediaTypeAndRows() throws IOException {
        MultiMap headers = body().headers();
        String type = headers.get("Content-Type");
        if (type != null && !type.strip().toLowerCase(Locale.ROOT).startsWith("text/csv")) {
            throw new IOException("the answer is " + type.strip() + " instead of text/csv");
        }
        return check.rows(headers);
    }

    private void take(byte[] bytes, int from, int some) throws IOException {
        scan.scan(bytes, from, some);
        requireNotTooMany();
        requireEvenRows();
        sum.update(bytes, from, some);
        taken += some;
    }

    private void requireNotTooMany() throws IOException {
        if (limit >= 0 && rows() > limit) {
            throw new IOException("more rows arrived than the " + limit + " that Salesforce announced");
        }
    }

    private void requireEvenRows() throws IOException {
        if (scan.uneven() > 0) {
            throw new IOException(
                    "a row has " + scan.uneven() + " cells under a header of " + scan.columns() + " columns");
        }
    }

    private void requireWhole() throws IOException {
        scan.end();
        requireEvenRows();
        if (!scan.mayEnd() || rows() < limit) {
            throw new IOException(
                    "they ended after " + rows() + " rows" + (scan.mayEnd() ? " of " + limit : ", within quotes"));
        }
        check.end(rows(), body().headers());
    }

    /** Requests the page again and skips to the break, or gives up. */
    private void failed(IOException failure) throws IOException {
        body().close();
        if (closed) {
            throw new IOException("the " + what + " were closed before they were read to their end");
        }
        try {
            broken.met(failure, taken);
        } catch (IOException tooOften) {
            ended = true;
            throw tooOften;
        }
        BodyInput next = request.get();
        body = next;
        if (closed) {
            next.close();
        }
        if (!begun) {
            return;
        }
        try {
            skip();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void skip() throws IOException {
        limit = mediaTypeAndRows();
        byte[] block = new byte[1 << 13];
        var again = new CsvScan(check.delimiter());
        var other = new CRC32C();
        for (long left = taken; left > 0; ) {
            int some = body().read(block, 0, (int) Math.min(left, block.length));
            if (some < 0) {
                throw new IOException("they are shorter than before");
            }
            again.scan(block, 0, some);
            other.update(block, 0, some);
            left -= some;
        }
        if (other.getValue() != sum.getValue()) {
            throw new IOException("their content has changed since the first attempt");
        }
        scan = again;
    }

    @Override
    public void close() {
        closed = true;
        BodyInput now = body;
        if (now != null) {
            now.close();
        }
    }
}
