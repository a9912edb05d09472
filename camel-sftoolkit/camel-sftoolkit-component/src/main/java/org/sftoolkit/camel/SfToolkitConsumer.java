package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.config.OnLimit;
import org.sftoolkit.camel.connection.MeteringLookup;
import org.sftoolkit.camel.connection.Tracing;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.poll.Delivery;
import org.sftoolkit.camel.poll.PolledQuery;
import org.sftoolkit.camel.poll.Poller;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.StopSignal;

/** Runs a {@link Poller} on Camel's scheduler: its deliveries become exchanges. Only the scheduler's thread waits. */
final class SfToolkitConsumer extends ScheduledBatchPollingConsumer implements WatermarkControl {

    private static final long SAVE_MILLIS = 500;
    private static final int STOP_SECONDS = 10;

    private final SfToolkitEndpoint endpoint;
    private final PollSettings settings;
    private final PolledQuery query;
    private volatile Poller poller;
    private RecordExchanges exchanges;
    private BulkQueryJobs jobs;
    private boolean keepsPosition;
    private Runnable endOfMetering = () -> {};
    private Runnable endOfLimit = () -> {};
    private LimitWait limit;
    private PollSpans spans;
    /** Ends all waits: the consumer stops. */
    private volatile StopSignal stop = new StopSignal();
    /** Ends the waits for the org, so that nothing more is read. Exchanges in progress continue. */
    private volatile StopSignal pause = new StopSignal();

    private final Lock polling = new ReentrantLock();

    SfToolkitConsumer(SfToolkitEndpoint endpoint, Processor processor, PollSettings settings, PolledQuery query) {
        super(endpoint, processor);
        setMaxMessagesPerPoll(endpoint.getConfiguration().getMaxMessagesPerPoll());
        this.endpoint = endpoint;
        this.settings = settings;
        this.query = query;
    }

    @Override
    protected void doStart() throws Exception {
        var repository = endpoint.getComponent().watermarks().store(endpoint.getConfiguration());
        ServiceHelper.startService(repository, endpoint.getConfiguration().getIdempotentRepository());
        boolean awaitsNow = poller != null && poller.awaitsNow();
        stop = new StopSignal();
        pause = new StopSignal();
        keepsPosition = !(repository instanceof MemoryStateRepository);
        spans = PollSpans.of(Tracing.roots(endpoint.getCamelContext()), getRouteId());
        SalesforceClient client = client();
        LogContext log = endpoint.connection().log().route(getRouteId());
        jobs = jobs(client);
        poller = new ConfiguredPoller(endpoint.operation(), endpoint.getConfiguration(), settings, query, getRouteId())
                .over(repository, client, jobs, log, endpoint.vertx());
        if (awaitsNow) {
            poller.set("NOW");
        }
        Class<?> type = endpoint.options().recordClass();
        exchanges = new RecordExchanges(new ConsumerExchanges(this), poller, query, settings.outputType(), type, stop);
        endpoint.getComponent().watermarks().add(repository, this, poller.pace()::trouble);
        endpoint.setWatermarkControl(this);
        endOfMetering =
                MeteringLookup.in(endpoint.getCamelContext()).poller(getRouteId(), poller.key(), poller::watermark);
        limit = new LimitWait(this, poller.pace(), endpoint.vertx());
        Runnable unsubscribe = endpoint.connection().whenLimitIsOver(limit::mayBeOver);
        endOfLimit = () -> {
            unsubscribe.run();
            limit.end();
        };
        super.doStart();
    }

    private SalesforceClient client() {
        boolean parks = endpoint.getConfiguration().getOnLimit() != OnLimit.FAIL;
        return endpoint.connection().client(null, stop, endpoint.terms(parks, getRouteId()), spans.calls());
    }

    private BulkQueryJobs jobs(SalesforceClient client) {
        return new BulkQueryJobs(
                endpoint.connection(),
                client,
                stop,
                job -> BulkQueryJobs.resuming(job, endpoint.getConfiguration(), endpoint.getSObject()),
                endpoint.workTracker(),
                getRouteId());
    }

