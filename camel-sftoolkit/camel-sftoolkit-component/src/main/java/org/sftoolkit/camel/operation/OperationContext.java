package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.jobs.JobStore;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.transport.Delays;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.RetryPolicy;
import org.sftoolkit.camel.transport.StopSignal;
import org.sftoolkit.camel.transport.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operation works with for one exchange.
 *
 * @param client the org's API
 * @param options of this exchange
 * @param worker where to do what may block
 * @param delays how to wait; ends with the stop signal
 * @param retries how often a step may be taken again, and after which pause: the connection's
 * @param progress told of progress; returns at once, called from any thread
 * @param jobs sees its bulk jobs
 * @param jobStore keeps its bulk jobs for later processes; null if nothing is kept
 * @param log what its log lines belong to
 * @param stop ends its waits when the route stops
 */
public record OperationContext(
        SalesforceClient client,
        CallOptions options,
        Worker worker,
        Delays delays,
        RetryPolicy retries,
        ProgressListener progress,
        JobWatch jobs,
        @Nullable JobStore jobStore,
        LogContext log,
        StopSignal stop) {

    private static final Logger LOG = LoggerFactory.getLogger(OperationContext.class);

    /** The same call, with records known by their Id. */
    public OperationContext byId() {
        return with(options.byId());
    }

    /** The same call, whose log lines belong to this. */
    public OperationContext logging(LogContext context) {
        return new OperationContext(client, options, worker, delays, retries, progress, jobs, jobStore, context, stop);
    }

    /**
     * Does the work of a batch under a span of its own, beneath which its calls are.
     *
     * @param name of the span
     * @param records of the batch
     */
    public <T> Future<T> traced(String name, long records, Function<OperationContext, Future<T>> work) {
        if (client.trace() == Trace.NONE) {
            return work.apply(this);
        }
        Trace.Span span = client.trace().begin(name, Map.of("sftoolkit.records", records));
        return work.apply(new OperationContext(
                        client.tracing(span.beneath()),
                        options,
                        worker,
                        delays,
                        retries,
                        progress,
                        jobs,
                        jobStore,
                        log,
                        stop))
                .onComplete(done -> span.end(0, done.cause()));
    }

    /** The same call with other options. */
    public OperationContext with(CallOptions other) {
        return new OperationContext(client, other, worker, delays, retries, progress, jobs, jobStore, log, stop);
    }

    /** The same call, whose bulk jobs are kept in this store. */
    public OperationContext keeping(@Nullable JobStore store) {
        return new OperationContext(client, options, worker, delays, retries, progress, jobs, store, log, stop);
    }

    /**
     * Closes the source of a list, on a worker thread. A failure is only logged, because the records are already
     * written.
     */
    public void close(Records source) {
        worker.run(() -> {
                    source.close().close();
                    return null;
                })
                .onFailure(failure -> log.write(
                        () -> LOG.warn("{}: the body with the saved records cannot be closed", log.about(), failure)));
    }
}
