package org.sftoolkit.camel.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.ConsumedBodyException;
import org.sftoolkit.camel.model.ReadOnce;

/**
 * A stream that Camel's stream caching leaves alone: it would copy a download of any size into memory before the route's next
 * step. One step can read it: what one has left over is not given to the next, which would take it for the whole.
 */
public final class UncachedStream extends FilterInputStream implements StreamCache, ReadOnce {

    private volatile long position;
    private volatile boolean spent;
    private volatile boolean closed;

    public UncachedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        requireUnspent();
        int one = super.read();
        position += one < 0 ? 0 : 1;
        return one;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        requireUnspent();
        int length = super.read(target, from, most);
        position += Math.max(0, length);
        return length;
    }

    private void requireUnspent() throws IOException {
        if (spent || closed && position > 0) {
            String what = "the stream in the body can be read only once, and " + position
                    + " bytes of it were read before, by an earlier step or a failed attempt: give each step its own"
                    + " stream, bytes or a file (outputType=BYTES or FILE)";
            throw new IOException(what, new ConsumedBodyException(what, null));
        }
    }

    /** Called before each step of a route and before each redelivery. There is no way back: what was begun is spent. */
    @Override
    public synchronized void reset() {
        spent = position > 0;
    }

    /** Nobody reads on behind this: what has been read is not taken for an empty body. */
    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }

    @Override
    public boolean begun() {
        return position > 0;
    }

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
    public @Nullable StreamCache copy(Exchange exchange) {
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
