package org.sftoolkit.camel.poll;

import java.util.List;

/**
 * One step of a reading.
 *
 * @param records in the order in which they are to be delivered; may be empty though there are more to come
 * @param after position of the source after all of them
 * @param more whether to continue at once; false if the reading is over
 */
public record Batch(List<PolledRecord> records, Cursor after, boolean more) {

    /** Nothing for now. */
    public static Batch idle(Cursor cursor) {
        return new Batch(List.of(), cursor, false);
    }

    /** No record, but a position to store before the reading continues. */
    public static Batch step(Cursor after) {
        return new Batch(List.of(), after, true);
    }
}
