package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.Fault.Point;

/** The stop of a consumer ends what it waits for, loses no record, and leaves no job that nobody knows of. */
class PollStopIT extends PollTestSupport {

    private static final String EXTRACT = "sftoolkit:bulkQuery:Account?fields=Id,Name&pollInterval=20" + FAST;

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setRequestTimeout(60_000);
        options.setRetryDelay(60_000);
    }

    private Path positions() {
        return directory.resolve("positions");
    }

    private String stored() throws IOException {
        return Files.exists(positions()) ? Files.readString(positions()) : "";
    }

    /** Job ids and states. */
    private Map<String, String> jobs() {
        return emulator.bulk().jobs().stream()
                .collect(Collectors.toMap(job -> job.id(), job -> job.state().wireName()));
    }

    /** Camel's patience is too long for the test: the wait has to end by itself. */
    private void stopsAtOnce() throws Exception {
        long begin = System.nanoTime();
        context.getRouteController().stopRoute("poll", 60, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("the stop waits for no time-out")
                .isLessThan(Duration.ofSeconds(20));
    }

    /** What a poll may wait for. */
    enum Wait {
        PAGE("GET query", Fault.stall(Point.IN_BODY)),
        RETRY_PAUSE("GET query", Fault.status(503)),
        CLOCK("GET /services/data", Fault.stall(Point.IN_BODY)),
        ANSWER("GET query", Fault.stall(Point.BEFORE_HEAD));

        private final String resource;
        private final Fault fault;

        Wait(String resource, Fault fault) {
            this.resource = resource;
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource(Wait.class)
    void aStopEndsAWaitForTheOrgAndTheRecordsComeAfterIt(Wait wait) throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        emulator.faults().always(when(wait.resource), wait.fault);
        route("sftoolkit:query:Account?fields=Name" + FAST + "&watermarkFile=" + positions());
        await().until(() -> emulator.faults().struck() > 0);
        stopsAtOnce();
        emulator.faults().clear();
        context.getRouteController().startRoute("poll");
        awaitNames(1);
    }

    @Test
    void aStopEndsTheReadingOfAStreamInAStepOfAnotherThread() throws Exception {
        for (int i = 0; i < 20; i++) {
            account("Acme " + i);
        }
        clock.advance(Duration.ofSeconds(1));
        emulator.faults().always(when("GET query/*"), Fault.stall(Point.IN_BODY));
        var failed = new CompletableFuture<Throwable>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sftoolkit:query:Account?fields=Name&outputType=STREAM" + FAST)
                        .routeId("poll")
                        .threads(1, 1)
                        .process(exchange -> {
                            try {
                                exchange.getMessage()
                                        .getBody(java.util.Iterator.class)
                                        .forEachRemaining(row -> {});
                            } catch (RuntimeException e) {
                                failed.complete(e);
                                throw e;
                            }
                        });
            }
        });
        await().until(() -> emulator.requests().count("GET query/*") > 0);
        context.getRouteController().stopRoute("poll", 1, TimeUnit.SECONDS);
        assertThat(failed.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void suspendedConsumerEndsItsWaitAndContinuesAfterwards() throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        emulator.bulk().change(BulkSettings.standard().manual());
        route(EXTRACT + "&watermarkFile=" + positions());
        await().until(() -> emulator.requests().count("GET jobs/query/{job}") > 1);
        context.getRouteController().suspendRoute("poll", 60, TimeUnit.SECONDS);
        assertThat(component().watermarkControls().iterator().next().inFlight()).isZero();
        emulator.bulk().runAll();
        context.getRouteController().resumeRoute("poll");
        await().atMost(Duration.ofSeconds(20)).until(() -> !received.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sftoolkit:bulkQuery:Account?fields=Id,Name&pollInterval=5&maxPollInterval=5" + FAST,
                "sftoolkit:query:Account?fields=Id,Name&initialLoad=BULK&pollInterval=5&maxPollInterval=5" + FAST
            })
    void aJobIsWaitedForByOnePollAtATimeAndByNoSuspendedConsumer(String uri) throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        emulator.bulk().change(BulkSettings.standard().manual());
        route(uri + "&pollTimeout=300&watermarkFile=" + positions());
        var board = component().workBoard();
        await().until(() -> emulator.requests().count("GET jobs/query/{job}") > 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> poller().getErrorCounter() > 2);
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> component().connections().jobs().size() <= 1
                        && board.running().size() <= 1);
        context.getRouteController().suspendRoute("poll", 60, TimeUnit.SECONDS);
        await().untilAsserted(() -> {
            assertThat(component().connections().jobs()).isEmpty();
            assertThat(board.running()).isEmpty();
        });
        emulator.bulk().runAll();
        context.getRouteController().resumeRoute("poll");
        await().atMost(Duration.ofSeconds(20)).until(() -> !received.isEmpty());
        assertThat(jobs().values()).contains("JobComplete");
    }

    @Test
    void aJobThatIsMadeAfterItsPollGaveUpIsAborted() throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        emulator.bulk().change(BulkSettings.standard().manual());
        var givenUp = new CountDownLatch(1);
        try (var proxy = new MisbehavingProxy(emulator.url())) {
            proxy.misbehave(request -> request.matches("POST .*/jobs/query .*"), (answer, out, in) -> {
                givenUp.await();
                out.write(answer);
            });
            route(EXTRACT + "&watermarkFile=" + positions() + "&loginUrl=" + proxy.url() + "&instanceUrl="
                    + proxy.url());
            await().until(() -> jobs().size() == 1);
            context.getRouteController().suspendRoute("poll", 60, TimeUnit.SECONDS);
            await().until(() -> !poller().isPolling());
            givenUp.countDown();
            await().untilAsserted(() -> assertThat(jobs()).hasSize(1).containsValue("Aborted"));
        }
    }

    private ScheduledPollConsumer poller() {
        return (ScheduledPollConsumer) context.getRoute("poll").getConsumer();
    }

    @Test
    void aStopEndsTheWaitForAJobAndARestartReadsTheSameOne() throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        emulator.bulk().change(BulkSettings.standard().manual());
        route(EXTRACT + "&watermarkFile=" + positions());
        await().until(() -> emulator.requests().count("GET jobs/query/{job}") > 1);
        stopsAtOnce();
        String job = jobs().keySet().iterator().next();
        assertThat(stored()).contains(job);
        assertThat(jobs()).as("the position knows it").doesNotContainValue("Aborted");
        emulator.bulk().runAll();
        context.getRouteController().startRoute("poll");
        await().atMost(Duration.ofSeconds(20)).until(() -> !received.isEmpty());
        assertThat(jobs()).containsKey(job);
        assertThat(name(received.get(0))).isEqualTo("Acme");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStopWhileAJobIsMadeLeavesNoneThatNobodyKnows(boolean answerIsLate) throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        emulator.bulk().change(BulkSettings.standard().manual());
        if (answerIsLate) {
            emulator.faults().next(when("POST jobs/query"), Fault.delay(Duration.ofMillis(1_500)));
        }
        route(EXTRACT + "&watermarkFile=" + positions());
        await().until(() -> emulator.requests().count("POST jobs/query") > 0);
        stopsAtOnce();
        String position = stored();
        assertThat(jobs()).hasSizeLessThanOrEqualTo(1).allSatisfy((id, state) -> assertThat(
                        position.contains(id) || state.equals("Aborted"))
                .as("job %s is %s, the position is %s", id, state, position)
                .isTrue());
    }

    @Test
    void theStopOfAContextWithoutAKeptPositionLeavesNoJob() throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        emulator.bulk().change(BulkSettings.standard().manual());
        route(EXTRACT);
        await().until(() -> emulator.requests().count("GET jobs/query/{job}") > 1);
        context.stop();
        assertThat(jobs()).hasSize(1).containsValue("Aborted");
    }

    /** Where a step may lose its exchange. */
    enum Loss {
        THREADS,
        SEDA,
        SEDA_WAITING,
        CALLBACK,
        NEVER
    }

    private static void lossy(RouteBuilder builder, RouteDefinition route, Loss loss, Processor work) {
        switch (loss) {
            case THREADS -> route.threads(1, 1).process(work);
            case SEDA -> {
                route.to("seda:work");
                builder.from("seda:work").routeId("work").process(work);
            }
            case SEDA_WAITING -> {
                route.to("seda:work?waitForTaskToComplete=Always&timeout=1000");
                builder.from("seda:work").routeId("work").process(work);
            }
            case CALLBACK -> route.process(onOtherThread()).process(work);
            case NEVER -> route.process(never(work));
        }
    }

    private static AsyncProcessor onOtherThread() {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                new Thread(() -> callback.done(false)).start();
                return false;
            }
        };
    }

    private static AsyncProcessor never(Processor work) {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    work.process(exchange);
                    callback.done(true);
                    return true;
                } catch (Throwable lost) {
                    return false;
                }
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "THREADS, RECORD",
        "SEDA, RECORD",
        "SEDA_WAITING, RECORD",
        "CALLBACK, RECORD",
        "NEVER, RECORD",
        "THREADS, LIST",
        "THREADS, STREAM"
    })
    void anExchangeThatIsLostInAStepComesAgainAtTheLatestAfterAStop(Loss loss, String form) throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        var tries = new AtomicInteger();
        Processor work = exchange -> {
            if (exchange.getMessage().getBody() instanceof Iterator<?> rows) {
                rows.next();
            }
            if (tries.incrementAndGet() == 1) {
                throw new StackOverflowError("deep");
            }
            received.add(exchange.copy());
        };
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from("sftoolkit:query:Account?fields=Name&outputType=" + form
                                + "&watermarkFile=" + positions() + FAST)
                        .routeId("poll");
                lossy(this, route, loss, work);
            }
        });
        // the Error ends its thread
        await().dontCatchUncaughtExceptions().until(() -> tries.get() > 0);
        long begin = System.nanoTime();
        context.getRouteController().stopRoute("poll", 1, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("%s: the stop", loss)
                .isLessThan(Duration.ofSeconds(20));
        assertThat(received).isEmpty();
        if (context.getRoute("work") != null) {
            // the queue's only thread has ended too, and a restart does not always make another
            context.getRouteController().stopRoute("work", 100, TimeUnit.MILLISECONDS);
            context.removeRoute("work");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("seda:work").routeId("work").process(work);
                }
            });
        }
        context.getRouteController().startRoute("poll");
        await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(20)).until(() -> !received.isEmpty());
        assertThat(List.copyOf(received)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"THREADS", "SEDA", "CALLBACK"})
    void errorNotFromTheJvmFailsItsExchangeOnAnyThread(Loss loss) throws Exception {
        account("Acme");
        clock.advance(Duration.ofSeconds(1));
        var tries = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route =
                        from("sftoolkit:query:Account?fields=Name" + FAST).routeId("poll");
                lossy(this, route, loss, exchange -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("missing");
                    }
                    received.add(exchange.copy());
                });
            }
        });
        awaitNames(1);
        assertThat(tries).hasValue(2);
    }
}
