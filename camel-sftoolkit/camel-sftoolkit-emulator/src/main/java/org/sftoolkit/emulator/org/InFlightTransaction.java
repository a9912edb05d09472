package org.sftoolkit.emulator.org;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A transaction that takes its time, as one that waits for a trigger does: its rows bear the instant of its begin and are
 * seen from its commit on. Not safe for threads.
 */
public final class InFlightTransaction {

    private final Org org;
    private final Instant began;
    private final List<Function<Transaction, String>> work = new ArrayList<>();

    InFlightTransaction(Org org, Instant began) {
        this.org = org;
        this.began = began;
    }

    /** The stamp of its rows. */
    public Instant began() {
        return began;
    }

    /** Inserts a row at the commit. */
    public InFlightTransaction insert(String object, Map<String, ?> record) {
        ObjectSchema known = org.object(object);
        work.add(transaction -> transaction.insert(known, record));
        return this;
    }

    /** Updates a row at the commit. */
    public InFlightTransaction update(String object, String id, Map<String, ?> record) {
        ObjectSchema known = org.object(object);
        work.add(transaction -> transaction.update(known, id, record));
        return this;
    }

    /** Deletes a row at the commit. */
    public InFlightTransaction delete(String object, String id) {
        ObjectSchema known = org.object(object);
        work.add(transaction -> transaction.delete(known, id));
        return this;
    }

    /** Makes its rows visible, all at once or, if one is refused, not at all. Returns their ids. */
    public List<String> commit() {
        return org.commit(
                this,
                transaction -> work.stream().map(one -> one.apply(transaction)).toList());
    }

    /** Those of an org that have not been committed. Safe for threads. */
    static final class Begun {

        private final Set<InFlightTransaction> begun = ConcurrentHashMap.newKeySet();

        InFlightTransaction begin(Org org) {
            InFlightTransaction transaction =
                    new InFlightTransaction(org, org.clock().instant());
            begun.add(transaction);
            return transaction;
        }

        Optional<Instant> oldest() {
            return begun.stream().map(InFlightTransaction::began).min(Comparator.naturalOrder());
        }

        /** Runs the end of a transaction, which is over then, even if it fails. */
        List<String> end(InFlightTransaction transaction, Supplier<List<String>> commit) {
            if (!begun.contains(transaction)) {
                throw new IllegalStateException("the transaction has ended already");
            }
            try {
                return commit.get();
            } finally {
                begun.remove(transaction);
            }
        }
    }
}
