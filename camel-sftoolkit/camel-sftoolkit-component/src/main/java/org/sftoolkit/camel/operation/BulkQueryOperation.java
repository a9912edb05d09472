package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sftoolkit.camel.client.BulkClient;
import org.sftoolkit.camel.client.BulkKind;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.soql.SoqlTemplate;

/** {@code bulkQuery}: the rows of a query through a job of Bulk API 2.0, streamed as records or as CSV. */
public final class BulkQueryOperation implements Operation<QueryInput> {

    /** What query jobs cannot select (Bulk API 2.0 and Bulk API Developer Guide: "Create a Query Job"). */
    private static final Set<String> NOT_SELECTABLE = Set.of("address", "location", "base64");

    private final Map<String, Promise<Void>> running = new ConcurrentHashMap<>();

    @Override
    public Class<QueryInput> input() {
        return QueryInput.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer(
                        "sObject",
                        "fields",
                        "type",
                        "soql",
                        "where",
                        "orderBy",
                        "limit",
                        "outputType",
                        "includeDeleted",
                        "columnDelimiter",
                        "lineEnding",
                        "concurrency",
                        "pollInterval",
                        "maxPollInterval",
                        "jobTimeout",
                        "resume",
                        "maxRecords",
                        "maxListSize",
                        "typed")
                .instead("queryBatchSize", "use maxRecords")
                .instead("batchSize", "use maxRecords")
                .instead("splitIn", "a bulkQuery is one statement; use query")
                .instead("api", "Bulk reads business records only; use query");
    }

    @Override
    public void check(CallOptions options) {
        outputType(options);
        if (options.query().splitIn() != null) {
            throw new IllegalArgumentException("splitIn is for query: a bulkQuery is one statement");
        }
        if (options.query().api() == Api.TOOLING) {
            throw new IllegalArgumentException("api=TOOLING is for query: Bulk reads business records only");
        }
        if (options.bulk().resume() == null) {
            QueryStatements.check(options);
        }
    }

    private static OutputType outputType(CallOptions options) {
        OutputType type = options.query().outputType();
        return switch (type == null ? OutputType.STREAM : type) {
            case STREAM -> OutputType.STREAM;
            case CSV -> OutputType.CSV;
            case LIST -> OutputType.LIST;
            default ->
                throw new IllegalArgumentException("outputType=" + type + ": bulkQuery has STREAM, CSV and LIST");
        };
    }

    @Override
    public Future<Outcome> run(QueryInput input, Call call) {
        String resume = call.options().bulk().resume();
        if (resume != null) {
            int colon = resume.indexOf(':');
            String id = colon < 0 ? resume : resume.substring(0, colon);
            String locator = colon < 0 ? null : resume.substring(colon + 1);
            return call.client()
                    .bulk()
                    .info(BulkKind.QUERY, id)
                    .compose(job ->
                            finished(job, locator, call, Promise.<Void>promise().future()));
        }
        return template(input, call)
                .compose(template -> call.client()
                        .bulk()
                        .query(
                                template.bind(input.values()),
                                call.options().query().includeDeleted(),
                                call.options().bulk().delimiter().name(),
                                call.options().bulk().lineEnding().name()))
                .compose(job -> {
                    Promise<Void> stopped = Promise.promise();
                    running.put(job.id(), stopped);
                    return finished(job, null, call, stopped.future()).onComplete(done -> running.remove(job.id()));
                });
    }

    private static Future<SoqlTemplate> template(QueryInput input, Call call) {
        CallOptions options = call.options();
        boolean allFields = options.query().soql() == null
                && options.sObject() != null
                && options.fields().isEmpty();
        return allFields
                ? call.client().metadata().describe(options.sObject()).map(object -> QueryStatements.select(
                                options,
                                object.fields().stream()
                                        .filter(field -> !NOT_SELECTABLE.contains(field.type()))
                                        .map(FieldDescription::name)
                                        .toList())
                        .template())
                : QueryStatements.template(input, call);
    }

    private static Future<Outcome> finished(JobInfo job, String locator, Call call, Future<Void> stopped) {
        return JobWait.watched(BulkKind.QUERY, job, call, now -> heard(now, call), stopped)
                .compose(ended -> {
                    if (!ended.complete()) {
                        String reason = ended.errorMessage() == null ? "" : ": " + ended.errorMessage();
                        return Future.failedFuture(new BulkJobException(
                                "bulk query job " + ended.id() + " ended as " + ended.state() + reason,
                                ended.id(),
                                ended.state(),
                                !ended.state().equals("Aborted")));
                    }
                    return body(ended, locator, call)
                            .map(body -> Outcome.of(body, Map.of(OutcomeHeader.JOB_ID, ended.id())));
                });
    }

    private static void heard(JobInfo job, Call call) {
        call.progress()
                .progressed(new Progress("bulkQuery", job.object(), job.processed(), 0, null, job.id(), job.state()));
    }

    private static Future<?> body(JobInfo job, String locator, Call call) {
        OutputType type = outputType(call.options());
        return pages(job, locator, call).map(PagedCsv::new).compose(csv -> {
            if (type == OutputType.CSV) {
                return Future.succeededFuture(csv);
            }
            return types(job, call).compose(types -> {
                var rows = new BulkQueryRows(job, csv, types);
                return type == OutputType.STREAM
                        ? Future.succeededFuture(rows)
                        : call.worker()
                                .run(() -> list(rows, call.options().query().maxListSize()));
            });
        });
    }

    /** Rows of a job that has ended, as {@code bulkJob} gives them. */
    static Future<BulkQueryRows> rows(JobInfo job, Call call) {
        return pages(job, null, call).map(PagedCsv::new).compose(csv -> types(job, call)
                .map(types -> new BulkQueryRows(job, csv, types)));
    }

    private static Future<PageSequence> pages(JobInfo job, String locator, Call call) {
        BulkClient client = call.client().bulk();
        int most = call.options().concurrency().most();
        int maxRecords = call.options().bulk().maxRecords();
        if (locator != null || maxRecords > 0 || most == 1) {
            return Future.succeededFuture(new ChainedPages(client, job.id(), locator, maxRecords));
        }
        return client.resultPages(job.id(), null)
                .map(first -> (PageSequence) new ParallelPages(client, job.id(), first, most))
                // versions before 58.0 do not have the resource; what else stands there does not tell the pages either
                .recover(failure ->
                        failure instanceof RequestRejectedException || failure instanceof UnreadableResponseException
                                ? Future.succeededFuture(new ChainedPages(client, job.id(), null, 0))
                                : Future.failedFuture(failure));
    }

    private static Future<CellTypes> types(JobInfo job, Call call) {
        return call.options().bulk().typed()
                ? call.client()
                        .metadata()
                        .describe(job.object())
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
                            + ": read them with outputType=STREAM, or raise maxListSize");
                }
                list.add(rows.next());
            }
            return list;
        }
    }

    @Override
    public Future<Void> stop(SalesforceClient client) {
        var aborted = new ArrayList<Future<?>>();
        running.forEach((id, stopped) ->
                aborted.add(client.bulk().abort(BulkKind.QUERY, id).onComplete(done -> stopped.tryComplete())));
        return Future.join(aborted).mapEmpty();
    }
}
