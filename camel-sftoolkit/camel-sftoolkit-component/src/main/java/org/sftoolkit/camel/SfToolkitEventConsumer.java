package org.sftoolkit.camel;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.connection.EventMeters;
import org.sftoolkit.camel.connection.MeteringLookup;
import org.sftoolkit.camel.connection.SalesforceConnection;
import org.sftoolkit.camel.events.ChannelStatus;
import org.sftoolkit.camel.events.EventBus;
import org.sftoolkit.camel.events.EventDelivery;
import org.sftoolkit.camel.events.Repair;
import org.sftoolkit.camel.events.Subscription;
import org.sftoolkit.camel.events.SubscriptionMeters;
import org.sftoolkit.camel.events.SubscriptionServices;
import org.sftoolkit.camel.events.SubscriptionTime;
import org.sftoolkit.camel.transport.CallTerms;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.StopSignal;
import org.sftoolkit.camel.transport.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes exchanges of the deliveries of a {@link Subscription}. No thread waits, but for the end of a stop. */
final class SfToolkitEventConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(SfToolkitEventConsumer.class);
    private static final int STOP_SECONDS = 10;

    private final SfToolkitEndpoint endpoint;
    private final EventSettings settings;
    private final EventBus.Connector connector;
    private volatile @Nullable Subscription subscription;
    private EventRecords records;
    private EventExchanges exchanges;
    private StopSignal stop = new StopSignal();
    private Runnable endOfMetering = () -> {};

    SfToolkitEventConsumer(
            SfToolkitEndpoint endpoint, Processor processor, EventSettings settings, EventBus.Connector connector) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.settings = settings;
        this.connector = connector;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        var repository = endpoint.getComponent().watermarks().store(endpoint.getConfiguration());
        IdempotentRepository known = endpoint.getConfiguration().getIdempotentRepository();
        ServiceHelper.startService(repository, known);
        Vertx vertx = endpoint.vertx();
        SalesforceConnection connection = endpoint.connection();
        LogContext log = connection.log().route(getRouteId());
        String key = endpoint.getConfiguration().getWatermarkKey();
        EventMeters meters = MeteringLookup.in(endpoint.getCamelContext())
                .events(
                        getRouteId(),
                        key == null ? endpoint.getOperationName() : key,
                        settings.channels(),
                        this::gauges);
        endOfMetering = meters::close;
        stop = new StopSignal();
        CallTerms terms = endpoint.terms(false, getRouteId());
        SalesforceClient client = connection.client(null, stop, terms, Trace.NONE);
        records = new EventRecords(
                client,
                settings,
                object -> new BulkQueryJobs(
                        connection,
                        client,
                        stop,
                        job -> BulkQueryJobs.resuming(job, endpoint.getConfiguration(), object),
                        endpoint.workTracker(),
                        getRouteId()));
        subscription = new Subscription(
                settings.channels(),
                new SubscriptionServices(
                        connection.bus(connector),
                        new StoredPositions(vertx, repository, channel -> key(repository, channel)),
                        new Repair(() -> connection.client(null, stop, terms, Trace.NONE), settings.repair()),
                        records,
                        known == null ? null : new StoredCompletions(vertx, known)),
                this::deliver,
                settings.subscribing(connection.pauses()),
                new SubscriptionTime(System::nanoTime, InstantSource.system(), (time, ring) -> {
                    long timer = vertx.setTimer(Math.max(1, time.toMillis()), id -> ring.run());
                    return () -> vertx.cancelTimer(timer);
                }),
                counting(meters),
                loop(vertx),
                log);
        exchanges = new EventExchanges(
                new ConsumerExchanges(this),
                settings,
                subscription,
                endpoint.options().recordClass());
        endpoint.getComponent().subscriptions().add(getRouteId(), subscription, repository, keys(repository));
        endpoint.setSubscription(subscription);
        subscription.start();
    }

    /** One step after the other, on an event loop. */
    private static Executor loop(Vertx vertx) {
        Context context = vertx.getOrCreateContext();
        return step -> context.runOnContext(now -> {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                LOG.error("An event subscription met an unexpected failure; it may have stopped", e);
            }
        });
    }

    private EventMeters.Gauges gauges(String channel) {
        List<ChannelStatus> all = subscription == null ? List.of() : subscription.status();
        return all.stream()
                .filter(status -> status.channel().equals(channel))
                .findFirst()
                .map(status -> new EventMeters.Gauges(
                        status.position().time() == null
                                ? null
                                : Duration.between(status.position().time(), Instant.now()),
                        status.credit(),
                        status.held(),
                        status.underWay()))
                .orElse(new EventMeters.Gauges(null, 0, 0, 0));
    }

    private static SubscriptionMeters counting(EventMeters meters) {
        return new SubscriptionMeters() {
            @Override
            public void event(String channel, SubscriptionMeters.Event what) {
                meters.event(channel, what.name().toLowerCase(Locale.ROOT));
            }

            @Override
            public void reconnected(String channel, String code) {
                meters.reconnected(channel, code);
            }
        };
    }

    private void deliver(EventDelivery delivery) {
        endpoint.continuation().run(() -> exchanges.send(delivery));
    }

    @Override
    protected void doSuspend() throws Exception {
        started().suspend();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        started().resume();
    }

    private Subscription started() {
        return Objects.requireNonNull(subscription, "only a started consumer is suspended and resumed");
    }

    @Override
    protected void doStop() throws Exception {
        // the position is stored in any case
        try (var stopping = new UninterruptedStop()) {
            Subscription ending = subscription;
            if (ending != null) {
                Future<Void> stopped = Future.join(ending.stop(), stop.give().compose(given -> records.leave()))
                        .mapEmpty();
                var ended = stopped.toCompletionStage().toCompletableFuture();
                stopping.await(STOP_SECONDS, most -> ended.get(most, TimeUnit.NANOSECONDS));
            }
        } finally {
            endOfMetering.run();
            endOfMetering = () -> {};
            endpoint.getComponent().subscriptions().remove(subscription);
        }
        super.doStop();
    }

    // in memory there is nothing to find again under a key, and routes do not get into each other's way
    private String key(StateRepository<String, String> repository, String channel) {
        String chosen = endpoint.getConfiguration().getWatermarkKey();
        if (chosen != null) {
            return settings.channels().size() == 1 ? chosen : chosen + ':' + channel;
        }
        String plain = endpoint.getOperationName() + ':' + channel;
        return repository instanceof MemoryStateRepository && getRouteId() != null ? plain + ':' + getRouteId() : plain;
    }

    private List<String> keys(StateRepository<String, String> repository) {
        return settings.channels().stream()
                .map(channel -> key(repository, channel))
                .toList();
    }

    @Override
    public SfToolkitEndpoint getEndpoint() {
        return endpoint;
    }
}
