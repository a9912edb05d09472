package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ManagementStrategy;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.operation.ProgressListener;
import org.sftoolkit.camel.operation.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports an exchange's progress to the listener and to Camel's event notifiers, in order, one at a time, on a worker
 * thread because both may block. Thread-safe.
 */
final class ProgressReports implements ProgressListener {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReports.class);

    private final Exchange exchange;
    private final @Nullable ProgressListener listener;
    private final @Nullable ManagementStrategy events;
    private final Worker worker;
    private final Work work;
    private final Queue<Progress> waiting = new ArrayDeque<>(1);
    private boolean reporting;
    private boolean heard;
    private Future<Void> settled = Future.succeededFuture();

    /**
     * @param listener the endpoint's, or null
     * @param work     what the exchange is at
     */
    ProgressReports(Exchange exchange, @Nullable ProgressListener listener, Worker worker, Work work) {
        this.work = work;
        this.exchange = exchange;
        this.listener = listener;
        this.worker = worker;
        ManagementStrategy strategy = exchange.getContext().getManagementStrategy();
        this.events = strategy == null || strategy.getEventNotifiers().isEmpty() ? null : strategy;
    }

    /** Whether there is a listener without a report yet. */
    synchronized boolean wantsMore() {
        return (listener != null || events != null) && !heard;
    }

    @Override
    public synchronized void progressed(Progress progress) {
        work.progressed(progress);
        if (listener == null && events == null) {
            return;
        }
        heard = true;
        waiting.add(progress);
        if (!reporting) {
            reporting = true;
            settled = worker.run(this::reportAll);
        }
    }

    /** Completes when all reports so far have been delivered. */
    synchronized Future<Void> settled() {
        return settled.otherwiseEmpty();
    }

    private @Nullable Void reportAll() {
        for (Progress next = next(); next != null; next = next()) {
            report(next);
        }
        return null;
    }

    private synchronized @Nullable Progress next() {
        Progress next = waiting.poll();
        reporting = next != null;
        return next;
    }

    private void report(Progress progress) {
        try {
            if (listener != null) {
                listener.progressed(progress);
            }
            if (events != null) {
                events.notify(new SfToolkitProgressEvent(exchange, progress));
            }
        } catch (Throwable e) {
            // an Error too, because later reports must still be delivered
            LOG.warn("The progress listener of exchange {} failed", exchange.getExchangeId(), e);
        }
    }
}
