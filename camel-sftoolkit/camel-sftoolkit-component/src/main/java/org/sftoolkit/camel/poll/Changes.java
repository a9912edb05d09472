package org.sftoolkit.camel.poll;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SObject;

/** Tells from a record's own fields whether it was created, updated or deleted. */
final class Changes {

    private Changes() {}

    /**
     * @param stamp watermark of the row
     * @param from begin of the window; null if all existing records are loaded
     * @param late whether the row was committed after its window was read; then it may have been seen before with an
     *     older stamp, and only one that is as old as its stamp is new
     */
    static Change of(SObject row, Instant stamp, @Nullable Instant from, boolean late) {
        if (Boolean.TRUE.equals(row.get("IsDeleted"))) {
            return Change.DELETED;
        }
        if (from == null) {
            return Change.CREATED;
        }
        if (!(row.get("CreatedDate") instanceof OffsetDateTime created)) {
            return Change.UPDATED;
        }
        Instant since = late ? stamp : from;
        return created.toInstant().isBefore(since) ? Change.UPDATED : Change.CREATED;
    }
}