    @Override
    protected void doSuspend() throws Exception {
        if (shutdownRunningTask != ShutdownRunningTask.CompleteAllTasks) {
            pause.give();
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        pause = new StopSignal();
        super.doResume();
        limit.scheduleNextCheck();
    }

    @Override
    protected void doStop() throws Exception {
        // jobs on the server are aborted in any case
        try (var stopping = new UninterruptedStop()) {
            pause.give();
            Future<Void> ended = stop.give();
            // the signal ends a waiting poll before Camel interrupts it while it writes its position
            boolean pollEnded = stopping.await(1, most -> polling.tryLock(most, TimeUnit.NANOSECONDS));
            super.doStop();
            pollEnded = pollEnded || stopping.await(4, most -> polling.tryLock(most, TimeUnit.NANOSECONDS));
            leave(pollEnded, ended, stopping);
        } finally {
            endOfMetering.run();
            endOfLimit.run();
            endpoint.getComponent().watermarks().remove(this);
        }
    }

    private void leave(boolean pollEnded, Future<Void> ended, UninterruptedStop stopping) throws Exception {
        if (pollEnded) {
            polling.unlock();
        }
        if (poller == null) {
            return; // it never started
        }
        if (pollEnded) {
            poller.leave();
        }
        boolean kept = keepsPosition || !getEndpoint().getCamelContext().isStopping();
        var left = ended.compose(made -> jobs.leave(kept)).toCompletionStage().toCompletableFuture();
        stopping.await(STOP_SECONDS, most -> left.get(most, TimeUnit.NANOSECONDS));
    }

    @Override
    protected int poll() throws Exception {
        polling.lock();
        try {
            return spans.poll(this::deliver);
        } finally {
            if (stop.given()) {
                poller.leave();
            }
            polling.unlock();
            limit.scheduleNextCheck();
        }
    }

    private int deliver() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        int sent = 0;
        try {
            poller.begin();
            while (isBatchAllowed() && isRunAllowed() && await(pause, poller.ready())) {
                forceConsumerAsReady();
                Delivery delivery = poller.next();
                if (delivery != null) {
                    if (settings.outputType() == OutputType.RECORD) {
                        pendingExchanges = delivery.size() - delivery.index() - 1;
                    }
                    exchanges.send(delivery);
                    sent++;
                }
                poller.save(false);
            }
            await(stop, poller.settled().map(true));
        } catch (InterruptedException e) {
            poller.finish();
            throw e;
        } catch (Exception | Error e) {
            end(e);
            throw e;
        }
        poller.finish();
        if (poller.failure() != null) {
            throw new RuntimeCamelException(
                    "an exchange failed: its records are delivered again with the next poll (onRecordFailure=STOP)",
                    poller.failure());
        }
        return sent;
    }

    /** The poll has failed; exchanges in progress continue to their end. */
    private void end(Throwable failure) {
        try {
            // does not write the position, because writing may have failed
            stop.until(poller.settled())
                    .otherwiseEmpty()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            poller.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    /** Waits on the scheduler's thread, and meanwhile stores the progress of exchanges; false if the signal is given. */
    private boolean await(StopSignal signal, Future<Boolean> answer) throws Exception {
        var waited = signal.until(answer).toCompletionStage().toCompletableFuture();
        while (true) {
            try {
                return waited.get(SAVE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (signal.given()) {
                    return false;
                }
                throw e.getCause() instanceof Exception cause ? cause : e;
            } catch (TimeoutException e) {
                poller.save(false);
            }
        }
    }

    @Override
    public int processBatch(Queue<Object> ignored) {
        throw new UnsupportedOperationException("batches come from the source");
    }

    @Override
    public SfToolkitEndpoint getEndpoint() {
        return endpoint;
    }

    @Override
    public @Nullable String routeId() {
        return getRouteId();
    }

    @Override
    public String uri() {
        return endpoint.toString();
    }

    @Override
    public String key() {
        return poller.key();
    }

    @Override
    public String position() {
        return poller.position();
    }

    @Override
    public Optional<Instant> watermark() {
        return poller.watermark();
    }

    @Override
    public int inFlight() {
        return poller.inFlight();
    }

    @Override
    public void set(String position) {
        poller.set(position);
    }

    @Override
    public void rewind(Duration by) {
        Instant from = watermark()
                .orElseThrow(() -> new IllegalStateException(key() + " has no watermark yet to go back from"));
        set(from.minus(by).truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
