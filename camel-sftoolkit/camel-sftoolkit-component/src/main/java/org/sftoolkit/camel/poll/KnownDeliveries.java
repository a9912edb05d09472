package org.sftoolkit.camel.poll;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which records were delivered: those of the look-back in memory, and if there is a repository, those that it holds. Guarded by
 * its owner's lock, but for what asks the repository.
 */
public final class KnownDeliveries {

    /** Remembers by key what was delivered, beyond this process; may block. */
    public interface Repository {

        /** Whether this was delivered. */
        boolean contains(String key);

        /** This was delivered. */
        void add(String key);
    }

    private final DeliveredLog log = new DeliveredLog();
    private final Queue<String> unentered = new ConcurrentLinkedQueue<>();
    private final @Nullable Repository repository;
    private final String storeKey;

    /** @param repository of the user, or null */
    KnownDeliveries(@Nullable Repository repository, String storeKey) {
        this.repository = repository;
        this.storeKey = storeKey;
    }

    /** Whether this version was delivered within the look-back. */
    boolean contains(Position version) {
        return log.contains(version);
    }

    /** Whether the repository holds the record. May block. */
    boolean isInRepository(PolledRecord record) {
        return repository != null && repository.contains(key(record));
    }

    /** The record was delivered. */
    void add(PolledRecord record) {
        log.add(record.position());
        if (repository != null) {
            unentered.add(key(record));
        }
    }

    // the run distinguishes records that are delivered again because the position was set back
    private String key(PolledRecord record) {
        Position version = record.position();
        return storeKey + '/' + record.after().run() + '/' + version.id() + '/' + version.stamp();
    }

    /** Enters what was delivered into the repository. May block; by one thread at a time. */
    void enter() {
        if (repository == null) {
            return;
        }
        for (String key = unentered.peek(); key != null; key = unentered.peek()) {
            repository.add(key);
            unentered.poll();
        }
    }

    /** What was delivered before may come again. */
    void clear() {
        log.clear();
    }

    /** What is older than the look-back is not read again; null if there is no such time. */
    void forgetBefore(@Nullable Instant horizon) {
        if (horizon != null) {
            log.forgetBefore(horizon);
        }
    }

    /** What was delivered within the look-back. */
    DeliveredLog log() {
        return log;
    }
}
