package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.OutputType;

/** The rows of a query job that has ended, in the forms in which they are given out. */
final class QueryResults {

    private final JobInfo job;
    private final List<String> columns;
    private final OperationContext call;

    /** @param columns last segments of the columns that were selected; empty if they are not known */
    QueryResults(JobInfo job, List<String> columns, OperationContext call) {
        this.job = job;
        this.columns = columns;
        this.call = call;
    }

    /**
     * The rows from a page on.
     *
     * @param locator of the page; null for the first
     * @param journal where the page that is read is written down
     */
    Future<Object> body(OutputType type, @Nullable String locator, LoadJournal journal) {
        return pages(locator)
                .map(pages -> new JoinedCsv(pages, journal::reading))
                .compose(csv -> {
                    if (type == OutputType.CSV) {
                        return Future.<Object>succeededFuture(csv);
                    }
                    return types().<Object>compose(types -> {
                        var rows = new BulkQueryRows(job, csv, types);
                        if (type == OutputType.STREAM) {
                            return Future.succeededFuture(rows);
                        }
                        int most = call.options().query().maxListSize();
                        Future<Object> list = call.worker().run(() -> list(rows, most));
                        return call.stop().until(list).onFailure(ended -> rows.close());
                    });
                });
    }

    /** All rows. */
    Future<BulkQueryRows> rows() {
        return pages(null).compose(this::rows);
    }

    /** The rows of one page; of the first if the locator is null. */
    Future<BulkQueryRows> page(@Nullable String locator) {
        return rows(new OnePage(new QueryPageSource(call, job, new QueryPageCheck(job, columns, false)), locator));
    }

    private Future<BulkQueryRows> rows(PageSequence pages) {
        var csv = new JoinedCsv(pages);
        return types().map(types -> new BulkQueryRows(job, csv, types));
    }

    private Future<PageSequence> pages(@Nullable String locator) {
        var source = new QueryPageSource(call, job, new QueryPageCheck(job, columns, locator == null));
        int most = call.options().concurrency().most();
        int maxRecords = call.options().bulk().maxRecords();
        if (locator != null || maxRecords > 0 || most == 1) {
            return Future.succeededFuture(new ChainedPages(source, locator, maxRecords));
        }
        return source.client()
                .resultPages(source.jobId(), null)
                .map(first -> parallel(source, first, most))
                // versions before 58.0 do not have the resource; any other response does not list the pages either
                .recover(failure ->
                        failure instanceof RequestRejectedException || failure instanceof UnreadableResponseException
                                ? Future.succeededFuture(new ChainedPages(source, null, 0))
                                : Future.failedFuture(failure));
    }

    private static PageSequence parallel(QueryPageSource source, ResultPages first, int most) {
        try {
            return new ParallelPages(source, first, most);
        } catch (IOException e) {
            throw new UnreadableResponseException(String.valueOf(e.getMessage()), true, Answer.NONE, e);
        }
    }

    private Future<CellTypes> types() {
        String object = job.object();
        return call.options().bulk().typed() && object != null
                ? call.client()
                        .metadata()
                        .describe(object)
                        .map(CellTypes::new)
                        // an object that the user may read and not describe
                        .recover(failure -> failure instanceof RequestRejectedException
                                ? Future.succeededFuture(CellTypes.TEXT)
                                : Future.failedFuture(failure))
                : Future.succeededFuture(CellTypes.TEXT);
    }

    private static List<Object> list(BulkQueryRows rows, int most) {
        try (rows) {
            var list = new ArrayList<Object>();
            while (rows.hasNext()) {
                if (list.size() == most) {
                    throw new IllegalStateException("the query has more rows than maxListSize=" + most
                            + ": read them with outputType=STREAM, or increase maxListSize");
                }
                list.add(rows.next());
            }
            return list;
        }
    }

    /** One page, whatever follows it. */
    private static final class OnePage implements PageSequence {

        private final QueryPageSource source;
        private final @Nullable String locator;
        private volatile @Nullable ResumableCsv page;
        private volatile boolean closed;

        OnePage(QueryPageSource source, @Nullable String locator) {
            this.source = source;
            this.locator = locator;
        }

        @Override
        public @Nullable ResumableCsv next() {
            ResumableCsv before = page;
            if (before != null) {
                before.close();
                return null;
            }
            ResumableCsv only =
                    source.page(locator, 0, (headers, whole) -> true, true).begin();
            page = only;
            if (closed) {
                only.close();
            }
            return only;
        }

        @Override
        public @Nullable String locator() {
            return locator;
        }

        @Override
        public void close() {
            closed = true;
            ResumableCsv reading = page;
            if (reading != null) {
                reading.close();
            }
        }
    }
}
