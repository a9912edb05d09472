package org.sftoolkit.emulator.org;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The one lock of an org: writes run one after another, reads see whole transactions only. Safe for threads. */
final class Transactions {

    private final Org org;
    private final RowGuard guard;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile List<DuplicateRule> duplicateRules;
    /** Asked before each platform event. */
    private volatile BooleanSupplier publishing = () -> true;
    /** Guarded by the lock. */
    private final List<CommitListener> listeners = new ArrayList<>();
    /** The finished transactions that may yet be undone with others; null outside {@link #writeTogether}. Guarded by the lock. */
    private List<Transaction> together;

    Transactions(Org org, RowGuard guard, List<DuplicateRule> duplicateRules) {
        this.org = org;
        this.guard = guard;
        this.duplicateRules = List.copyOf(duplicateRules);
    }

    List<DuplicateRule> duplicateRules() {
        return duplicateRules;
    }

    void allowPublishing(BooleanSupplier allowed) {
        publishing = allowed;
    }

    void changeDuplicateRules(List<DuplicateRule> rules) {
        duplicateRules = rules;
    }

    void listen(CommitListener listener) {
        alone(() -> listeners.add(listener));
    }

    void forget(CommitListener listener) {
        alone(() -> listeners.remove(listener));
    }

    /** Tells the listeners. To be called under the lock. */
    void tell(Consumer<CommitListener> what) {
        listeners.forEach(what);
    }

    /** @param stamp when its rows are written, null for now */
    <T> T write(Writer writer, Instant stamp, Function<Transaction, T> work) {
        lock.writeLock().lock();
        try {
            // the time is read under the lock: else one that waited for it would commit with an old stamp
            Instant now = stamp == null ? org.clock().instant() : stamp;
            Transaction transaction = new Transaction(org, guard, publishing, duplicateRules, writer, now);
            try {
                T result = work.apply(transaction);
                if (together != null) {
                    together.add(transaction);
                } else {
                    commit(List.of(transaction));
                }
                return result;
            } catch (RuntimeException | Error e) {
                transaction.rollBackTo(0);
                throw e;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void commit(List<Transaction> transactions) {
        List<DeleteLog.Entry> deletions = new ArrayList<>();
        transactions.forEach(transaction -> deletions.addAll(transaction.deletions()));
        if (!listeners.isEmpty() && !transactions.isEmpty()) {
            Map<String, CommitListener.Written> rows = new LinkedHashMap<>();
            List<PublishedEvent> published = new ArrayList<>();
            transactions.forEach(transaction -> {
                transaction.log().addWritten(rows);
                published.addAll(transaction.log().published());
            });
            if (!rows.isEmpty() || !published.isEmpty()) {
                CommitListener.Commit commit = new CommitListener.Commit(
                        transactions.get(0).writer(), List.copyOf(rows.values()), deletions, published);
                tell(listener -> listener.committed(commit));
            }
        }
        org.deleteLog().add(deletions);
    }

    /** See {@link Org#writeTogether}. */
    <T> T writeTogether(Supplier<T> work, Predicate<T> keep) {
        lock.writeLock().lock();
        List<Transaction> around = together;
        List<Transaction> mine = new ArrayList<>();
        together = mine;
        boolean kept = false;
        try {
            T result = work.get();
            kept = keep.test(result);
            return result;
        } finally {
            together = around;
            if (!kept) {
                Collections.reverse(mine);
                mine.forEach(transaction -> transaction.rollBackTo(0));
            } else if (around != null) {
                around.addAll(mine);
            } else {
                commit(mine);
            }
            lock.writeLock().unlock();
        }
    }

    /** Runs a write that is not a transaction. */
    void alone(Runnable work) {
        lock.writeLock().lock();
        try {
            work.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    <T> T read(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
