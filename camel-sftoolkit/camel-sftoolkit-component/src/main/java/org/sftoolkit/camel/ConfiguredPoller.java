package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ClockClient;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.config.OnLimit;
import org.sftoolkit.camel.poll.Alarm;
import org.sftoolkit.camel.poll.KnownDeliveries;
import org.sftoolkit.camel.poll.LimitPace;
import org.sftoolkit.camel.poll.OrgClock;
import org.sftoolkit.camel.poll.PolledQuery;
import org.sftoolkit.camel.poll.Poller;
import org.sftoolkit.camel.poll.PositionStore;
import org.sftoolkit.camel.transport.LogContext;

/** Makes the poller of a consumer from its options and Camel's repositories. */
final class ConfiguredPoller {

    private final OperationName operation;
    private final SfToolkitConfiguration configuration;
    private final PollSettings settings;
    private final PolledQuery query;
    private final @Nullable String routeId;

    ConfiguredPoller(
            OperationName operation,
            SfToolkitConfiguration configuration,
            PollSettings settings,
            PolledQuery query,
            @Nullable String routeId) {
        this.operation = operation;
        this.configuration = configuration;
        this.settings = settings;
        this.query = query;
        this.routeId = routeId;
    }

    /**
     * @param repository where the position is kept
     * @param vertx for its timers
     */
    Poller over(
            StateRepository<String, String> repository,
            SalesforceClient client,
            BulkQueryJobs jobs,
            LogContext log,
            Vertx vertx) {
        var clock = new OrgClock(() -> new ClockClient(client).now(), System::nanoTime, Instant::now);
        IdempotentRepository known = configuration.getIdempotentRepository();
        var store = new PositionStore(
                new StateTexts(repository),
                key(repository),
                settings.source(operation, query),
                known == null,
                System::nanoTime,
                log);
        return new Poller(
                settings.source(operation, client, clock::now, query, jobs, log),
                store,
                known == null ? null : known(known),
                settings.start(),
                settings.delivering(configuration.isSynchronous()),
                new Poller.Time(
                        clock::now,
                        alarm(vertx),
                        new LimitPace(
                                System::nanoTime,
                                log,
                                configuration.getOnLimit() != OnLimit.FAIL,
                                Duration.ofMillis(configuration.getParkTimeout()))));
    }

    private static KnownDeliveries.Repository known(IdempotentRepository repository) {
        return new KnownDeliveries.Repository() {
            @Override
            public boolean contains(String key) {
                return repository.contains(key);
            }

            @Override
            public void add(String key) {
                repository.add(key);
            }
        };
    }

    private static Alarm alarm(Vertx vertx) {
        return (time, ring) -> {
            long timer = vertx.setTimer(Math.max(1, time.toMillis()), id -> ring.run());
            return () -> vertx.cancelTimer(timer);
        };
    }

    // in memory the key has no meaning after a restart, and routes do not share it
    private String key(StateRepository<String, String> repository) {
        String chosen = configuration.getWatermarkKey();
        String plain = PollSettings.key(operation, query);
        if (chosen != null) {
            return chosen;
        }
        return repository instanceof MemoryStateRepository && routeId != null ? plain + ':' + routeId : plain;
    }
}
