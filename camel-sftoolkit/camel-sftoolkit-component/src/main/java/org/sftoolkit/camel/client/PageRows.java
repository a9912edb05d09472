package org.sftoolkit.camel.client;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.camel.model.SObject;

/** The rows of one page in memory. */
final class PageRows implements RowSink {

    private final List<SObject> records = new ArrayList<>();
    private final List<ChildRows> unfinished = new ArrayList<>();

    @Override
    public boolean begin() {
        return true;
    }

    @Override
    public boolean rows(List<QueryRow> rows) {
        for (QueryRow row : rows) {
            records.add(row.record());
            unfinished.addAll(row.unfinished());
        }
        return true;
    }

    /** The rows with all their children. */
    Future<List<SObject>> complete(QueryPages pages) {
        return unfinished.isEmpty()
                ? Future.succeededFuture(records)
                : pages.children().complete(unfinished).map(done -> records);
    }
}
