package org.sftoolkit.camel.bulk;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.ReaderThread;

/** The rows of a query job as one CSV: its pages joined, their repeated headers left out. Used by one reader. */
final class JoinedCsv extends InputStream {

    /** Hears of the page from which everything would have to be read again, if reading ended here. */
    interface Reader {
        void reading(String locator) throws IOException;
    }

    private final PageSequence pages;
    private final Reader reader;
    /** Null before the first page, between two, and behind the last. */
    private @Nullable ResumableCsv page;

    private boolean ended;
    private boolean closed;
    private byte last = '\n';
    /** Thrown again at each further read: the next page does not follow on what has been read. */
    private @Nullable IOException failure;

    JoinedCsv(PageSequence pages) {
        this(pages, page -> {});
    }

    JoinedCsv(PageSequence pages, Reader reader) {
        this.pages = pages;
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (closed && !ended) {
            throw new IOException("the results were closed before they were read to their end");
        }
        if (length == 0) {
            return 0;
        }
        ReaderThread.requireMayWait();
        if (failure != null) {
            throw failure;
        }
        try {
            return readOn(bytes, from, length);
        } catch (IOException broken) {
            failure = broken;
            throw broken;
        }
    }

    private int readOn(byte[] bytes, int from, int length) throws IOException {
        while (!ended) {
            ResumableCsv reading = page == null ? nextPage() : page;
            if (reading == null) {
                return -1;
            }
            int taken = reading.read(bytes, from, length);
            if (taken >= 0) {
                last = bytes[from + taken - 1];
                return taken;
            }
            page = null;
            if (last != '\n') {
                // the rows of the next page begin a line of their own
                bytes[from] = last = '\n';
                return 1;
            }
        }
        return -1;
    }

    private @Nullable ResumableCsv nextPage() throws IOException {
        // rows of the page before are still on their way through buffers
        String before = pages.locator();
        ResumableCsv next = pages.next();
        page = next;
        ended = next == null;
        if (!ended && before != null) {
            reader.reading(before);
        }
        return next;
    }

    /** Locator of the page that is being read; null for the first. */
    @Nullable
    String locator() {
        return pages.locator();
    }

    @Override
    public void close() {
        closed = true;
        pages.close();
    }
}
