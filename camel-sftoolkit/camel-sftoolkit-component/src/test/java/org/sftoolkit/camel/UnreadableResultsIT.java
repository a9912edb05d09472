package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.DrivenClock;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;

/**
 * Results of jobs that are something else than they should be: whoever reads them gets all rows, or a failure; never fewer rows
 * without a word.
 */
class UnreadableResultsIT extends RouteTestSupport {

    private static final int ROWS = 7;
    private static final String PAGE = "<html>\n<head><title>Down</title></head>\n<body>Back soon</body>\n</html>\n";

    /** What is wrong with an answer. */
    enum Defect {
        HTML(Fault.replaceBody("text/html", PAGE), true),
        HTML_OF_ONE_LINE(Fault.replaceBody("text/html", "<html>down</html>"), true),
        HTML_CALLED_CSV(Fault.replaceBody("text/csv", PAGE), true),
        EMPTY_OBJECT(Fault.replaceBody("application/json", "{}"), true),
        EMPTY_OBJECT_CALLED_CSV(Fault.replaceBody("text/csv", "{}"), true),
        CSV_CALLED_JSON(Fault.mediaType("application/json"), true),
        NOTHING(Fault.replaceBody("text/csv", ""), true),
        BLANK_LINE(Fault.replaceBody("text/csv", "\n"), true),
        OTHER_COLUMNS(Fault.replaceBody("text/csv", "\"Down for maintenance\"\n\"a\"\n\"b\"\n\"c\"\n"), true),
        HEADER_ONLY(Fault.dropLines(3), true),
        ONE_ROW_LESS(Fault.dropLines(1), true),
        CUT(Fault.truncateBody(), true),
        ONE_CELL_MORE(Fault.replaceBody("text/csv", "\"Name\"\n\"N0\"\n\"N1\",\"x\"\n\"N2\"\n"), true),
        RESULTS_WITHOUT_ID(
                Fault.replaceBody(
                        "text/csv",
                        "\"sf__Created\",\"sf__Error\",\"Name\"\n"
                                + IntStream.range(0, ROWS)
                                        .mapToObj(i -> "\"false\",\"X:y:--\",\"N" + i + "\"\n")
                                        .collect(Collectors.joining())),
                true),
        COUNT_TOO_HIGH(Fault.withHeader("Sforce-NumberOfRecords", "9"), true),
        COUNT_TOO_LOW(Fault.withHeader("Sforce-NumberOfRecords", "1"), true),
        COUNT_MISSING(Fault.withoutHeaders("Sforce-NumberOfRecords"), false),
        COUNT_NO_NUMBER(Fault.withHeader("Sforce-NumberOfRecords", "many"), false),
        LOCATOR_MISSING(Fault.withoutHeaders("Sforce-Locator"), false),
        BOTH_MISSING(Fault.withoutHeaders("Sforce-Locator", "Sforce-NumberOfRecords"), false),
        LOCATOR_REPEATED(Fault.repeatLocator(), false);

        private final Fault fault;
        /** Whether nothing can prove the rows to be right, for as long as all answers are so. */
        private final boolean hopeless;

        Defect(Fault fault, boolean hopeless) {
            this.fault = fault;
            this.hopeless = hopeless;
        }
    }

    /** The rows are right; ingest results do not have these headers. */
    private static final Set<Defect> HEADERS_ONLY = EnumSet.of(
            Defect.COUNT_MISSING,
            Defect.COUNT_NO_NUMBER,
            Defect.LOCATOR_MISSING,
            Defect.BOTH_MISSING,
            Defect.LOCATOR_REPEATED);

