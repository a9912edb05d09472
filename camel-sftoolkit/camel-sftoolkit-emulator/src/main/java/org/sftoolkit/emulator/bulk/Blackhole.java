package org.sftoolkit.emulator.bulk;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Swallows the rows of ingest jobs of one object instead of storing them: counts and sums them up, for loads of millions.
 * Every row succeeds. Safe for threads.
 */
public final class Blackhole {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong sum = new AtomicLong();

    Blackhole() {}

    long take(List<String> cells) {
        sum.addAndGet(hash(cells));
        return rows.incrementAndGet();
    }

    /** Number of rows so far. */
    public long rows() {
        return rows.get();
    }

    /** Sum of the {@link #hash} of all rows, whatever their order. */
    public long checksum() {
        return sum.get();
    }

    /** FNV-1a, 64 bits, over the UTF-16 units of the cells, each cell followed by a unit 0. */
    public static long hash(List<String> cells) {
        long hash = BASIS;
        for (String cell : cells) {
            for (int i = 0; i < cell.length(); i++) {
                hash = (hash ^ cell.charAt(i)) * PRIME;
            }
            hash *= PRIME;
        }
        return hash;
    }
}
