package org.sftoolkit.camel;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.transport.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the progress of the exchanges of one producer, and writes a line each interval for those that last. Thread-safe. */
final class WorkTracker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkTracker.class);
    /** Looks that an interval is divided into: a line is late by at most one of them. */
    private static final int LOOKS = 10;

    private final String name;
    private final WorkBoard board;
    private final Duration interval;
    private final Vertx vertx;
    private final Supplier<LogContext> log;
    private final long timer;
    private final Set<Work> running = ConcurrentHashMap.newKeySet();

    /**
     * @param name  of the endpoint, for people
     * @param vertx for its timer
     * @param log   what its lines belong to, asked for each time
     */
    WorkTracker(String name, WorkBoard board, SfToolkitConfiguration options, Vertx vertx, Supplier<LogContext> log) {
        this.name = name;
        this.board = board;
        this.interval = Duration.ofMillis(options.getProgressInterval());
        this.vertx = vertx;
        this.log = log;
        board.add(this);
        boolean lines = !interval.isZero() && options.getProgressListener() == null;
        this.timer = lines ? vertx.setPeriodic(Math.max(1, interval.toMillis() / LOOKS), tick -> tell()) : -1;
    }

    Work begin(Exchange exchange) {
        return begin(ExchangeHelper.getRouteId(exchange), exchange.getExchangeId());
    }

    /**
     * @param routeId    null if it is not known
     * @param exchangeId null for work of a consumer
     */
    Work begin(@Nullable String routeId, @Nullable String exchangeId) {
        var work = new Work(name, routeId, exchangeId, System::nanoTime);
        running.add(work);
        return work;
    }

    /** Ends it, or has it end with its exchange if what it gave out is read until then. */
    void end(Exchange exchange, Work work, AsyncResult<Outcome> done) {
        Object body = done.succeeded() ? done.result().body() : null;
        if (!(body instanceof Iterator || body instanceof InputStream)) {
            end(work, done.cause());
            return;
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange ended) {
                end(work, ended.getException());
            }
        });
    }

    /** @param failure null for a success */
    void end(Work work, @Nullable Throwable failure) {
        if (running.remove(work)) {
            work.end(failure);
            board.ended(work, interval);
        }
    }

    /** What is under way. */
    Set<Work> running() {
        return running;
    }

    private void tell() {
        // a look that comes early is not to cost a whole one
        Duration due = interval.minus(interval.dividedBy(2L * LOOKS));
        List<Work> told = running.stream().filter(work -> work.due(due)).toList();
        if (!told.isEmpty()) {
            log.get().write(() -> told.forEach(work -> LOG.info("{}", work.line())));
        }
    }

    @Override
    public void close() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        board.remove(this);
    }
}
