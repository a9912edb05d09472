package org.sftoolkit.camel.query;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.sftoolkit.camel.client.ChildRows;
import org.sftoolkit.camel.model.SObject;

/** All rows of a query in memory, up to a limit. */
final class RowList implements RowSink {

    private final QueryPages pages;
    private final int most;
    private final LongFunction<RuntimeException> tooMany;
    private final List<SObject> records = new ArrayList<>();
    private final List<ChildRows> unfinished = new ArrayList<>();

    RowList(QueryPages pages, int most, LongFunction<RuntimeException> tooMany) {
        this.pages = pages;
        this.most = most;
        this.tooMany = tooMany;
    }

    Future<List<SObject>> read() {
        return pages.next(this).compose(more -> {
            // the first page already contains the total number
            long known = Math.max(records.size(), pages.totalSize());
            if (known > most) {
                return Future.failedFuture(tooMany.apply(known));
            }
            if (unfinished.isEmpty()) {
                return more ? read() : Future.succeededFuture(records);
            }
            var children = List.copyOf(unfinished);
            unfinished.clear();
            return pages.children().complete(children).compose(done -> more ? read() : Future.succeededFuture(records));
        });
    }

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
        return records.size() <= most;
    }
}