    /** Who reads. */
    enum Reader {
        QUERY_STREAM("GET jobs/query/{job}/results"),
        QUERY_CHAIN("GET jobs/query/{job}/results"),
        QUERY_LIST("GET jobs/query/{job}/results"),
        QUERY_CSV("GET jobs/query/{job}/results"),
        QUERY_CSV_CHAIN("GET jobs/query/{job}/results"),
        /** The answer to its creation says that the job is complete, and so has no counts. */
        QUERY_OF_COMPLETE_JOB("GET jobs/query/{job}/results"),
        JOB_RESULTS("GET jobs/query/{job}/results"),
        SUCCESSFUL("GET jobs/ingest/{job}/successfulResults"),
        FAILED("GET jobs/ingest/{job}/failedResults"),
        UNPROCESSED("GET jobs/ingest/{job}/unprocessedrecords");

        private final String resource;

        Reader(String resource) {
            this.resource = resource;
        }

        boolean query() {
            return resource.contains("/query/");
        }
    }

    /** On which rows are tried first; null if they are not. */
    private Vertx loop;

    private final DrivenClock clock = new DrivenClock(Instant.parse("2026-03-01T12:00:00Z"));

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.clock(clock);
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setPollInterval(5);
        options.setMaxPollInterval(20);
        options.setMaxRetries(1);
    }

    /** One case of a reader that meets a defect. */
    @FunctionalInterface
    private interface Case {
        void run(Reader reader, Defect defect) throws Exception;
    }

    /** A test for each pair; all have the context and the org in common, which each finds empty. */
    private Stream<DynamicTest> pairs(Case test) {
        return pairs(test, EnumSet.allOf(Reader.class), EnumSet.allOf(Defect.class));
    }

    private Stream<DynamicTest> pairs(Case test, Set<Reader> readers, Set<Defect> defects) {
        return readers.stream().flatMap(reader -> defects.stream()
                .filter(defect -> meets(reader, defect))
                .map(defect -> DynamicTest.dynamicTest(reader + " meets " + defect, () -> {
                    emulator.faults().clear();
                    emulator.org().clear();
                    test.run(reader, defect);
                })));
    }

    /** Ingest results have neither announced counts nor pages, and what was not processed no columns of its own either. */
    private static boolean meets(Reader reader, Defect defect) {
        Set<Defect> untold = EnumSet.of(
                Defect.NOTHING,
                Defect.BLANK_LINE,
                Defect.OTHER_COLUMNS,
                Defect.HEADER_ONLY,
                Defect.ONE_ROW_LESS,
                Defect.CUT,
                Defect.RESULTS_WITHOUT_ID);
        return reader.query()
                || !HEADERS_ONLY.contains(defect) && !(reader == Reader.UNPROCESSED && untold.contains(defect));
    }

    @TestFactory
    Stream<DynamicTest> oneWrongAnswerIsAskedForAgain() {
        return pairs((reader, defect) -> {
            Read prepared = prepare(reader);
            emulator.faults().next(when(reader.resource), defect.fault);
            assertThat(prepared.names()).containsExactlyInAnyOrderElementsOf(expected());
        });
    }

    @TestFactory
    Stream<DynamicTest> wrongAnswersOnlyNeverPassForTheRows() {
        return pairs(this::readsAllRowsOrFails);
    }

    /** Pages that are listed are read even if none of them says how many rows it has, or which page follows. */
    @TestFactory
    Stream<DynamicTest> theCountOfTheJobProvesThatAllRowsOfListedPagesHaveCome() {
        return pairs(
                (reader, defect) -> {
                    Read prepared = prepare(reader);
                    emulator.faults().always(when(reader.resource), defect.fault);
                    assertThat(prepared.names()).containsExactlyInAnyOrderElementsOf(expected());
                },
                EnumSet.of(Reader.QUERY_STREAM, Reader.QUERY_LIST, Reader.QUERY_CSV, Reader.QUERY_OF_COMPLETE_JOB),
                EnumSet.of(Defect.COUNT_MISSING, Defect.LOCATOR_MISSING, Defect.BOTH_MISSING, Defect.LOCATOR_REPEATED));
    }

    /** Refused there, it has read nothing; so that no rows are missing when it is read where it may wait. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"QUERY_LIST", "QUERY_CSV", "QUERY_CSV_CHAIN"})
    void whatAnEventLoopTriedToReadIsReadWholeElsewhere(Reader reader) throws Exception {
        Read prepared = prepare(reader);
        loop = Vertx.vertx();
        try {
            assertThat(prepared.names()).containsExactlyInAnyOrderElementsOf(expected());
        } finally {
            loop.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private void triedOnAnEventLoop(Iterator<?> rows) throws Exception {
        if (loop != null) {
            var tried = new CountDownLatch(1);
            var refused = new AtomicBoolean();
            loop.runOnContext(on -> {
                try {
                    rows.hasNext();
                } catch (IllegalStateException noWait) {
                    refused.set(noWait.getMessage().contains("is an event loop"));
                } finally {
                    tried.countDown();
                }
            });
            assertThat(tried.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(refused).isTrue();
        }
    }

    private void readsAllRowsOrFails(Reader reader, Defect defect) throws Exception {
        Read prepared = prepare(reader);
        emulator.faults().always(when(reader.resource), defect.fault);
        List<String> names;
        try {
            names = prepared.names();
        } catch (UnreadableResponseException failure) {
            assertThat(failure.retryable()).isTrue();
            return;
        }
        assertThat(defect.hopeless).as("read as %s", names).isFalse();
        assertThat(names).containsExactlyInAnyOrderElementsOf(expected());
    }

    /** The position of an initial load passes rows that were delivered, and no others. */
    @ParameterizedTest
    @EnumSource
    void aPollerPassesNoRowsThatItHasNotRead(Defect defect) throws Exception {
        emulator.bulk().change(BulkSettings.standard().withPageRows(3));
        expected().forEach(name -> emulator.org().insert("Account", Map.of("Name", name)));
        clock.advance(Duration.ofMinutes(1));
        emulator.faults().next(12, when("GET jobs/query/{job}/results"), defect.fault);
        var delivered = new ConcurrentLinkedQueue<String>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sftoolkit:query:Account?fields=Id,Name,SystemModstamp&initialLoad=BULK&initialWatermark=BEGINNING"
                                + "&delay=20&initialDelay=0&settleDelay=0&concurrency=1")
                        .routeId("poller")
                        .process(exchange -> delivered.add(exchange.getMessage()
                                .getBody(SObject.class)
                                .get("Name")
                                .toString()));
            }
        });
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(delivered)
                .containsExactlyInAnyOrderElementsOf(expected()));
    }

    /** Reads rows; throws what the reader of a route meets. */
    @FunctionalInterface
    private interface Read {
        List<String> names() throws Exception;
    }

    private static List<String> expected() {
        return IntStream.range(0, ROWS).mapToObj(i -> "N" + i).toList();
    }

    private Read prepare(Reader reader) {
        emulator.bulk().change(BulkSettings.standard().withPageRows(3));
        if (reader.query()) {
            expected().forEach(name -> emulator.org().insert("Account", Map.of("Name", name)));
        }
        String query = "sftoolkit:bulkQuery:Account?fields=Name";
        return switch (reader) {
            case QUERY_STREAM -> () -> read(query, null);
            case QUERY_CHAIN -> () -> read(query + "&concurrency=1", null);
            case QUERY_LIST -> () -> read(query + "&outputType=LIST", null);
            case QUERY_CSV -> () -> read(query + "&outputType=CSV", null);
            case QUERY_CSV_CHAIN -> () -> read(query + "&outputType=CSV&concurrency=1", null);
            case QUERY_OF_COMPLETE_JOB -> {
                Object job = send(query, null).getMessage().getHeader(SfToolkitConstants.JOB_ID);
                String complete = "{\"id\":\"" + job + "\",\"operation\":\"query\",\"object\":\"Account\","
                        + "\"state\":\"JobComplete\"}";
                emulator.faults().next(when("POST jobs/query"), Fault.replaceBody("application/json", complete));
                yield () -> read(query, null);
            }
            case JOB_RESULTS -> {
                Object job = send(query, null).getMessage().getHeader(SfToolkitConstants.JOB_ID);
                yield () -> read("sftoolkit:bulkJob?action=results", job);
            }
            case SUCCESSFUL -> rows(BulkResult::successful, "Name");
            case FAILED -> {
                emulator.faults().lockRows(ROWS, "Account", row -> true);
                yield rows(BulkResult::failed, "Name");
            }
            case UNPROCESSED -> rows(BulkResult::unprocessed, "Nope__c");
        };
    }

    private Read rows(java.util.function.Function<BulkResult, Iterator<BulkRow>> part, String column) {
        Exchange exchange = send(
                "sftoolkit:bulk:Account?await=false",
                expected().stream().map(name -> Map.of(column, name)).toList());
        // a job without any row that can be written may have failed before anybody looked
        Object job = exchange.getException() instanceof BulkJobException failed
                ? failed.jobId()
                : exchange.getMessage().getHeader(SfToolkitConstants.JOB_ID);
        assertThat(job).isNotNull();
        return () -> {
            var names = new ArrayList<String>();
            Exchange read = template.request("direct:results", results -> {
                results.getMessage().setBody(job);
                results.setProperty("part", part);
                results.setProperty("names", names);
                results.setProperty("column", column);
            });
            rethrow(read);
            return names;
        };
    }

    private List<String> read(String uri, Object body) {
        var names = new ArrayList<String>();
        rethrow(template.request("direct:rows", exchange -> {
            exchange.getMessage().setBody(body);
            exchange.setProperty("uri", uri);
            exchange.setProperty("names", names);
        }));
        return names;
    }

    private static void rethrow(Exchange exchange) {
        if (exchange.getException() != null) {
            UnreadableResponseException failure = exchange.getException(UnreadableResponseException.class);
            assertThat(failure).as("typed, not %s", exchange.getException()).isNotNull();
            throw failure;
        }
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws Exception;
    }

    /** Reads all; whoever reads on after a failure gets it again, and neither the rows behind the gap nor an end. */
    private static void drain(Reading all, Callable<?> more) throws Exception {
        try {
            all.run();
        } catch (IOException | RuntimeException failure) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(more::call).isSameAs(failure);
            }
            throw failure;
        }
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            @SuppressWarnings("unchecked")
            public void configure() {
                from("direct:rows").toD("${exchangeProperty.uri}").process(exchange -> {
                    List<String> names = exchange.getProperty("names", List.class);
                    Object body = exchange.getMessage().getBody();
                    if (body instanceof InputStream csv) {
                        var text = new ByteArrayOutputStream();
                        drain(() -> csv.transferTo(text), csv::read);
                        text.toString(StandardCharsets.UTF_8)
                                .lines()
                                .skip(1)
                                .forEach(line -> names.add(line.replace("\"", "")));
                    } else {
                        Iterator<SObject> rows = ((Iterable<SObject>) body).iterator();
                        triedOnAnEventLoop(rows);
                        drain(
                                () -> rows.forEachRemaining(row -> names.add(String.valueOf(row.get("Name")))),
                                rows::next);
                    }
                });
                from("direct:results").to("sftoolkit:bulkJob?action=results").process(exchange -> {
                    List<String> names = exchange.getProperty("names", List.class);
                    var part =
                            (java.util.function.Function<BulkResult, Iterator<BulkRow>>) exchange.getProperty("part");
                    String column = exchange.getProperty("column", String.class);
                    Iterator<BulkRow> rows = part.apply(exchange.getMessage().getBody(BulkResult.class));
                    triedOnAnEventLoop(rows);
                    drain(
                            () -> rows.forEachRemaining(
                                    row -> names.add(row.cells().get(column))),
                            rows::next);
                });
            }
        };
    }
}
