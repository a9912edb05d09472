package org.sftoolkit.camel.client;

import java.util.List;

/** Takes the rows of a page while it arrives. Called on an event loop. */
interface RowSink {

    /** The page begins to arrive; once more where its request is repeated. False to want none of it. */
    boolean begin();

    /** Rows that arrived together, in their order. False to want no more. */
    boolean rows(List<QueryRow> rows);
}
