package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.sftoolkit.emulator.org.Row;

/** What a statement came to, before it is cut into pages. */
public sealed interface QueryResult {
    /** A whole answer that fits one page: a count, or groups. */
    record Whole(ObjectNode page) implements QueryResult {}

    /** Rows as they were when the statement ran; pages are written from them on demand. */
    record Rows(RowPlan plan, List<Row> rows) implements QueryResult {}
}
