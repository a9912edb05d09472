package org.sftoolkit.camel.query;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ChildRows;
import org.sftoolkit.camel.client.PageChain;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.soql.SoqlStatement;

/**
 * The pages of one query, or of several one after the other. One page is read at a time; not thread-safe beyond that.
 *
 * <p>A cursor belongs to one session and expires. If it is lost, the query continues after its last row, provided
 * that its order shows which rows are left. Otherwise it fails with {@link RequestRejectedException}. Rows are
 * neither repeated nor left out.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query_more_results.htm">REST
 *     API Developer Guide: Query More Results</a>
 */
public final class QueryPages {

    private final QueryClient client;
    private final Iterator<QueryRequest> queries;
    private final Set<String> given = new HashSet<>();
    private PageListener listener = (rows, announced) -> {};
    private long rowsOfAll;
    private @Nullable QueryRequest query;
    private @Nullable String next;
    private long rowsOfQuery;
    /** Rows of the pages of this run of the query, and how many its first page announced. */
    private long seen;

    private long announced;
    private PageChain chain = new PageChain("pages of the query");
    private boolean continued;
    private @Nullable SObject last;
    private long totalSize;
    private boolean totalUnknown;
    private boolean ended;

    /** Hears of each page that has arrived, on the event loop. */
    @FunctionalInterface
    public interface PageListener {

        /**
         * A page has arrived.
         *
         * @param rows of all pages so far
         * @param announced rows of all queries started so far, as Salesforce announced
         */
        void arrived(long rows, long announced);
    }

    QueryPages(QueryClient client, Iterator<QueryRequest> queries) {
        this.client = client;
        this.queries = queries;
    }

    /** The same pages, with a listener. */
    public QueryPages telling(PageListener pageListener) {
        listener = pageListener;
        return this;
    }

    /** Rows of all queries started so far, as announced in their first pages; negative if not announced. */
    public long totalSize() {
        return totalUnknown ? -1 : totalSize;
    }

    /** Reads the further pages of lists of children. */
    ChildPages children() {
        return new ChildPages(client, QueryClient.headers(current()));
    }

    /** Reads the next page; false when it was the last, or the sink wanted no more. */
    Future<Boolean> next(RowSink sink) {
        if (next != null) {
            return further(next, sink);
        }
        if (!queries.hasNext()) {
            return Future.succeededFuture(false);
        }
        query = queries.next();
        last = null;
        continued = false;
        return first(sink, true);
    }

    /** The next page, children included; null behind the last. After a failure the pages are over. */
    public Future<List<SObject>> page() {
        if (ended) {
            return Future.succeededFuture();
        }
        var rows = new PageRows();
        return next(rows).compose(more -> {
            ended = !more;
            return rows.complete(this);
        });
    }

    /**
     * All rows, children included.
     *
     * @param most    rows that are read
     * @param tooMany what is wrong with more of them, by how many there are at least
     */
    public Future<List<SObject>> list(int most, LongFunction<RuntimeException> tooMany) {
        return new RowList(this, most, tooMany).read();
    }

    /**
     * The rows as they are read. Completes when the first begin to arrive, or with what Salesforce has against the query.
     *
     * @param prefetch pages read ahead of the reader
     */
    public Future<RowStream> stream(int prefetch) {
        return new RowStream(this, prefetch).open();
    }

    // whoever asks has begun a query
    private QueryRequest current() {
        return Objects.requireNonNull(query);
    }

    private Future<Boolean> first(RowSink sink, boolean counts) {
        rowsOfQuery = 0;
        seen = 0;
        given.clear();
        chain = new PageChain("pages of the query");
        var progress = PageProgress.first(sink, given);
        return client.first(current(), progress).compose(end -> {
            if (progress.lost()) {
                return Future.failedFuture(brokenOff(progress));
            }
            if (!progress.repeated()) {
                given.clear();
            }
            totalUnknown |= end != null && end.totalSize() < 0;
            totalSize += counts && end != null ? Math.max(0, end.totalSize()) : 0;
            return arrived(progress, end);
        });
    }

    private Future<Boolean> further(String path, RowSink sink) {
        var progress = PageProgress.further(sink, given, seen, announced);
        return client.next(path, QueryClient.headers(current()), progress)
                .compose(end -> arrived(progress, end))
                .recover(failure -> cursorLost(failure) ? goOn(progress, failure, sink) : Future.failedFuture(failure));
    }

    private Future<Boolean> arrived(PageProgress progress, @Nullable PageEnd end) {
        count(progress);
        next = end == null ? null : end.next();
        long rows = progress.seen() - seen;
        seen = progress.seen();
        announced = progress.total();
        listener.arrived(rowsOfAll, totalSize);
        if (next != null) {
            chain.follow(next, rows);
        }
        return Future.succeededFuture(end != null && (next != null || queries.hasNext()));
    }

    private void count(PageProgress progress) {
        rowsOfQuery += progress.handedOn();
        rowsOfAll += progress.handedOn();
        last = progress.last() == null ? last : progress.last();
    }

    private Future<Boolean> goOn(PageProgress progress, Throwable failure, RowSink sink) {
        count(progress);
        // a query that gives no row before its cursor is lost once more would begin for ever
        var rest = last == null || continued && rowsOfQuery == 0
                ? java.util.Optional.<String>empty()
                : SoqlStatement.of(current().soql()).after(last, rowsOfQuery);
        if (rest.isEmpty()) {
            return Future.failedFuture(cannotGoOn((SfToolkitException) failure));
        }
        query = current().with(rest.get());
        next = null;
        continued = true;
        return first(sink, false);
    }

    private static boolean cursorLost(Throwable failure) {
        return failure instanceof SessionExpiredException
                || failure instanceof RequestRejectedException refusal
                        && refusal.errors().stream()
                                .anyMatch(error -> error.code().equals("INVALID_QUERY_LOCATOR"));
    }

    private RequestRejectedException cannotGoOn(SfToolkitException failure) {
        return new RequestRejectedException(
                "the query's cursor was lost after " + rowsOfQuery
                        + " rows (it expired, or its session ended), and the order of the query does not show which"
                        + " rows are left: select Id and use ORDER BY Id, or ORDER BY a date or number and then Id, so"
                        + " that it can continue",
                new Answer(failure.status(), failure.errors(), failure.request()));
    }

    private static TransportException brokenOff(PageProgress progress) {
        return new TransportException(
                "the connection broke in the first page of the query, after " + progress.handedOn()
                        + " rows were delivered: select Id, so that the query can continue",
                null,
                true,
                true,
                null);
    }

    /** The rows of one page in memory. */
    private static final class PageRows implements RowSink {

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

    /** All rows of a query in memory, up to a limit. */
    private static final class RowList implements RowSink {

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
                return pages.children()
                        .complete(children)
                        .compose(done -> more ? read() : Future.succeededFuture(records));
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
}
