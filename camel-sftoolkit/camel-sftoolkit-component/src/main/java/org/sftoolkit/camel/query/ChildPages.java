package org.sftoolkit.camel.query;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.camel.client.ChildRows;
import org.sftoolkit.camel.client.PageChain;
import org.sftoolkit.camel.model.SObject;

/** Reads the further pages of child lists, to any depth. */
final class ChildPages {

    /** Lists read at a time. */
    static final int LANES = 5;

    private final QueryClient client;
    private final Map<String, String> headers;

    ChildPages(QueryClient client, Map<String, String> headers) {
        this.client = client;
        this.headers = headers;
    }

    /** Completes all lists, a few at a time. */
    Future<Void> complete(List<ChildRows> lists) {
        var lanes = new ArrayList<Future<Void>>();
        for (int lane = 0; lane < Math.min(LANES, lists.size()); lane++) {
            lanes.add(everyFifth(lists, lane));
        }
        return Future.join(lanes).mapEmpty();
    }

    private Future<Void> everyFifth(List<ChildRows> lists, int from) {
        return from >= lists.size()
                ? Future.succeededFuture()
                : toItsEnd(lists.get(from), new PageChain("pages of a list of children"), 0)
                        .compose(done -> everyFifth(lists, from + LANES));
    }

    /** @param entries of the page that named the next one */
    private Future<Void> toItsEnd(ChildRows list, PageChain chain, int entries) {
        if (list.next() == null) {
            return Future.succeededFuture();
        }
        var page = new Collected(list);
        var progress = PageProgress.further(page, Set.of(), list.size(), list.total());
        int before = list.size();
        chain.follow(list.next(), entries);
        return client.next(list.next(), headers, progress).compose(end -> {
            list.continueAt(end.next());
            return complete(page.unfinished).compose(grandchildren -> toItsEnd(list, chain, list.size() - before));
        });
    }

    private static final class Collected implements RowSink {

        private final List<Object> records;
        private final List<ChildRows> unfinished = new ArrayList<>();

        private Collected(List<Object> records) {
            this.records = records;
        }

        @Override
        public boolean begin() {
            return true;
        }

        @Override
        public boolean rows(List<QueryRow> rows) {
            for (QueryRow row : rows) {
                SObject child = row.record();
                records.add(child);
                unfinished.addAll(row.unfinished());
            }
            return true;
        }
    }
}
