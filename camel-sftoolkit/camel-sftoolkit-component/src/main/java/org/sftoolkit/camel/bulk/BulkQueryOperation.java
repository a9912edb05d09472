package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.Api;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.query.QueryInput;
import org.sftoolkit.camel.query.QueryStatements;
import org.sftoolkit.camel.soql.SoqlTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code bulkQuery}: the rows of a query through a job of Bulk API 2.0, streamed as records or as CSV. */
public final class BulkQueryOperation implements Operation<QueryInput> {

    private static final Logger LOG = LoggerFactory.getLogger(BulkQueryOperation.class);

    /** What query jobs cannot select (Bulk API 2.0 and Bulk API Developer Guide: "Create a Query Job"). */
    private static final Set<String> NOT_SELECTABLE = Set.of("address", "location", "base64");

    /** A list of paths, without functions and aliases. */
    private static final Pattern SELECTED =
            Pattern.compile("(?i)^\\s*SELECT\\s+([\\w.]+(?:\\s*,\\s*[\\w.]+)*)\\s+FROM\\s");

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
                .unless(
                        query -> outputType(query) == OutputType.CSV && !query.mayCome("outputType")
                                ? "outputType=CSV: it is given out as Salesforce writes it"
                                : null,
                        "type",
                        "typed")
                .unless(
                        query -> outputType(query) != OutputType.LIST && !query.mayCome("outputType")
                                ? "outputType=" + outputType(query) + ": only a list has a size to keep to"
                                : null,
                        "maxListSize")
                .unless(
                        query -> query.bulk().resume() != null && !query.mayCome("resume")
                                ? "resume: that job has its statement"
                                : null,
                        "soql",
                        "where",
                        "orderBy",
                        "limit")
                .unless(QueryStatements::noFields, "fields")
                .instead("queryBatchSize", "use maxRecords")
                .instead("batchSize", "use maxRecords")
                .instead("splitIn", "a bulkQuery is one statement; use query")
                .instead("api", "Bulk reads business records only; use query");
    }

    @Override
    public void check(CallOptions options) {
        outputType(options);
        if (options.query().splitIn() != null) {
            throw new IllegalArgumentException(
                    "splitIn cannot be used with bulkQuery, which sends one statement: use query");
        }
        if (options.query().api() == Api.TOOLING) {
            throw new IllegalArgumentException(
                    "api=TOOLING cannot be used with bulkQuery, which reads business records only: use query");
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
                throw new IllegalArgumentException(
                        "outputType=" + type + " is not allowed for bulkQuery: use STREAM, CSV or LIST");
        };
    }

    @Override
    public Future<Outcome> run(QueryInput input, OperationContext call) {
        String resume = call.options().bulk().resume();
        if (resume != null) {
            int colon = resume.indexOf(':');
            String id = colon < 0 ? resume : resume.substring(0, colon);
            String locator = colon < 0 ? null : resume.substring(colon + 1);
            return new BulkClient(call.client())
                    .info(BulkKind.QUERY, id)
                    .compose(job -> finished(job, List.of(), locator, call));
        }
        return template(input, call)
                .map(template -> template.bind(input.values()))
                .compose(soql -> new BulkClient(call.client())
                        .query(
                                soql,
                                call.options().query().includeDeleted(),
                                call.options().bulk().delimiter().name(),
                                call.options().bulk().lineEnding().name())
                        .transform(made -> made.succeeded()
                                ? call.stop()
                                        .awaited(abortedByStop(
                                                made.result(),
                                                finished(made.result(), columns(soql), null, call),
                                                call))
                                : BulkQuota.usedUp(made.cause())
                                        ? new QueryThroughRest(call, made.cause())
                                                .rows(soql, outputType(call.options()))
                                        : Future.failedFuture(made.cause())));
    }

    /** Nobody comes back for a job of an exchange whose route was stopped. */
    private static Future<Outcome> abortedByStop(JobInfo job, Future<Outcome> outcome, OperationContext call) {
        return outcome.recover(failure -> !call.stop().given()
                ? Future.failedFuture(failure)
                : new BulkClient(call.client())
                        .abort(BulkKind.QUERY, job.id())
                        .onFailure(running -> call.log()
                                .job(job.id())
                                .write(() -> LOG.warn(
                                        "Bulk query job {} could not be aborted when its route was stopped: {}",
                                        job.id(),
                                        running.getMessage())))
                        .transform(aborted -> Future.failedFuture(failure)));
    }

    /** Last segments of the columns of a statement; empty if functions among them make names of their own. */
    static List<String> columns(String soql) {
        Matcher select = SELECTED.matcher(soql);
        return select.find()
                ? QueryPageCheck.lastSegments(
                        Stream.of(select.group(1).split(",")).map(String::strip).toList())
                : List.of();
    }

    private static Future<SoqlTemplate> template(QueryInput input, OperationContext call) {
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

    private static Future<Outcome> finished(JobInfo job, List<String> columns, String locator, OperationContext call) {
        return JobWait.watched(BulkKind.QUERY, job, call, now -> heard(now, call))
                .compose(ended -> {
                    if (!ended.complete()) {
                        String reason = ended.errorMessage() == null ? "" : ": " + ended.errorMessage();
                        return Future.failedFuture(new BulkJobException(
                                "bulk query job " + ended.id() + " ended as " + ended.state() + reason,
                                ended.id(),
                                ended.state(),
                                !ended.state().equals("Aborted")));
                    }
                    return body(ended, columns, locator, call)
                            .map(body -> Outcome.of(body, Map.of(OutcomeHeader.JOB_ID, ended.id())));
                });
    }

    private static void heard(JobInfo job, OperationContext call) {
        call.progress()
                .progressed(new Progress("bulkQuery", job.object(), job.processed(), 0, null, job.id(), job.state()));
    }

    private static Future<Object> body(JobInfo job, List<String> columns, String locator, OperationContext call) {
        OutputType type = outputType(call.options());
        return pages(job, columns, locator, call).map(JoinedCsv::new).compose(csv -> {
            if (type == OutputType.CSV) {
                return Future.<Object>succeededFuture(csv);
            }
            return types(job, call).<Object>compose(types -> {
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

    /** Rows of a job that has ended, as {@code bulkJob} gives them. */
    static Future<BulkQueryRows> rows(JobInfo job, OperationContext call) {
        return pages(job, List.of(), null, call).map(JoinedCsv::new).compose(csv -> types(job, call)
                .map(types -> new BulkQueryRows(job, csv, types)));
    }

    private static Future<PageSequence> pages(
            JobInfo job, List<String> columns, String locator, OperationContext call) {
        var source = new QueryPageSource(call, job, new QueryPageCheck(job, columns, locator == null));
        int most = call.options().concurrency().most();
        int maxRecords = call.options().bulk().maxRecords();
        if (locator != null || maxRecords > 0 || most == 1) {
            return Future.succeededFuture(new ChainedPages(source, locator, maxRecords));
        }
        return source.client()
                .resultPages(job.id(), null)
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
            throw new UnreadableResponseException(e.getMessage(), true, Answer.NONE, e);
        }
    }

    private static Future<CellTypes> types(JobInfo job, OperationContext call) {
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
                            + ": read them with outputType=STREAM, or increase maxListSize");
                }
                list.add(rows.next());
            }
            return list;
        }
    }
}
