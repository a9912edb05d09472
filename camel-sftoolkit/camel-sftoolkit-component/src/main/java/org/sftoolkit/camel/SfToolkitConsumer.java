package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.poll.Batch;
import org.sftoolkit.camel.poll.Cursor;
import org.sftoolkit.camel.poll.PolledQuery;
import org.sftoolkit.camel.poll.Progress;
import org.sftoolkit.camel.transport.LogContext;

/**
 * Polls an org for records and hands them to its route. The scheduler's thread waits for pages and, at the end of a poll, for the
 * exchanges; the position passes a record only when its exchange and all before it have completed.
 */
final class SfToolkitConsumer extends ScheduledBatchPollingConsumer {

    private final SfToolkitEndpoint endpoint;
    private final PollSettings settings;
    private final PolledQuery query;
    private ConsumerPosition position;
    private RecordExchanges exchanges;
    private PolledSource source;
    private Runnable endOfMetering = () -> {};

    SfToolkitConsumer(SfToolkitEndpoint endpoint, Processor processor, PollSettings settings, PolledQuery query) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.settings = settings;
        this.query = query;
    }

    @Override
    protected void doStart() throws Exception {
        var client = endpoint.connection().client();
        var configuration = endpoint.getConfiguration();
        LogContext log = endpoint.connection().log().route(getRouteId());
        var repository = endpoint.getComponent().watermarks().store(configuration);
        String key = key(repository);
        ServiceHelper.startService(repository, configuration.getIdempotentRepository());
        var store = new WatermarkStore(
                repository,
                key,
                settings.source(endpoint.getOperation(), query),
                configuration.getIdempotentRepository() == null,
                log);
        position = new ConsumerPosition(
                this, settings, store, settings.source(endpoint.getOperation(), query), () -> client.clock()
                        .now());
        source = new PolledSource(
                settings.source(endpoint.getOperation(), client, query, new BulkQueryJobs(endpoint, client, log), log));
        exchanges = new RecordExchanges(
                this, position, new DeliveredBefore(configuration.getIdempotentRepository(), key), settings);
        endpoint.getComponent().watermarks().add(repository, position);
        endpoint.setWatermarkControl(position);
        endOfMetering = MeteringLookup.in(endpoint.getCamelContext()).poller(getRouteId(), position::watermark);
        super.doStart();
    }

    // in memory there is nothing to find again under a key, and routes do not get into each other's way
    private String key(StateRepository<String, String> repository) {
        String chosen = endpoint.getConfiguration().getWatermarkKey();
        String plain = PollSettings.key(endpoint.getOperation(), query);
        boolean inMemory = repository instanceof MemoryStateRepository;
        return chosen != null ? chosen : inMemory ? plain + ':' + getRouteId() : plain;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        endOfMetering.run();
        if (position != null) {
            endpoint.getComponent().watermarks().remove(position);
        }
    }

    @Override
    protected int poll() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        Cursor cursor = position.current();
        source.goOnAt(cursor);
        Progress progress = position.begin(cursor);
        try {
            return settings.outputType() == OutputType.STREAM ? stream(progress) : batches(progress);
        } finally {
            exchanges.awaitAll(progress);
            if (progress.failure() != null) {
                source.forget();
            }
        }
    }

    private int batches(Progress progress) throws Exception {
        int polled = 0;
        boolean more = true;
        while (more && progress.failure() == null && isBatchAllowed() && isRunAllowed()) {
            Batch batch = next();
            polled += exchanges.deliver(batch, progress, room(polled), source);
            progress.forgetBefore(source.horizon(progress.cursor()));
            more = batch.more() && room(polled) > 0;
        }
        polled += exchanges.flush(progress);
        exchanges.awaitAll(progress);
        requireSuccess(progress);
        return polled;
    }

    private int stream(Progress progress) throws Exception {
        Batch first = next();
        while (first.more() && first.records().isEmpty()) {
            progress.pass(first.after());
            first = next();
        }
        if (first.records().isEmpty()) {
            progress.pass(first.after());
            return 0;
        }
        source.giveBack(first.records(), first);
        exchanges.stream(progress, source);
        exchanges.awaitAll(progress);
        requireSuccess(progress);
        progress.forgetBefore(source.horizon(progress.cursor()));
        return 1;
    }

    private int room(int polled) {
        boolean bounded = settings.outputType() == OutputType.RECORD && settings.maxMessagesPerPoll() > 0;
        return bounded ? settings.maxMessagesPerPoll() - polled : Integer.MAX_VALUE;
    }

    /** The next batch; the consumer is ready as soon as there is one, however long the poll then takes. */
    Batch next() throws Exception {
        Batch batch = await(source.next());
        forceConsumerAsReady();
        return batch;
    }

    private static void requireSuccess(Progress progress) {
        if (progress.failure() != null) {
            throw new RuntimeCamelException(
                    "an exchange failed: its record comes again with the next poll (onRecordFailure=STOP)",
                    progress.failure());
        }
    }

    /** Waits on the scheduler's thread. */
    <T> T await(Future<T> answer) throws Exception {
        try {
            return answer.toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.pollTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            source.forget();
            throw new IllegalStateException(
                    "the org did not answer within pollTimeout="
                            + settings.pollTimeout().toMillis() + " ms",
                    e);
        }
    }

    PolledQuery query() {
        return query;
    }

    void pending(int exchangesLeft) {
        pendingExchanges = exchangesLeft;
    }

    @Override
    public int processBatch(Queue<Object> ignored) {
        throw new UnsupportedOperationException("batches come from the source");
    }

    @Override
    public SfToolkitEndpoint getEndpoint() {
        return endpoint;
    }
}
