package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.sftoolkit.camel.bulk.BulkClient;
import org.sftoolkit.camel.bulk.BulkKind;
import org.sftoolkit.camel.bulk.BulkQueryOperation;
import org.sftoolkit.camel.bulk.BulkQueryRows;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.operation.CallOptions;
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

    private final SfToolkitEndpoint endpoint;
    private final String sObject;
    private final SalesforceClient client;
    private final LogContext log;
    private final StopSignal stop;
    private final String route;
    private final WorkTracker tracker;
    /**
     * Created, but perhaps not in the position yet. The consumer requests the rows of a job after its position
     * contains it.
     */
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    /** In the position, and still running as far as known. */
    private final Set<String> waitedFor = ConcurrentHashMap.newKeySet();

    /**
     * @param sObject whose rows are read; null if only a statement names it
     * @param stop    of the consumer
     * @param route   of the consumer
     */
    BulkQueryJobs(
            SfToolkitEndpoint endpoint,
            String sObject,
            SalesforceClient client,
            LogContext log,
            StopSignal stop,
            String route) {
        this.endpoint = endpoint;
        this.sObject = sObject;
        this.client = client;
        this.log = log;
        this.stop = stop;
        this.route = route;
        this.tracker = new WorkTracker(endpoint);
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
    public Future<BulkExtractSource.Rows> rows(String jobId) {
        made.remove(jobId);
        waitedFor.add(jobId);
        Work work = tracker.begin(route, null);
        var call = endpoint.connection()
                .call(client, resuming(jobId), worker(), step -> work.progressed(waiting(step)), stop)
                .logging(log);
        return new BulkQueryOperation()
                .run(new QueryInput(() -> null, Parameters.NONE), call)
                .<BulkExtractSource.Rows>map(outcome -> new JobRows((BulkQueryRows) outcome.body(), work))
                .onFailure(failure -> tracker.end(work, failure))
                .onComplete(done -> {
                    if (done.succeeded() || !stop.given()) {
                        waitedFor.remove(jobId);
                    }
                });
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

    private CallOptions resuming(String jobId) {
        SfToolkitConfiguration options = endpoint.getConfiguration().copy();
        options.setResume(jobId);
        options.setOutputType(OutputType.STREAM);
        options.setTyped(true);
        return options.callOptions(sObject, Map.of());
    }

    private Worker worker() {
        return new Worker() {
            @Override
            public <T> Future<T> run(Callable<T> work) {
                return endpoint.vertx().executeBlocking(work, false);
            }
        };
    }

    private final class JobRows implements BulkExtractSource.Rows {

        private final BulkQueryRows rows;
        private final Work work;
        private long read;

        private JobRows(BulkQueryRows rows, Work work) {
            this.rows = rows;
            this.work = work;
        }

        @Override
        public Future<List<SObject>> next(int most) {
            return worker().run(() -> {
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
            rows.close();
            tracker.end(work, null);
        }
    }
}
