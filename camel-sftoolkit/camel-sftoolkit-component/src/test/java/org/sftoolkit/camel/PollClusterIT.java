package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.LoggingExceptionHandler;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.camel.error.PositionOvertakenException;
import org.sftoolkit.camel.watermark.AtomicStateRepository;
import org.sftoolkit.camel.watermark.JdbcStateRepository;
import org.sftoolkit.camel.watermark.WatermarkFile;

/** Two nodes that share a store of positions; the first is paused, and does not know yet that it has lost its lock. */
class PollClusterIT extends PollTestSupport {

    private static final String KEY = "query:Account";

    enum Kind {
        FILE,
        DATABASE
    }

    private final JdbcDataSource database = new JdbcDataSource();
    private final AtomicReference<Throwable> refused = new AtomicReference<>();
    private final List<String> others = new CopyOnWriteArrayList<>();

    private AtomicStateRepository store(Kind kind) {
        return kind == Kind.FILE
                ? new WatermarkFile(directory.resolve("watermarks"))
                : new JdbcStateRepository(database);
    }

    @ParameterizedTest
    @EnumSource
    void aPausedNodeMovesNothingBackAndGoesOnWhereTheOtherStands(Kind kind) throws Exception {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        try (Connection kept = database.getConnection()) { // the database lives as long as somebody is connected
            assertThat(kept.isValid(1)).isTrue();
            run(kind);
        }
    }

    private void run(Kind kind) throws Exception {
        for (int i = 0; i < 5; i++) {
            account("A" + i);
            clock.advance(Duration.ofSeconds(1));
        }
        var paused = new CountDownLatch(1);
        var wakes = new CountDownLatch(1);
        context.getRegistry().bind("positions", store(kind));
        context.getRegistry().bind("errors", handler());
        route(
                "sftoolkit:query:Account?fields=Name&watermarkStore=#positions&exceptionHandler=#errors" + FAST,
                exchange -> {
                    if (name(exchange).equals("A0") && paused.getCount() > 0) {
                        paused.countDown();
                        wakes.await(60, TimeUnit.SECONDS);
                    }
                });
        assertThat(paused.await(20, TimeUnit.SECONDS)).isTrue();

        AtomicStateRepository seen = store(kind);
        try (CamelContext other = other(kind)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> others.size() >= 5);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !watermark(seen).isBefore(clock.instant().minusSeconds(1)));
        }
        String reached = seen.getState(KEY);
        clock.advance(Duration.ofSeconds(10));
        wakes.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> refused.get() != null);
        assertThat(refused.get()).isInstanceOf(PositionOvertakenException.class).hasMessageContaining(KEY);
        assertThat(watermark(seen)).isAfterOrEqualTo(watermark(reached));

        account("A5");
        clock.advance(Duration.ofSeconds(1));
        await().atMost(Duration.ofSeconds(20)).until(() -> names().contains("A5"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !watermark(seen).isBefore(clock.instant().minusSeconds(1)));
        assertThat(others).containsExactlyInAnyOrder("A0", "A1", "A2", "A3", "A4");
        assertThat(names()).containsOnlyOnce("A5");
    }

    private LoggingExceptionHandler handler() {
        return new LoggingExceptionHandler(context, getClass()) {
            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                refused.compareAndSet(null, exception);
            }
        };
    }

    private CamelContext other(Kind kind) throws Exception {
        var other = new DefaultCamelContext();
        var component = new SfToolkitComponent();
        component.getConfiguration().setLoginUrl(emulator.url());
        component.getConfiguration().setClientId("emulator-client");
        component.getConfiguration().setClientSecret("emulator-secret");
        other.addComponent("sftoolkit", component);
        other.getRegistry().bind("positions", store(kind));
        other.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sftoolkit:query:Account?fields=Name&watermarkStore=#positions" + FAST)
                        .process(exchange -> others.add(name(exchange)));
            }
        });
        other.start();
        return other;
    }

    private static Instant watermark(AtomicStateRepository store) {
        return watermark(store.getState(KEY));
    }

    private static Instant watermark(String position) {
        return position == null || position.split(";")[5].equals("-")
                ? Instant.MIN
                : Instant.parse(position.split(";")[5]);
    }
}
