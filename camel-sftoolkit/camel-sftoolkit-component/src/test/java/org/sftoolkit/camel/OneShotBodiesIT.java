package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.ConsumedBodyException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.emulator.fault.Fault;

/** Bodies that can be read once, in every place of a route that reads a body a second time. */
class OneShotBodiesIT extends SaveTestSupport {

    private static final String SAVE_ONCE = SAVE + "maxRetries=0&onPartialFailure=FAIL";
    private static final String BULK = "sftoolkit:bulk:Contact?maxRetries=0&bulkOperation=INSERT";
    private static final String JSON = "[{\"LastName\":\"a\"},{\"LastName\":\"b\"}]";

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private int routes;

    /** Carriers that the JDK has; each time a new one. */
    private static Map<String, Supplier<Object>> carriers() {
        List<Map<String, Object>> records = List.of(Map.of("LastName", "a"), Map.of("LastName", "b"));
        var carriers = new LinkedHashMap<String, Supplier<Object>>();
        carriers.put("Iterator", () -> new ArrayList<>(records).iterator());
        carriers.put("Iterable over an Iterator", () -> {
            Iterator<?> one = new ArrayList<>(records).iterator();
            return (Iterable<Object>) () -> cast(one);
        });
        carriers.put("Iterable that wraps an Iterator", () -> {
            Iterator<?> one = new ArrayList<>(records).iterator();
            return (Iterable<Object>) () -> new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return one.hasNext();
                }

                @Override
                public Object next() {
                    return one.next();
                }
            };
        });
        carriers.put("Stream", records::stream);
        carriers.put("InputStream", () -> new ByteArrayInputStream(JSON.getBytes(StandardCharsets.UTF_8)));
        carriers.put("Reader", () -> new StringReader("LastName\na\nb\n"));
        return carriers;
    }

    @SuppressWarnings("unchecked")
    private static Iterator<Object> cast(Iterator<?> some) {
        return (Iterator<Object>) some;
    }

    private Exchange run(Object body, Consumer<RouteDefinition> steps) throws Exception {
        String uri = "direct:once" + routes++;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                steps.accept(from(uri).streamCache("false"));
            }
        });
        return send(uri, body);
    }

    private void assertConsumed(String carrier, Throwable failure) {
        Throwable own = failure instanceof CamelExchangeException ? failure.getCause() : failure;
        assertThat(own)
                .as(carrier)
                .isInstanceOf(ConsumedBodyException.class)
                .hasMessageContaining("can be read only once")
                .hasMessageContaining("List");
    }

    private Processor caught() {
        return exchange -> failures.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    @Test
    void aRedeliveryFailsAndTellsTheFirstFailure() throws Exception {
        send("sftoolkit:limits", null); // the login is a POST too
        for (var carrier : carriers().entrySet()) {
            for (String uri : List.of(SAVE_ONCE.replace("Account", "Contact"), BULK)) {
                emulator.faults().next(1, when("POST *"), Fault.status(503, "SERVER_UNAVAILABLE", "busy"));
                Exchange done = run(carrier.getValue().get(), route -> route.errorHandler(
                                new org.apache.camel.builder.DefaultErrorHandlerBuilder()
                                        .maximumRedeliveries(2)
                                        .redeliveryDelay(1))
                        .to(uri));
                assertConsumed(carrier.getKey(), done.getException());
                assertThat(done.getException()).hasMessageContaining("SERVER_UNAVAILABLE");
            }
        }
        assertThat(emulator.org().count("Contact")).isZero();
    }

    @Test
    void theSecondBranchOfAMulticastFails() throws Exception {
        int loaded = 0;
        for (boolean parallel : new boolean[] {false, true}) {
            for (var carrier : carriers().entrySet()) {
                failures.clear();
                run(carrier.getValue().get(), route -> {
                    route.onException(ConsumedBodyException.class).process(caught());
                    var branches = route.multicast();
                    (parallel ? branches.parallelProcessing() : branches).to(SAVE.replace("Account", "Contact"), BULK);
                });
                assertThat(failures)
                        .as("%s, parallel %s", carrier.getKey(), parallel)
                        .hasSize(1);
                assertConsumed(carrier.getKey(), failures.peek());
                loaded += 2;
                assertThat(emulator.org().count("Contact")).as(carrier.getKey()).isEqualTo(loaded);
            }
        }
    }

    @Test
    void everyOtherSecondUseFails() throws Exception {
        String save = SAVE.replace("Account", "Contact");
        Map<String, Consumer<RouteDefinition>> uses = new LinkedHashMap<>();
        uses.put("catch", route -> route.doTry()
                .to(SAVE_ONCE.replace("Account", "Nothing"))
                .doCatch(Exception.class)
                .to(BULK)
                .end());
        uses.put("failover", route -> route.loadBalance().failover().to(SAVE_ONCE.replace("Account", "Nothing"), BULK));
        uses.put("loop", route -> route.loop(2).copy().to(save).end());
        uses.put("recipients", route -> route.recipientList(constant(save + "#" + BULK), "#")
                .stopOnException());
        uses.put(
                "enrich", route -> route.enrich(save, (before, after) -> before).to(BULK));
        uses.put("splitter", route -> route.split(body()).stop().end().to(BULK));
        for (var use : uses.entrySet()) {
            for (var carrier : carriers().entrySet()) {
                boolean splitsText = use.getKey().equals("splitter")
                        && (carrier.getKey().equals("InputStream")
                                || carrier.getKey().equals("Reader"));
                if (!splitsText) { // the splitter takes a stream for one part
                    Exchange done = run(carrier.getValue().get(), use.getValue());
                    assertConsumed(use.getKey() + " of " + carrier.getKey(), done.getException());
                }
            }
        }
    }

    private static org.apache.camel.builder.ValueBuilder constant(Object value) {
        return org.apache.camel.builder.Builder.constant(value);
    }

    private static org.apache.camel.builder.ValueBuilder body() {
        return org.apache.camel.builder.Builder.body();
    }

    @Test
    void aTappedBodyIsReadByOneOfTheTwo() throws Exception {
        for (var carrier : carriers().entrySet()) {
            failures.clear();
            int before = emulator.org().count("Contact");
            String tap = "direct:tap" + routes++;
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(ConsumedBodyException.class).process(caught());
                    from(tap).streamCache("false").to(BULK);
                    from(tap + "-main").streamCache("false").wireTap(tap).to(SAVE.replace("Account", "Contact"));
                }
            });
            send(tap + "-main", carrier.getValue().get());
            await().untilAsserted(
                            () -> assertThat(failures).as(carrier.getKey()).hasSize(1));
            await().untilAsserted(
                            () -> assertThat(emulator.org().count("Contact")).isEqualTo(before + 2));
        }
    }

    @Test
    void rowsOfOurOwnThatWereBegunAreRefused() throws Exception {
        emulator.org().insert("Contact", Map.of("LastName", "a"));
        emulator.org().insert("Contact", Map.of("LastName", "b"));
        for (String query : List.of(
                "sftoolkit:query:Contact?fields=Id,LastName&outputType=STREAM",
                "sftoolkit:bulkQuery:Contact?fields=Id,LastName",
                "sftoolkit:query:Contact?fields=Id,LastName&outputType=STREAM&type=java.util.TreeMap")) {
            for (String uri : List.of(
                    SAVE + "mode=UPDATE", "sftoolkit:bulk:Contact?bulkOperation=UPDATE", "sftoolkit:delete:Contact")) {
                Exchange one = run(null, route -> route.to(query)
                        .process(
                                exchange -> ((Iterator<?>) exchange.getMessage().getBody()).next())
                        .to(uri));
                assertConsumed(query, one.getException());
                Exchange all = run(
                        null,
                        route -> route.to(query).split(body()).stop().end().to(uri));
                assertConsumed(query, all.getException());
            }
        }
        assertThat(emulator.org().count("Contact")).isEqualTo(2);
    }

    @Test
    void rowsOfAJobThatWereBegunAreRefused() throws Exception {
        Exchange done = run(List.of(Map.of("LastName", "a"), Map.of("LastName", "b")), route -> route.to(BULK)
                .process(exchange -> {
                    var rows = exchange.getMessage().getBody(BulkResult.class).successful();
                    rows.next();
                    exchange.getMessage().setBody(rows);
                })
                .to("sftoolkit:save:Contact"));
        assertConsumed("BulkRows", done.getException());
    }

    @Test
    void anEmptyAnswerOfOurOwnIsAnEmptyList() throws Exception {
        for (String query : List.of(
                "sftoolkit:query:Contact?fields=Id,LastName&outputType=STREAM",
                "sftoolkit:bulkQuery:Contact?fields=Id,LastName")) {
            Exchange done = run(null, route -> route.to(query).to(SAVE + "mode=UPDATE"));
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getBody()).isEqualTo(List.of());
        }
        assertThat(send(SAVE, Stream.of()).getException()).isNull();
        assertThat(send(SAVE, List.of()).getException()).isNull();
        assertThat(send(SAVE, new Object[0]).getException()).isNull();
    }

    @Test
    void aBodyOfWhichNothingWasTakenIsRead() throws Exception {
        var untouched = new ByteArrayInputStream(JSON.getBytes(StandardCharsets.UTF_8));
        Exchange file = run(untouched, route -> route.doTry()
                .to("sftoolkit:upload:Nothing")
                .doCatch(Exception.class)
                .end()
                .to(SAVE.replace("Account", "Contact")));
        assertThat(file.getException()).isNull();
        assertThat(emulator.org().count("Contact")).isEqualTo(2);
    }

    @Test
    void aBodyThatWasNotReadIsClosedWithItsExchange() throws Exception {
        var closed = new AtomicBoolean();
        var content = new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        assertThat(run(content, route -> route.to("sftoolkit:upload:Nothing")).getException())
                .isNotNull();
        assertThat(closed).isTrue();
    }

    @Test
    void aRepeatableIterableAndCamelsStreamCacheAreReadAgain() throws Exception {
        List<Map<String, Object>> records = List.of(Map.of("LastName", "a"), Map.of("LastName", "b"));
        Iterable<Object> repeatable = () -> cast(records.iterator());
        Exchange twice = run(repeatable, route -> route.loop(2)
                .copy()
                .to(SAVE.replace("Account", "Contact"))
                .end());
        assertThat(twice.getException()).isNull();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:cached").loop(2).copy().to(SAVE.replace("Account", "Contact"));
            }
        });
        assertThat(send("direct:cached", new ByteArrayInputStream(JSON.getBytes(StandardCharsets.UTF_8)))
                        .getException())
                .isNull();
        assertThat(emulator.org().count("Contact")).isEqualTo(8);
    }

    @Test
    void partsOfAStreamAreNoFile() throws Exception {
        var file = java.nio.file.Files.createTempFile("part", ".bin");
        java.nio.file.Files.writeString(file, "0123456789");
        try (InputStream opened = new java.io.FileInputStream(file.toFile())) {
            for (InputStream part : List.of(opened, new ByteArrayInputStream(new byte[10]))) {
                Exchange done = run(part, route -> route.process(exchange ->
                                exchange.getMessage().getBody(InputStream.class).read(new byte[4]))
                        .to("sftoolkit:upload:ContentVersion?fileName=a.bin"));
                assertConsumed(part.getClass().getName(), done.getException());
            }
        } finally {
            java.nio.file.Files.delete(file);
        }
        assertThat(emulator.org().count("ContentVersion")).isZero();
    }

    @Test
    void aStreamThatARefusedOperationDidNotReadIsClosed() throws Exception {
        emulator.faults().always(when("POST oauth2/token"), Fault.loginRefused("invalid_client", "no such app"));
        emulator.faults().always(when("POST jobs/ingest"), Fault.status(400, "INVALIDENTITY", "no jobs here"));
        for (String uri : List.of(
                "sftoolkit:save:Account?maxRetries=0",
                "sftoolkit:save:Account?via=BULK&maxRetries=0",
                "sftoolkit:save:Account?via=AUTO&maxRetries=0",
                "sftoolkit:bulk:Account?maxRetries=0",
                "sftoolkit:upload:ContentVersion?fileName=a.txt&maxRetries=0",
                "sftoolkit:upload:Nothing?fileName=a.txt&maxRetries=0",
                "sftoolkit:raw?method=POST&path=sobjects/Account&maxRetries=0",
                "sftoolkit:composite?maxRetries=0",
                "sftoolkit:delete:Account?maxRetries=0",
                "sftoolkit:fetch:Account?maxRetries=0",
                "sftoolkit:save:Account?apiVersion=latest&maxRetries=0&onPartialFailure=FAIL")) {
            var closed = new AtomicBoolean();
            var content = new ByteArrayInputStream(JSON.getBytes(StandardCharsets.UTF_8)) {
                @Override
                public void close() {
                    closed.set(true);
                }
            };
            run(content, route -> route.to(uri));
            await().untilAsserted(() -> assertThat(closed).as(uri).isTrue());
        }
    }

    @Test
    void whatWasWrittenToAFileIsNotWrittenAgainAsAnEmptyOne(@org.junit.jupiter.api.io.TempDir java.nio.file.Path dir)
            throws Exception {
        emulator.org().insert("Contact", Map.of("LastName", "a"));
        for (String source : List.of(
                "sftoolkit:query:Contact?fields=Id&outputType=STREAM",
                "sftoolkit:bulkQuery:Contact?fields=Id",
                "sftoolkit:bulkQuery:Contact?fields=Id&outputType=CSV")) {
            String name = "file:" + dir + "?fileName=" + routes;
            Exchange done = run(null, route -> route.to(source).to(name + "a").to(name + "b"));
            assertThat(done.getException()).as(source).hasRootCauseInstanceOf(ConsumedBodyException.class);
        }
        try (var files = java.nio.file.Files.list(dir)) {
            assertThat(files.filter(file -> file.toString().endsWith("a")))
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        }
    }
}
