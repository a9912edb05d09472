package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.config.OnRecordFailure;
import org.sftoolkit.emulator.fault.Fault;

/** One line of deliveries, whatever form they have. */
class PollDeliveryIT extends PollTestSupport {

    private enum Form {
        RECORD,
        LIST,
        STREAM
    }

    private final List<Object> read = new CopyOnWriteArrayList<>();

    private void accounts(int number) {
        for (int i = 0; i < number; i++) {
            account("Acme " + i);
        }
        clock.advance(Duration.ofSeconds(1));
    }

    private static String uri(Object form) {
        return "sftoolkit:query:Account?fields=Name&outputType=" + form + FAST;
    }

    /** Reads all that an exchange has, and then does something. */
    private Processor reading(Processor then) {
        return exchange -> {
            Object body = exchange.getMessage().getBody();
            if (body instanceof Iterator<?> rows) {
                rows.forEachRemaining(this::read);
            } else if (body instanceof List<?> list) {
                list.forEach(this::read);
            } else {
                read(body);
            }
            then.process(exchange);
        };
    }

    private void read(Object row) {
        read.add(((Map<?, ?>) row).get("Name"));
    }

    private void nothingMoreIsRead(int number) {
        await().atMost(Duration.ofSeconds(30)).until(() -> read.size() >= number);
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(10)).until(() -> read.size() == number);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void whatIsRolledBackComesAgain(Form form) throws Exception {
        accounts(3);
        var first = new AtomicInteger(3);
        route(uri(form) + "&maxInFlight=1", reading(exchange -> exchange.setRollbackOnly(first.getAndDecrement() > 0)));
        await().atMost(Duration.ofSeconds(30)).until(() -> first.get() < -1 || form != Form.RECORD && first.get() < 0);
        nothingMoreIsRead(form == Form.RECORD ? 6 : 12);
    }

    @ParameterizedTest
    @CsvSource({"RECORD, STOP", "LIST, STOP", "STREAM, STOP", "RECORD, SKIP", "LIST, SKIP", "STREAM, SKIP"})
    void aFailedExchangeIsTreatedAlike(Form form, OnRecordFailure choice) throws Exception {
        accounts(3);
        var first = new AtomicInteger(1);
        route(uri(form) + "&maxInFlight=1&onRecordFailure=" + choice, reading(exchange -> {
            if (first.getAndDecrement() > 0) {
                throw new IllegalStateException("not today");
            }
        }));
        int again = form == Form.RECORD ? 1 : 3;
        nothingMoreIsRead(choice == OnRecordFailure.STOP ? 3 + again : 3);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void whatWasDeliveredIsEnteredInTheRepositoryAndDoesNotComeAfterARestart(Form form) throws Exception {
        var repository = new MemoryIdempotentRepository();
        context.getRegistry().bind("delivered", repository);
        accounts(3);
        route(
                uri(form) + "&idempotentRepository=#delivered&watermarkFile=" + directory.resolve("positions"),
                reading(exchange -> {}));
        await().until(() -> repository.getCacheSize() == 3);
        context.getRouteController().stopRoute("poll");
        account("later");
        clock.advance(Duration.ofSeconds(1));
        context.getRouteController().startRoute("poll");
        nothingMoreIsRead(4);
        assertThat(repository.getCacheSize()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"contains", "add"})
    void aRepositoryThatFailsIsHeardAndNothingIsLost(String method) throws Exception {
        var failures = new AtomicInteger(3);
        context.getRegistry().bind("delivered", new MemoryIdempotentRepository() {
            @Override
            public boolean contains(String key) {
                return super.contains(heard("contains", key));
            }

            @Override
            public boolean add(String key) {
                return super.add(heard("add", key));
            }

            private String heard(String called, String key) {
                if (called.equals(method) && failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("the database is down");
                }
                return key;
            }
        });
        accounts(3);
        var told = new CopyOnWriteArrayList<Throwable>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class)
                        .process(
                                exchange -> told.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from(uri("RECORD") + "&idempotentRepository=#delivered&bridgeErrorHandler=true")
                        .routeId("poll")
                        .process(reading(exchange -> {}));
            }
        });
        nothingMoreIsRead(3);
        assertThat(told).isNotEmpty().allSatisfy(heard -> assertThat(heard)
                .hasMessageContaining("the database is down"));
    }

    @Test
    void aStreamEndsItsWindowAndMakesNoEmptyExchanges() throws Exception {
        accounts(3);
        route(uri("STREAM"), reading(exchange -> {}));
        nothingMoreIsRead(3);
        assertThat(received).hasSize(1);
        clock.advance(Duration.ofSeconds(30));
        var control = component().watermarkControls().iterator().next();
        await().until(() -> control.watermark().orElseThrow().equals(clock.instant()));
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"RECORD, false", "LIST, false", "STREAM, false", "RECORD, true", "LIST, true", "STREAM, true"})
    void anErrorInARouteStepIsAFailureLikeAnyOther(Form form, boolean async) throws Exception {
        accounts(3);
        var first = new AtomicInteger(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                var route = from(uri(form) + "&maxInFlight=1").routeId("poll");
                if (async) {
                    route.toD("sftoolkit:limits?synchronous=false&lazyStartProducer=false")
                            .setBody(simple("${body}"));
                }
                route.process(exchange -> {
                    if (first.getAndDecrement() > 0) {
                        throw new StackOverflowError("deep");
                    }
                    received.add(exchange);
                });
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> !received.isEmpty());
    }

    @Test
    void atTheDailyLimitAPollerAsksOnceAMinuteAndHealthTells() throws Exception {
        accounts(3);
        emulator.faults().always(when("GET query"), Fault.limitReached(Fault.Limit.DAILY));
        route(uri("RECORD"), exchange -> {});
        await().until(() -> emulator.requests().count("GET query") == 1);
        await().until(() -> !component().watermarks().troubles().isEmpty());
        long before = emulator.requests().count();
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(10))
                .until(() -> emulator.requests().count() == before);
        assertThat(component().watermarks().troubles().get(0))
                .contains("route poll")
                .contains("next check in");
        assertThat(received).isEmpty();
    }

    @Test
    void aQueueTakesTheEndOfItsExchangesAlong() throws Exception {
        accounts(3);
        var first = new AtomicInteger(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("RECORD") + "&maxInFlight=1").routeId("poll").to("seda:work");
                from("seda:work").errorHandler(noErrorHandler()).process(reading(exchange -> {
                    if (first.getAndDecrement() > 0) {
                        throw new IllegalStateException("not today");
                    }
                }));
            }
        });
        nothingMoreIsRead(4);
    }

    @Test
    void anAggregatorEndsAnExchangeWhenItIsTakenIntoItsGroup() throws Exception {
        accounts(3);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("RECORD"))
                        .routeId("poll")
                        .aggregate(constant(true), new GroupedBodyAggregationStrategy())
                        .completionSize(10)
                        .process(reading(exchange -> {}));
            }
        });
        var control = component().watermarkControls().iterator().next();
        await("the position has passed it")
                .until(() -> control.watermark().filter(clock.instant()::equals).isPresent());
        assertThat(read).as("the group is incomplete").isEmpty();
        assertThat(control.inFlight()).isZero();
    }

    @Test
    void aListIsAGroupThatThePositionDoesNotPass() throws Exception {
        accounts(3);
        var first = new AtomicInteger(1);
        route(uri("LIST") + "&maxMessagesPerPoll=2&maxInFlight=1", reading(exchange -> {
            if (first.getAndDecrement() > 0) {
                throw new IllegalStateException("not today");
            }
        }));
        nothingMoreIsRead(5);
    }
}
