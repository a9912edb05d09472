package org.sftoolkit.emulator.org;

import java.util.List;

/** Hears of every write of an org, before anybody else sees it; on the writing thread, which waits. */
public interface CommitListener {

    /**
     * A row as a transaction found and left it.
     *
     * @param before null for one that was not there
     * @param row null for one that was removed for good
     */
    record Written(ObjectSchema object, String id, Row before, Row row) {}

    /**
     * What several transactions that end as one have done.
     *
     * @param writer on whose behalf
     * @param rows each row once, in the order of the first write
     * @param published the platform events, in order; they are not rows and cannot be read again
     */
    record Commit(Writer writer, List<Written> rows, List<DeleteLog.Entry> deletions, List<PublishedEvent> published) {}

    /** Something was written. */
    void committed(Commit commit);

    /** The org was emptied; what it has from the start comes in a transaction of its own. */
    void cleared();

    /** All rows and deletions are others now, as a snapshot had them; they can be read. */
    void replaced();
}
