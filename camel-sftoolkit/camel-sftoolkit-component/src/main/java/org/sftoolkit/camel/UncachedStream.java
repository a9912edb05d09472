package org.sftoolkit.camel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * A stream that Camel's stream caching leaves alone: it would copy a download of any size into memory before the route's next
 * step. It can be read once.
 */
final class UncachedStream extends FilterInputStream implements StreamCache {

    private long position;

    UncachedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        position += one < 0 ? 0 : 1;
        return one;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        int length = super.read(target, from, most);
        position += Math.max(0, length);
        return length;
    }

    /** Does nothing: called before each step of a route, and there is no way back. */
    @Override
    @SuppressWarnings("sync-override")
    public void reset() {}

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        transferTo(out);
    }

    /** Null: it cannot be read by several. */
    @Override
    public StreamCache copy(Exchange exchange) {
        return null;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    /** 0: not known before the end. */
    @Override
    public long length() {
        return 0;
    }

    @Override
    public long position() {
        return position;
    }
}
