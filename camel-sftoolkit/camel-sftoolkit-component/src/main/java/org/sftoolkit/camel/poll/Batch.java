package org.sftoolkit.camel.poll;

import java.util.List;

/**
 * What a reading gives at a time.
 *
 * @param records in the order in which they are to be delivered; may be empty though there are more to come
 * @param after   where the source stands once all of them are done
 * @param more    whether to ask on at once; false if there is nothing to read for now, and the reading is over
 */
public record Batch(List<PolledRecord> records, Cursor after, boolean more) {

    /** Nothing for now. */
    public static Batch idle(Cursor cursor) {
        return new Batch(List.of(), cursor, false);
    }

    /** No record, but a place that is worth to be stored before the reading goes on. */
    public static Batch step(Cursor after) {
        return new Batch(List.of(), after, true);
    }
}
