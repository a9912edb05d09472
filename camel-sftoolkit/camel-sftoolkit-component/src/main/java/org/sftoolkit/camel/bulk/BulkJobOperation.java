package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.PageChain;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.ListTooLongException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Chunks;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.JobAction;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;

/** {@code bulkJob}: existing jobs, of bulk and of bulkQuery, by their ids; or the list of all. */
public final class BulkJobOperation implements Operation<JobKeys> {

    @Override
    public Class<JobKeys> input() {
        return JobKeys.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer(
                        "action",
                        "jobId",
                        "jobType",
                        "await",
                        "pollInterval",
                        "maxPollInterval",
                        "jobTimeout",
                        "concurrency",
                        "maxRecords",
                        "maxListSize",
                        "typed",
                        "type")
                .unless(
                        options -> only(options, JobAction.list) ? "action=list, which needs no job" : null,
                        "jobId",
                        "concurrency")
                .unless(
                        options -> knownAction(options) && !only(options, JobAction.list)
                                ? "action=" + options.bulk().jobAction() + ": only action=list gives a list of jobs"
                                : null,
                        "jobType",
                        "maxListSize")
                .unless(
                        options -> knownAction(options) && !only(options, JobAction.results)
                                ? "action=" + options.bulk().jobAction() + ": only action=results waits and reads rows"
                                : null,
                        "await",
                        "pollInterval",
                        "maxPollInterval",
                        "jobTimeout",
                        "maxRecords",
                        "typed",
                        "type");
    }

    private static boolean knownAction(CallOptions options) {
        return options.bulk().jobAction() != null && !options.mayCome("action");
    }

    private static boolean only(CallOptions options, JobAction action) {
        return knownAction(options) && options.bulk().jobAction() == action;
    }

    @Override
    public void check(CallOptions options) {
        if (options.bulk().jobAction() == null && !options.mayCome("action")) {
            throw new IllegalArgumentException("bulkJob needs action: info, results, abort, delete or list");
        }
    }

    @Override
    public Future<Outcome> run(JobKeys input, OperationContext call) {
        JobAction action = call.options().bulk().jobAction();
        if (action == JobAction.list) {
            return list(call).map(jobs -> Outcome.of(jobs, Map.of()));
        }
        List<String> ids = call.options().bulk().jobId() == null
                ? input.ids()
                : List.of(call.options().bulk().jobId());
        if (ids.isEmpty()) {
            throw new IllegalArgumentException(
                    "no job id is given: set jobId, or put the id in the body or in the header CamelSfToolkitJobId");
        }
        BulkClient client = new BulkClient(call.client());
        return switch (action) {
            case info -> each(ids, call, Future::succeededFuture).map(jobs -> Outcome.of(oneOrAll(jobs), headers(ids)));
            case abort ->
                each(ids, call, job -> client.abort(kind(job), BulkClient.id(job)))
                        .map(jobs -> Outcome.of(oneOrAll(jobs), headers(ids)));
            case delete ->
                each(ids, call, job -> client.delete(kind(job), BulkClient.id(job))
                                .map(done -> job))
                        .map(jobs -> Outcome.keepBody(headers(ids)));
            default -> each(ids, call, job -> ended(job, call)).compose(jobs -> results(jobs, call));
        };
    }

    private static Future<List<JobInfo>> each(
            List<String> ids, OperationContext call, Function<JobInfo, Future<JobInfo>> work) {
        return Chunks.map(ids, 1, call.options().concurrency(), call.stop(), one -> find(
                        one.get(0), new BulkClient(call.client()))
                .compose(work)
                .map(List::of));
    }

    /** The id does not show the kind of the job. */
    private static Future<JobInfo> find(String id, BulkClient client) {
        return client.info(BulkKind.INGEST, id)
                .recover(failure -> failure instanceof NotFoundException
                        ? client.info(BulkKind.QUERY, id)
                        : Future.failedFuture(failure));
    }

    private static BulkKind kind(JobInfo job) {
        return job.operation() != null && job.operation().startsWith("query") ? BulkKind.QUERY : BulkKind.INGEST;
    }

    private static Future<JobInfo> ended(JobInfo job, OperationContext call) {
        if (job.open()) {
            return Future.failedFuture(new BulkJobException(
                    "job " + job.id() + " was never closed, so Salesforce does not process it",
                    BulkClient.id(job),
                    job.state(),
                    false));
        }
        return call.options().bulk().await()
                ? JobWait.watched(kind(job), job, call, now -> {})
                : Future.succeededFuture(job);
    }

    private static Future<Outcome> results(List<JobInfo> jobs, OperationContext call) {
        List<String> ids = jobs.stream().map(JobInfo::id).toList();
        if (kind(jobs.get(0)) == BulkKind.QUERY) {
            if (jobs.size() > 1) {
                throw new IllegalArgumentException("the body has " + ids.size()
                        + " query jobs, but the results of only one can be read at a time: split"
                        + " the body first. The jobs: " + ids);
            }
            return new QueryResults(jobs.get(0), List.of(), call).rows().map(rows -> Outcome.of(rows, headers(ids)));
        }
        var result = new BulkResult(jobs, 0, part -> new JobRows(call, part, jobs, (job, row) -> true));
        return Future.succeededFuture(Outcome.of(result, headers(ids)));
    }

    private static Object oneOrAll(List<JobInfo> jobs) {
        return jobs.size() == 1 ? jobs.get(0) : jobs;
    }

    private static Map<OutcomeHeader, Object> headers(List<String> ids) {
        return Map.of(OutcomeHeader.JOB_ID, ids.size() == 1 ? ids.get(0) : ids);
    }

    private static Future<List<JobInfo>> list(OperationContext call) {
        return pages(call, null, new ArrayList<>(), new PageChain("pages of the list of jobs"));
    }

    private static Future<List<JobInfo>> pages(
            OperationContext call, @Nullable String locator, List<JobInfo> jobs, PageChain chain) {
        int most = call.options().query().maxListSize();
        return new BulkClient(call.client())
                .list(BulkKind.INGEST, call.options().bulk().jobType(), locator)
                .compose(page -> {
                    jobs.addAll(page.jobs());
                    if (jobs.size() > most) {
                        return Future.failedFuture(new ListTooLongException(
                                "the org has more jobs than maxListSize=" + most + ": increase it, or set jobType"));
                    }
                    if (page.next() == null) {
                        return Future.succeededFuture(jobs);
                    }
                    chain.follow(page.next(), page.jobs().size());
                    return pages(call, page.next(), jobs, chain);
                });
    }
}
