package org.sftoolkit.camel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.spi.IdempotentRepository;
import org.sftoolkit.camel.poll.PolledRecord;
import org.sftoolkit.camel.poll.Position;

/**
 * What was delivered, in the author's repository, which outlives the process. Asked and written on the polling thread, for it may
 * block; deliveries end on other threads and leave word here.
 */
final class DeliveredBefore {

    private final IdempotentRepository repository;
    private final String prefix;
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    /** @param repository null for none */
    DeliveredBefore(IdempotentRepository repository, String prefix) {
        this.repository = repository;
        this.prefix = prefix;
    }

    boolean contains(PolledRecord record) {
        return repository != null && repository.contains(key(record));
    }

    /** A delivery has ended. Thread-safe, does not block. */
    void ended(PolledRecord record) {
        if (repository != null) {
            done.add(key(record));
        }
    }

    /** Writes down what has ended. */
    void flush() {
        for (String key = done.poll(); key != null; key = done.poll()) {
            repository.add(key);
        }
    }

    // the run tells apart what comes again because the position was set back
    private String key(PolledRecord record) {
        Position version = record.position();
        return prefix + '/' + record.after().run() + '/' + version.id() + '/' + version.stamp();
    }
}
