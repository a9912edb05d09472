package org.sftoolkit.camel.body;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who reads, or has read, a body that can be read once. A body stays on its message after a failure, and the copies
 * that a multicast makes of a message share it: so it is known by its identity, for as long as it is referenced. Thread-safe.
 */
final class BodyUses {

    /** One attempt to read a body. */
    static final class Use {
        private boolean taken;
    }

    private static final BodyUses ALL = new BodyUses();

    private final Map<Key, Use> uses = new HashMap<>();
    private final Map<Key, Object> firstEntries = new HashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    static BodyUses all() {
        return ALL;
    }

    /** Whether the body is not being read and was not read by others. */
    synchronized boolean isFree(Object body, Use mine) {
        forgetGone();
        Use known = uses.get(new Key(body, null));
        return known == null || known == mine;
    }

    /** Lets one attempt alone read the body. Answers false if there is another one, or was. */
    synchronized boolean begin(Object body, Use mine) {
        if (!isFree(body, mine)) {
            return false;
        }
        uses.put(new Key(body, gone), mine);
        return true;
    }

    synchronized void taken(Use mine) {
        mine.taken = true;
    }

    /** Lets another attempt read the body, if this one has taken nothing. Answers whether it has. */
    synchronized boolean end(Object body, Use mine) {
        if (!mine.taken) {
            uses.remove(new Key(body, null), mine);
        }
        return mine.taken;
    }

    /** Whether a repeatable body begins with the same entry as before. */
    synchronized boolean beginsAsBefore(Object body, Object entry) {
        forgetGone();
        Object before = firstEntries.putIfAbsent(new Key(body, gone), entry);
        return before == null || before == entry || before.equals(entry);
    }

    private void forgetGone() {
        for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
            uses.remove(key);
            firstEntries.remove(key);
        }
    }

    private static final class Key extends WeakReference<Object> {

        private final int hash;

        Key(Object body, @Nullable ReferenceQueue<Object> gone) {
            super(body, gone);
            this.hash = System.identityHashCode(body);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Key key && get() != null && get() == key.get();
        }
    }
}
