package org.sftoolkit.camel.operation;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.transport.BodyInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer of CSV, whole whatever happens on the way: where it breaks off, or ends too early, it is asked for again and read
 * on behind the bytes that were given out. Salesforce gives a page again as it was. Used by one reader.
 */
final class CsvPage extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(CsvPage.class);
    /** Failures in a row, between which no byte came. */
    private static final int MOST_FAILURES = 5;

    private static final long UNKNOWN = -1;

    private final Supplier<BodyInput> request;
    private final long known;
    private CsvScan scan = new CsvScan();
    private BodyInput body;
    private long given;
    private int failures;
    private boolean ended;
    private boolean closed;

    /**
     * @param request asks for the page, from its first byte
     * @param known   rows that it has, its header not counted; negative where only its headers may tell
     */
    CsvPage(Supplier<BodyInput> request, long known) {
        this.request = request;
        this.known = known;
    }

    /** Asks for the page without waiting for it. */
    CsvPage begin() {
        body = body == null ? request.get() : body;
        return this;
    }

    /** The answer's headers. */
    MultiMap headers() throws IOException {
        while (true) {
            try {
                return begin().body.headers();
            } catch (IOException e) {
                failed(e);
            }
        }
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
                throw new IOException("the results were closed before they were read to their end");
            }
            try {
                begin();
                int taken = body.read(bytes, from, length);
                if (taken >= 0) {
                    given += taken;
                    failures = 0;
                    scan.scan(bytes, from, taken);
                    return taken;
                }
                requireWhole();
                ended = true;
            } catch (IOException e) {
                failed(e);
            }
        }
        return -1;
    }

    private void requireWhole() throws IOException {
        long wanted = known >= 0 ? known : announced();
        long rows = Math.max(0, scan.rows() - 1);
        if (!scan.mayEnd() || wanted != UNKNOWN && rows != wanted) {
            throw new IOException("the results ended after " + rows + " rows"
                    + (wanted == UNKNOWN ? ", within quotes" : " of " + wanted));
        }
    }

    private long announced() throws IOException {
        String rows = body.headers().get("Sforce-NumberOfRecords");
        try {
            return rows == null ? UNKNOWN : Long.parseLong(rows.strip());
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /** Asks again and goes to where it broke off, or gives up. */
    private void failed(IOException failure) throws IOException {
        body.close();
        if (++failures > MOST_FAILURES || !passing(failure)) {
            ended = true;
            throw failure;
        }
        LOG.debug("Results broke off after {} bytes and are asked for again: {}", given, failure.getMessage());
        body = request.get();
        try {
            skip();
        } catch (IOException e) {
            failed(e);
        }
    }

    private static boolean passing(IOException failure) {
        return !(failure.getCause() instanceof SfToolkitException known) || known.retryable();
    }

    private void skip() throws IOException {
        byte[] block = new byte[1 << 13];
        var again = new CsvScan();
        for (long left = given; left > 0; ) {
            int taken = body.read(block, 0, (int) Math.min(left, block.length));
            if (taken < 0) {
                throw new IOException("the results are shorter than before");
            }
            again.scan(block, 0, taken);
            left -= taken;
        }
        scan = again;
    }

    @Override
    public void close() {
        closed = true;
        if (body != null) {
            body.close();
        }
    }
}
