package org.sftoolkit.camel.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a page while it arrives. Called on an event loop. */
interface RowSink {

    /** The page starts to arrive; called again if its request is repeated. Returns false to decline it. */
    boolean begin();

    /** Rows that arrived together, in their order. False to want no more. */
    boolean rows(List<QueryRow> rows);

    /**
     * Called with the total of the query if the page contains it; before the rows only if the total precedes them.
     */
    default void total(long rows) {}

    /** The page has ended. Returns a fault in the number of its rows, so that it is requested again, or null. */
    default @Nullable String defect(PageEnd end) {
        return null;
    }
}
