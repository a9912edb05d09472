package org.sftoolkit.camel.model;

import java.io.Closeable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of bulk results, read while they arrive. Reading waits for Salesforce on the caller's thread. Not thread-safe.
 *
 * <p>Closed by itself at its end; else by its reader or with the exchange.
 */
public abstract class BulkRows implements Iterator<BulkRow>, Iterable<BulkRow>, ReadOnce, Closeable {

    private @Nullable BulkRow next;
    private boolean ended;
    private volatile boolean begun;

    /** The next row, or null behind the last. */
    protected abstract @Nullable BulkRow read();

    @Override
    public final boolean hasNext() {
        if (next == null && !ended) {
            next = read();
            if (next == null) {
                ended = true;
                close();
            }
        }
        return next != null;
    }

    @Override
    public final BulkRow next() {
        BulkRow row = hasNext() ? next : null;
        if (row == null) {
            throw new NoSuchElementException("there are no further rows");
        }
        next = null;
        begun = true;
        return row;
    }

    @Override
    public final boolean begun() {
        return begun;
    }

    /** These rows themselves: they can be gone through once. */
    @Override
    public final Iterator<BulkRow> iterator() {
        return this;
    }

    /** Stops reading. */
    @Override
    public abstract void close();
}
