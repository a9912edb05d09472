package org.sftoolkit.emulator.org;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
}
