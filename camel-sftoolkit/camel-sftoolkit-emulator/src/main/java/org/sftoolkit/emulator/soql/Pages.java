package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.sftoolkit.emulator.org.Row;

/**
 * Cuts one result into pages. A page ends when its rows and their children together reach the page size (SOQL and SOSL
 * Reference: Change the Batch Size in Queries); a longer list of children goes on under a locator of its own. Children are
 * looked up when their page is written. Serves one request.
 */
final class Pages {
    private static final int LONG_TEXT_PAGE = 200;

    private final QueryCursors cursors;
    private final QueryCursors.Owner owner;
    private final QueryResult.Rows statement;
    /** Id of the cursor of the statement, once there is one; those of child lists go with it. */
    private Optional<String> root;

    Pages(QueryCursors cursors, QueryCursors.Owner owner, QueryResult.Rows statement, Optional<String> root) {
        this.cursors = cursors;
        this.owner = owner;
        this.statement = statement;
        this.root = root;
    }

    ObjectNode first() {
        return page(statement, 0, Optional.empty());
    }

    /** @param cursor id of the cursor that the page is read from */
    ObjectNode next(int offset, String cursor) {
        return page(statement, offset, Optional.of(cursor));
    }

    private ObjectNode page(QueryResult.Rows result, int offset, Optional<String> cursor) {
        RowPlan plan = result.plan();
        List<Row> rows = result.rows();
        int size = plan.shape().longTexts() >= 2 ? Math.min(owner.pageSize(), LONG_TEXT_PAGE) : owner.pageSize();
        ArrayNode records = JsonNodeFactory.instance.arrayNode();
        RecordWriter writer = new RecordWriter(
                plan.context(),
                (children, found) -> page(new QueryResult.Rows(children.plan(), found), 0, Optional.empty()));
        int at = offset;
        while (at < rows.size() && (at == offset || at - offset + writer.childRows() < size)) {
            records.add(writer.record(rows.get(at++), plan.shape()));
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("totalSize", rows.size()).put("done", at == rows.size());
        if (at < rows.size()) {
            String id = cursor.orElseGet(() -> keep(result));
            page.put("nextRecordsUrl", plan.context().dataPath() + "/query/" + id + "-" + at);
        }
        page.set("records", records);
        return page;
    }

    private String keep(QueryResult.Rows result) {
        if (root.isEmpty()) {
            root = Optional.of(cursors.keep(statement, owner, Optional.empty()));
        }
        return result == statement ? root.get() : cursors.keep(result, owner, root);
    }
}
