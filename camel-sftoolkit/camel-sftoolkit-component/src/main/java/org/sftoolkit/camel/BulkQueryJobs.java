package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.BulkClient;
import org.sftoolkit.camel.bulk.BulkKind;
import org.sftoolkit.camel.bulk.BulkQueryOperation;
import org.sftoolkit.camel.bulk.BulkQueryRows;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.connection.SalesforceConnection;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.operation.Worker;
import org.sftoolkit.camel.poll.BulkExtractSource;
import org.sftoolkit.camel.query.QueryInput;
import org.sftoolkit.camel.soql.Parameters;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Query jobs of a consumer, which waits for and reads them like the operation {@code bulkQuery}. When the consumer
 * stops, it aborts jobs that are not in its stored position. Thread-safe.
 */
final class BulkQueryJobs implements BulkExtractSource.Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(BulkQueryJobs.class);

    private final SalesforceConnection connection;
    private final SalesforceClient client;
    private final LogContext log;
    private final StopSignal stop;
    private final Function<String, CallOptions> options;
    private final WorkTracker tracker;
    private final @Nullable String route;
    /**
     * Created, but perhaps not in the position yet. The consumer requests the rows of a job after its position
     * contains it.
     */
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    /** In the position, and still running as far as known. */
    private final Set<String> waitedFor = ConcurrentHashMap.newKeySet();

    /**
     * @param stop    of the consumer
     * @param options by which the rows of a job are read, such as {@link #resuming}
     * @param tracker closed with these jobs
     * @param route   of the consumer; null if it is not known
     */
    BulkQueryJobs(
            SalesforceConnection connection,
            SalesforceClient client,
            StopSignal stop,
            Function<String, CallOptions> options,
            WorkTracker tracker,
            @Nullable String route) {
        this.connection = connection;
        this.client = client;
        this.log = connection.log().route(route);
        this.stop = stop;
        this.options = options;
        this.tracker = tracker;
        this.route = route;
    }

    @Override
    public Future<String> start(String soql, boolean includeDeleted) {
        return stop.awaited(new BulkClient(client)
                .query(soql, includeDeleted, "COMMA", "LF")
                .map(JobInfo::id)
                .compose(id -> {
                    made.add(id);
                    return stop.given()
                            ? abort(made).transform(aborted -> Future.failedFuture(StopSignal.failure()))
                            : Future.succeededFuture(id);
                }));
    }

    @Override
    public Future<BulkExtractSource.Rows> rows(String jobId, StopSignal unwanted) {
        made.remove(jobId);
        waitedFor.add(jobId);
        Work work = tracker.begin(route, null);
        Runnable unfollow = unwanted.follow(stop);
        OperationContext call = connection
                .call(client, options.apply(jobId), step -> work.progressed(waiting(step)), unwanted)
                .logging(log);
        return new BulkQueryOperation()
                .run(new QueryInput(() -> null, Parameters.NONE), call)
                .<BulkExtractSource.Rows>map(outcome -> new JobRows(rows(outcome), work, call.worker(), unfollow))
                .onFailure(failure -> {
                    unfollow.run();
                    tracker.end(work, failure);
                })
                .onComplete(done -> {
                    if (done.succeeded() || !stop.given() && !unwanted.given()) {
                        waitedFor.remove(jobId);
                    }
                });
    }

    @Override
    public void abandon(String jobId) {
        if (made.remove(jobId)) {
            stop.awaited(abort(jobId));
        }
    }

    /** Rows are what it gives with {@code outputType=STREAM}. */
    private static BulkQueryRows rows(Outcome outcome) {
        return (BulkQueryRows) Objects.requireNonNull(outcome.body());
    }

    /** No row of a job has been read before it has ended. */
    private static Progress waiting(Progress step) {
        return new Progress(step.operation(), step.sObject(), 0, 0, null, step.job(), step.step());
    }

    /**
     * The consumer has stopped. Completes when the jobs outside the position are aborted, or could not be aborted.
     *
     * @param positionIsKept whether reading of the job in the position will continue later
     */
    Future<Void> leave(boolean positionIsKept) {
        tracker.close();
        Future<Void> aborted = abort(made);
        return positionIsKept ? aborted : aborted.compose(unread -> abort(waitedFor));
    }

    private Future<Void> abort(Set<String> jobs) {
        // whoever removes a job from the set aborts it
        return Future.join(List.copyOf(jobs).stream()
                        .filter(jobs::remove)
                        .map(this::abort)
                        .toList())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<Void> abort(String id) {
        return new BulkClient(client)
                .abort(BulkKind.QUERY, id)
                .onFailure(running -> log.job(id)
                        .write(() -> LOG.warn(
                                "Bulk query job {} could not be aborted when its route was stopped: {}",
                                id,
                                running.getMessage())))
                .mapEmpty();
    }

    /**
     * The options by which the rows of a job are read.
     *
     * @param endpoint options of the consumer
     * @param sObject  whose rows are read; null if only a statement names it
     */
    static CallOptions resuming(String jobId, SfToolkitConfiguration endpoint, @Nullable String sObject) {
        SfToolkitConfiguration options = endpoint.copy();
        options.setResume(jobId);
        options.setOutputType(OutputType.STREAM);
        options.setTyped(true);
        return options.callOptions(sObject, Map.of());
    }

    private final class JobRows implements BulkExtractSource.Rows {

        private final BulkQueryRows rows;
        private final Work work;
        private final Worker worker;
        private final Runnable unfollow;
        private long read;

        /** @param unfollow run when they are closed */
        private JobRows(BulkQueryRows rows, Work work, Worker worker, Runnable unfollow) {
            this.rows = rows;
            this.work = work;
            this.worker = worker;
            this.unfollow = unfollow;
        }

        @Override
        public Future<List<SObject>> next(int most) {
            return worker.run(() -> {
                var some = new ArrayList<SObject>();
                while (some.size() < most && rows.hasNext()) {
                    some.add(rows.next());
                }
                read += some.size();
                work.progressed(new Progress(
                        "bulkQuery", rows.job().object(), read, 0, rows.job().processed(), null, "rows"));
                if (some.size() < most) {
                    tracker.end(work, null);
                }
                return some;
            });
        }

        @Override
        public void close() {
            unfollow.run();
            rows.close();
            tracker.end(work, null);
        }
    }
}
