package org.sftoolkit.camel.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records that a channel delivers before its events: all of its object, or those that changed while the bus was not heard. It
 * begins when the stream is open, so that nothing falls between.
 */
final class RecordLoad {

    private final String sObject;
    private final @Nullable Instant since;
    private final @Nullable String reason;
    private boolean begun;
    private boolean finished;

    /**
     * @param since  when they changed at the earliest; null for all
     * @param reason for the route; null if nothing is amiss
     */
    RecordLoad(String sObject, @Nullable Instant since, @Nullable String reason) {
        this.sObject = sObject;
        this.since = since;
        this.reason = reason;
    }

    /** The same, from its start. */
    RecordLoad anew() {
        return new RecordLoad(sObject, since, reason);
    }

    @Nullable
    Instant since() {
        return since;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Whether all its records are done. */
    boolean isFinished() {
        return finished;
    }

    void begin(StoredRecords records, EventIntake intake, Runnable end) {
        begun = true;
        intake.backfill(
                since == null ? records.all(sObject) : records.changedSince(sObject, since),
                sObject,
                reason,
                null,
                () -> {
                    finished = true;
                    end.run();
                });
    }
}
