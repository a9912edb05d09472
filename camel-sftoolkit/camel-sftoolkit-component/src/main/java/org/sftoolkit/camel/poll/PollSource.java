package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;

/**
 * Gives versions of records, batch by batch. Asked by one caller at a time. It may hold on to what it has open between two
 * calls, but whatever cursor it is given, it goes on there.
 */
public interface PollSource {

    /** What follows the cursor. A failure leaves the source so that the same cursor, or an older one, can be asked again. */
    Future<Batch> next(Cursor cursor);

    /**
     * The earliest stamp that may be given again when the source goes on at this cursor: what was delivered from then on has
     * to be remembered. Null for everything.
     */
    Instant horizon(Cursor cursor);
}
