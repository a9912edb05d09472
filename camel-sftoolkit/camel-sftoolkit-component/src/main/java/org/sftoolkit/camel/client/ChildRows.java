package org.sftoolkit.camel.client;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The child records of a row; the list grows in place while its further pages are read. */
public final class ChildRows extends ArrayList<Object> {

    private static final long serialVersionUID = 1L;

    private final long total;
    private @Nullable String next;

    /** @param total how many there are; negative if that is not known */
    ChildRows(Iterable<?> records, long total, @Nullable String next) {
        records.forEach(this::add);
        this.total = total;
        this.next = next;
    }

    /** How many there are; negative if that is not known. */
    public long total() {
        return total;
    }

    /** Path of the page after those that are here; null at the end. */
    public @Nullable String next() {
        return next;
    }

    /** A further page has been added whole. */
    public void continueAt(@Nullable String path) {
        next = path;
    }
}
