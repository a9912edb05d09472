package org.sftoolkit.emulator.org;

import java.util.List;

/** Hears of every write of an org, before anybody else sees it; on the writing thread, which waits. */
public interface CommitListener {

    /**
     * A row as a transaction left it.
     *
     * @param row null for one that was removed for good
     */
    record Written(ObjectSchema object, String id, Row row) {}

    /** A transaction is done. */
    void committed(List<Written> rows, List<DeleteLog.Entry> deletions);

    /** The org was emptied; what it has from the start comes in a transaction of its own. */
    void cleared();

    /** All rows and deletions are others now, as a snapshot had them; they can be read. */
    void replaced();
}
