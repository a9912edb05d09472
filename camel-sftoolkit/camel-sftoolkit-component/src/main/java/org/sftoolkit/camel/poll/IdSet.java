package org.sftoolkit.camel.poll;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Ids as 64-bit hashes in an open table: 10 to 20 bytes each. Two Ids of the same second share a hash with a probability that no
 * org lives to see. Not thread-safe.
 */
final class IdSet {

    private static final long EMPTY = 0;

    private long[] table = new long[4];
    private int size;

    /** The hash of an Id, without regard to the three letters that only repeat its case. */
    static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        int length = Math.min(id.length(), 15);
        for (int i = 0; i < length; i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == EMPTY ? 1 : hash;
    }

    boolean contains(long hash) {
        return table[slot(hash)] == hash;
    }

    void add(long hash) {
        int slot = slot(hash);
        if (table[slot] == hash) {
            return;
        }
        table[slot] = hash;
        if (++size * 4 > table.length * 3) {
            grow();
        }
    }

    int size() {
        return size;
    }

    void forEach(LongConsumer each) {
        for (long hash : table) {
            if (hash != EMPTY) {
                each.accept(hash);
            }
        }
    }

    private int slot(long hash) {
        int mask = table.length - 1;
        int slot = (int) hash & mask;
        while (table[slot] != EMPTY && table[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] full = table;
        table = new long[full.length * 2];
        Arrays.stream(full).filter(hash -> hash != EMPTY).forEach(hash -> table[slot(hash)] = hash);
    }
}
