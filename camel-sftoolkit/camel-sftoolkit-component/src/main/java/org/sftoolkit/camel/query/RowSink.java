package org.sftoolkit.camel.query;

import java.util.List;

/** Takes the rows of a page while it arrives. Called on an event loop. */
interface RowSink {

    /** The page begins to arrive; once more where its request is repeated. False to want none of it. */
    boolean begin();

    /** Rows that arrived together, in their order. False to want no more. */
    boolean rows(List<QueryRow> rows);

    /** The page says how many rows the query has; not called if it does not, and before its rows only if it stands there. */
    default void total(long rows) {}

    /** The page has ended. Answers what is wrong with the number of its rows, so that it is asked for again; null for nothing. */
    default String defect(PageEnd end) {
        return null;
    }
}
