package org.sftoolkit.camel.poll;

import java.util.List;

/**
 * What a source gives at a time.
 *
 * @param records in the order in which they are to be delivered; may be empty though there are more to come
 * @param after   where the source stands once all of them are done
 * @param more    whether to ask on at once; false where there is nothing to read for now
 */
public record Batch(List<PolledRecord> records, Cursor after, boolean more) {

    /** Nothing for now. */
    public static Batch idle(Cursor cursor) {
        return new Batch(List.of(), cursor, false);
    }
}
