package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.error.BulkJobException;
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
                        "typed",
                        "await",
                        "jobStore",
                        "jobFile",
                        "jobKey",
                        "loadName",
                        "partition")
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
                        "limit",
                        "await",
                        "loadName",
                        "partition")
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
        if (options.bulk().partition() && !options.bulk().stored()) {
            throw new IllegalArgumentException(
                    "partition=true needs a store through which nodes share the pages: set jobStore or jobFile");
        }
        if (!options.bulk().await() && !options.bulk().stored()) {
            throw new IllegalArgumentException(
                    "await=false of bulkQuery needs a store from which sftoolkit:jobs takes the job: set jobStore or"
                            + " jobFile");
        }
        if (options.bulk().resume() == null) {
            QueryStatements.check(options);
        }
    }

    /** Whether nobody waits for the job. */
    private static boolean isLeft(CallOptions options) {
        return !options.bulk().await() || options.bulk().partition();
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
                    .compose(job -> finished(job, List.of(), locator, LoadJournal.none(call), call));
        }
        boolean left = isLeft(call.options());
        return template(input, call)
                .map(template -> template.bind(input.values()))
                .compose(soql -> LoadJournal.begin(
                                call, "bulkQuery", call.options().sObject(), left)
                        .compose(journal -> journal.over(() -> query(soql, journal, call))));
    }

    private static Future<Outcome> query(String soql, LoadJournal journal, OperationContext call) {
        Future<Outcome> rows = journal.foundQuery(soql)
                .compose(found -> found.isPresent() ? Future.succeededFuture(found.get()) : create(soql, journal, call))
                .transform(made -> made.succeeded()
                        ? rows(made.result(), soql, journal, call)
                        : BulkQuota.usedUp(made.cause()) && !isLeft(call.options())
                                ? new QueryThroughRest(call, made.cause()).rows(soql, outputType(call.options()))
                                : Future.failedFuture(made.cause()));
        // a stop waits from the making of the job on, so that it can still abort it
        return call.stop().awaited(rows);
    }

    private static Future<Outcome> rows(JobInfo job, String soql, LoadJournal journal, OperationContext call) {
        if (isLeft(call.options())) {
            heard(job, call);
            return Future.succeededFuture(Outcome.of(job, Map.of(OutcomeHeader.JOB_ID, BulkClient.id(job))));
        }
        Future<Outcome> rows = finished(job, columns(soql), journal.locator(BulkClient.id(job)), journal, call);
        // one that is written down is found again
        return journal.isKept() ? rows : abortedByStop(job, rows, call);
    }

    private static Future<JobInfo> create(String soql, LoadJournal journal, OperationContext call) {
        return new BulkClient(call.client())
                .query(
                        soql,
                        call.options().query().includeDeleted(),
                        call.options().bulk().delimiter().name(),
                        call.options().bulk().lineEnding().name())
                .compose(job -> journal.putQuery(soql, job).map(job));
    }

    /** Nobody comes back for a job of an exchange whose route was stopped. */
    private static Future<Outcome> abortedByStop(JobInfo job, Future<Outcome> outcome, OperationContext call) {
        String id = BulkClient.id(job);
        return outcome.recover(failure -> !call.stop().given()
                ? Future.failedFuture(failure)
                : new BulkClient(call.client())
                        .abort(BulkKind.QUERY, id)
                        .onFailure(running -> call.log()
                                .job(id)
                                .write(() -> LOG.warn(
                                        "Bulk query job {} could not be aborted when its route was stopped: {}",
                                        id,
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
        String object = options.sObject();
        boolean allFields = options.query().soql() == null && options.fields().isEmpty();
        return object != null && allFields
                ? call.client().metadata().describe(object).map(known -> QueryStatements.select(
                                options,
                                known.fields().stream()
                                        .filter(field -> !NOT_SELECTABLE.contains(field.type()))
                                        .map(FieldDescription::name)
                                        .toList())
                        .template())
                : QueryStatements.template(input, call);
    }

    private static Future<Outcome> finished(
            JobInfo job, List<String> columns, @Nullable String locator, LoadJournal journal, OperationContext call) {
        return JobWait.watched(BulkKind.QUERY, job, call, now -> heard(now, call))
                .compose(ended -> {
                    if (!ended.complete()) {
                        String reason = ended.errorMessage() == null ? "" : ": " + ended.errorMessage();
                        return Future.failedFuture(new BulkJobException(
                                "bulk query job " + ended.id() + " ended as " + ended.state() + reason,
                                BulkClient.id(ended),
                                ended.state(),
                                !ended.state().equals("Aborted")));
                    }
                    return new QueryResults(ended, columns, call)
                            .body(outputType(call.options()), locator, journal)
                            .map(body -> Outcome.of(body, Map.of(OutcomeHeader.JOB_ID, ended.id())));
                });
    }

    private static void heard(JobInfo job, OperationContext call) {
        call.progress()
                .progressed(new Progress("bulkQuery", job.object(), job.processed(), 0, null, job.id(), job.state()));
    }
}
