package org.sftoolkit.camel.operation;

import java.io.IOException;
import java.io.InputStream;

/** The rows of a query job as one CSV: its pages joined, their repeated headers left out. Used by one reader. */
final class PagedCsv extends InputStream {

    private final PageSequence pages;
    private CsvPage page;
    private CsvScan header;
    private boolean started;
    private boolean ended;
    private boolean closed;
    private byte last = '\n';

    PagedCsv(PageSequence pages) {
        this.pages = pages;
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
        while (!ended && (page != null || nextPage())) {
            int taken = page.read(bytes, from, length);
            if (taken < 0) {
                page = null;
                if (last != '\n') {
                    // the rows of the next page begin a line of their own
                    bytes[from] = last = '\n';
                    return 1;
                }
                continue;
            }
            int kept = header == null ? taken : behindHeader(bytes, from, taken);
            if (kept > 0) {
                last = bytes[from + kept - 1];
                return kept;
            }
        }
        return -1;
    }

    private boolean nextPage() throws IOException {
        page = pages.next();
        ended = page == null;
        header = started ? new CsvScan() : null;
        started = true;
        return !ended;
    }

    private int behindHeader(byte[] bytes, int from, int taken) {
        int rows = header.scan(bytes, from, taken);
        if (rows < 0) {
            return 0;
        }
        header = null;
        int kept = from + taken - rows;
        System.arraycopy(bytes, rows, bytes, from, kept);
        return kept;
    }

    /** Locator of the page that is being read; null for the first. */
    String locator() {
        return pages.locator();
    }

    @Override
    public void close() {
        closed = true;
        pages.close();
    }
}
