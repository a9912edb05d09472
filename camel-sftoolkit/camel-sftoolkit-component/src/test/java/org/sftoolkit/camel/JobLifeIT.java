package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.DefaultProducerTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.Fault.Moment;
import org.sftoolkit.emulator.fault.Fault.Point;

/** Jobs come to an end that is known: whatever the server says, and wherever the route is stopped. */
class JobLifeIT extends RouteTestSupport {

    private static final String SAVE = "sftoolkit:save:Account?via=";

    private Set<String> filesBefore;

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setPollInterval(5);
        options.setMaxPollInterval(20);
        options.setMaxRetries(1);
        options.setRequestTimeout(20_000);
    }

    @BeforeEach
    void lookAtFiles() throws IOException {
        filesBefore = temporaryFiles();
    }

    private static Set<String> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("sftoolkit-bulk-"))
                    .collect(Collectors.toSet());
        }
    }

    private List<String> states() {
        return emulator.bulk().jobs().stream()
                .map(job -> job.state().wireName())
                .toList();
    }

    private static List<Map<String, Object>> names(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> Map.<String, Object>of("Name", "N" + i))
                .toList();
    }

    private static Fault closedJob(String id, String state) {
        return Fault.answer(
                200,
                "{\"id\":\"" + id + "\",\"operation\":\"insert\",\"object\":\"Account\",\"state\":\"" + state
                        + "\",\"numberRecordsProcessed\":0,\"numberRecordsFailed\":0}");
    }

    // endless loads

    static Stream<Map<String, Object>> twoSpellings() {
        return Stream.of(
                Map.of("Name", "a", "name", "c"),
                Map.of("Name", "a", "NAME", "b", "name", "c"),
                Map.of("Name", "x", "parent", Map.of("Ext__c", "1"), "Parent", Map.of("Ext__c", "2")),
                Map.of("Name", "x", "Phone", "1", "phone", "2", "Industry", "Energy"));
    }

    @ParameterizedTest
    @MethodSource("twoSpellings")
    void aRecordWithTwoSpellingsOfAFieldMakesNoJobsWithoutEnd(Map<String, Object> record) {
        for (String uri : List.of(
                "sftoolkit:bulk:Account",
                "sftoolkit:bulk:Account?fields=Name,Phone,Parent.Ext__c",
                SAVE + "BULK",
                SAVE + "AUTO&bulkThreshold=1")) {
            int before = emulator.bulk().jobs().size();
            send(uri, List.of(Map.of("Name", "first"), record, Map.of("Name", "last")));
            assertThat(emulator.bulk().jobs().size() - before).as(uri).isLessThanOrEqualTo(2);
            assertThat(states()).as(uri).doesNotContain("Open", "UploadComplete", "InProgress");
        }
    }

    // states

    @ParameterizedTest
    @ValueSource(strings = {"Paused", "", "Open", "jobcomplete"})
    void unknownJobStateDoesNotBlockForever(String state) {
        emulator.bulk().change(BulkSettings.standard().manual());
        emulator.faults().always(when("GET jobs/ingest/{job}"), closedJob("7500000000000AA", state));
        emulator.faults().always(when("GET jobs/query/{job}"), closedJob("7500000000000AA", state));
        for (String uri : List.of("sftoolkit:bulk:Account", "sftoolkit:bulkQuery:Account?fields=Name")) {
            Exchange exchange = send(uri, uri.contains("Query") ? null : names(1));
            assertThat(exchange.getException())
                    .as(uri)
                    .isInstanceOf(SfToolkitException.class)
                    .hasMessageContaining("750");
        }
        emulator.faults().clear();
    }

    // counts

    @ParameterizedTest
    @CsvSource({"4, false", "6, false", "0, false", "5, true"})
    void rowsThatWereSentAreTheRowsThatTheJobTellsOf(int processed, boolean right) {
        emulator.faults()
                .always(
                        when("GET jobs/ingest/{job}"),
                        Fault.answer(
                                200,
                                "{\"id\":\"7500000000000AA\",\"operation\":\"insert\",\"object\":\"Account\","
                                        + "\"state\":\"JobComplete\",\"numberRecordsProcessed\":" + processed
                                        + ",\"numberRecordsFailed\":0}"));
        emulator.faults()
                .always(
                        when("GET jobs/ingest/{job}/unprocessedrecords"),
                        new Fault.Status(200, "text/csv", "\"Name\"\n", Map.of()));
        Exchange exchange = send("sftoolkit:bulk:Account", names(5));
        if (right) {
            assertThat(exchange.getException()).isNull();
        } else {
            assertThat(exchange.getException())
                    .isInstanceOf(BulkJobException.class)
                    .hasMessageContaining("5 rows were sent")
                    .hasMessageContaining("7500000000000AA");
        }
    }

    @Test
    void aJobThatIsCompleteWithoutItsCountsIsNotTrusted() {
        emulator.faults()
                .always(
                        when("GET jobs/ingest/{job}"),
                        Fault.answer(200, "{\"id\":\"7500000000000AA\",\"state\":\"JobComplete\"}"));
        assertThat(send("sftoolkit:bulk:Account", names(5)).getException()).isInstanceOf(SfToolkitException.class);
    }

    // closing

    @Test
    void lostCloseThatALateLookUpConfirmsSucceeds() {
        emulator.faults()
                .next(when("PATCH jobs/ingest/{job}"), Fault.dropConnection(Moment.BEFORE_ANSWER))
                .next(when("GET jobs/ingest/{job}"), closedJob("7500000000000AA", "Open"));
        Exchange exchange = send("sftoolkit:bulk:Account", names(10));
        assertThat(exchange.getException()).isNull();
        assertThat(emulator.org().count("Account")).isEqualTo(10);
    }

    @Test
    void aLostCloseOfWhichNothingIsLearntNamesItsJob() {
        emulator.faults()
                .next(when("PATCH jobs/ingest/{job}"), Fault.dropConnection(Moment.BEFORE_ANSWER))
                .always(when("GET jobs/ingest/{job}"), closedJob("7500000000000AA", "Open"));
        Exchange exchange = send("sftoolkit:bulk:Account", names(10));
        emulator.faults().clear();
        assertThat(exchange.getException()).isInstanceOfSatisfying(BulkJobException.class, failure -> {
            assertThat(failure.jobId()).isEqualTo(emulator.bulk().jobs().get(0).id());
            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContaining("is unknown");
        });
    }

    @Test
    void aCloseThatIsRefusedLeavesNoOpenJob() {
        emulator.faults().always(when("PATCH jobs/ingest/{job}"), Fault.status(400, "INVALIDJOB", "no"));
        Exchange exchange = send("sftoolkit:bulk:Account", names(10));
        assertThat(exchange.getException()).isInstanceOf(SfToolkitException.class);
        assertThat(emulator.org().count("Account")).isZero();
        emulator.faults().clear();
        emulator.faults().next(when("PATCH jobs/ingest/{job}"), Fault.status(400, "INVALIDJOB", "no"));
        assertThat(send("sftoolkit:bulk:Account", names(10)).getException()).hasMessageContaining("INVALIDJOB");
        assertThat(states().get(1)).isEqualTo("Aborted");
    }

    @ParameterizedTest
    @CsvSource({
        "sftoolkit:bulk:Account?jobTimeout=50, 1",
        "sftoolkit:bulk:Account?jobTimeout=50&externalIdField=External_ID__c, 3"
    })
    void aRedeliveryDoesNotInsertASecondTime(String uri, int jobs) throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:again")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                        .to(uri);
            }
        });
        Exchange exchange = send("direct:again", List.of(Map.of("Name", "a", "External_ID__c", "k")));
        assertThat(exchange.getException()).isInstanceOf(BulkJobException.class);
        assertThat(emulator.bulk().jobs()).hasSize(jobs);
        if (jobs == 1) {
            assertThat(exchange.getException()).hasMessageContaining("not loaded again");
        }
        emulator.bulk().runAll();
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }

    @Test
    void aSaveWhoseJobIsNotWaitedForToItsEndClaimsNoSuccess() {
        emulator.bulk().change(BulkSettings.standard().manual());
        Exchange exchange = send(SAVE + "BULK&jobTimeout=50", names(3));
        boolean toldByRecord = exchange.getMessage().getBody() instanceof SaveResults results
                && results.stream().noneMatch(SaveResult::success);
        assertThat(exchange.isFailed() || toldByRecord).isTrue();
        assertThat(emulator.bulk().jobs()).hasSize(1);
    }

    @Test
    void aPreparedJobThatIsNotNeededIsAborted() {
        Iterator<Object> unreadable = Stream.<Object>of(
                        Map.of("Name", "x", "name", "y"), Map.of("Name", "a"), Map.of("Name", "b"))
                .iterator();
        Exchange exchange = send(SAVE + "AUTO&bulkThreshold=2", unreadable);
        assertThat(exchange.getException() != null
                        || exchange.getMessage().getHeader(SfToolkitConstants.FAILED, 0, Integer.class) > 0)
                .isTrue();
        assertThat(states()).doesNotContain("Open");
    }

    // chains

    @Test
    void listsOfJobsThatComeBackEnd() {
        String job = "{\"id\":\"7500000000000AA\",\"state\":\"Open\"}";
        emulator.faults()
                .always(
                        when("GET jobs/ingest"),
                        Fault.answer(
                                200,
                                "{\"done\":false,\"nextRecordsUrl\":\"/services/data/v66.0/jobs/ingest"
                                        + "?queryLocator=L-1\",\"records\":[" + job + "]}"));
        assertThat(send("sftoolkit:bulkJob?action=list", null).getException())
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("L-1");
        assertThat(emulator.requests().count("GET jobs/ingest")).isLessThan(10);
        emulator.faults().clear();
        emulator.faults()
                .always(when("GET jobs/ingest"), Fault.answer(200, "{\"done\":false,\"records\":[" + job + "]}"));
        assertThat(send("sftoolkit:bulkJob?action=list", null).getException())
                .isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void aListWithAJobOfNoStateIsNotTrusted() {
        emulator.faults()
                .always(
                        when("GET jobs/ingest"),
                        Fault.answer(200, "{\"done\":true,\"records\":[{\"id\":\"7500000000000AA\"}]}"));
        assertThat(send("sftoolkit:bulkJob?action=list", null).getException())
                .isInstanceOf(UnreadableResponseException.class)
                .hasRootCauseMessage("IOException: a job without id or state");
    }

    @Test
    void listsOfResultPagesThatComeBackEnd() {
        emulator.org().insert("Account", Map.of("Name", "a"));
        emulator.faults()
                .always(
                        when("GET jobs/query/{job}/resultPages"),
                        Fault.answer(
                                200,
                                "{\"done\":false,\"nextRecordsUrl\":\"/services/data/v66.0/jobs/query/750"
                                        + "/resultpages?locator=L\",\"resultPages\":[]}"));
        Exchange exchange = send("sftoolkit:bulkQuery:Account?fields=Name&outputType=LIST", null);
        assertThat(exchange.getException()).isInstanceOf(UnreadableResponseException.class);
        assertThat(emulator.requests().count("GET jobs/query/{job}/resultPages"))
                .isLessThan(10);
    }

    // stops

    /** Where a load is when its route is stopped. */
    enum Step {
        SOURCE(null),
        CREATE("POST jobs/ingest"),
        UPLOAD("PUT jobs/ingest/{job}/batches"),
        CLOSE("PATCH jobs/ingest/{job}"),
        WAIT("GET jobs/ingest/{job}"),
        RETRY_PAUSE("POST jobs/ingest");

        private final String resource;

        Step(String resource) {
            this.resource = resource;
        }
    }

    static Stream<Arguments> stops() {
        return Stream.of(
                        "sftoolkit:bulk:Account?concurrency=2&maxJobBytes=2000",
                        "sftoolkit:bulk:Account?concurrency=2&maxJobBytes=2000&await=false",
                        SAVE + "BULK&concurrency=2&maxJobBytes=2000",
                        SAVE + "AUTO&bulkThreshold=10&concurrency=2&maxJobBytes=2000")
                .flatMap(uri -> Stream.of(Step.values())
                        .filter(step -> step != Step.WAIT || !uri.contains("await=false"))
                        .map(step -> Arguments.of(uri, step)));
    }

    @ParameterizedTest
    @MethodSource("stops")
    void aStopLeavesNoOpenJobNoFileAndNoExchange(String uri, Step step) throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        long struck = emulator.faults().struck();
        Duration pause = Duration.ofMillis(1_500);
        if (step == Step.RETRY_PAUSE) {
            emulator.faults()
                    .always(when(step.resource), new Fault.Status(503, "text/plain", "", Map.of("Retry-After", "60")));
        } else if (step == Step.UPLOAD) {
            emulator.faults().next(2, when(step.resource), Fault.stall(Point.IN_REQUEST));
        } else if (step != Step.WAIT && step != Step.SOURCE) {
            emulator.faults().next(when(step.resource), Fault.delay(pause));
        }
        var reached = new CompletableFuture<Void>();
        var released = new CompletableFuture<Void>();
        Iterator<Map<String, Object>> rows = rows(step, reached, released);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:load").routeId("load").to(uri);
            }
        });
        var template = (DefaultProducerTemplate) context.createProducerTemplate();
        template.setThreadedAsyncMode(false);
        CompletableFuture<Exchange> loading = template.asyncSend(
                "direct:load", exchange -> exchange.getMessage().setBody(rows));
        if (step == Step.SOURCE) {
            reached.get(20, TimeUnit.SECONDS);
        } else {
            Awaitility.await()
                    .until(() -> step == Step.WAIT
                            ? emulator.requests().count(step.resource) > 0
                            : emulator.faults().struck() > struck);
        }
        context.getShutdownStrategy().setTimeout(1);
        long begin = System.nanoTime();
        context.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("the stop waits for no time-out")
                .isLessThan(Duration.ofSeconds(9));
        released.complete(null);
        Exchange ended = loading.get(20, TimeUnit.SECONDS);
        // a save tells what became of each record
        boolean toldByRecord = ended.getMessage().getBody() instanceof SaveResults results
                && results.stream().noneMatch(SaveResult::success);
        assertThat(ended.isFailed() || toldByRecord || uri.contains("await=false"))
                .as(step.toString())
                .isTrue();
        Awaitility.await().untilAsserted(() -> {
            assertThat(temporaryFiles()).isSubsetOf(filesBefore);
            assertThat(states()).as("%s: %s", step, ended.getException()).doesNotContain("Open");
        });
    }

    /** Rows of several jobs; the source may come to a standstill. */
    private static Iterator<Map<String, Object>> rows(
            Step step, CompletableFuture<Void> reached, CompletableFuture<Void> released) {
        return IntStream.range(0, 2_000)
                .mapToObj(i -> {
                    if (step == Step.SOURCE && i == 240) {
                        reached.complete(null);
                        released.join();
                    }
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("Name", "Company with a name of some length " + i);
                    return row;
                })
                .iterator();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET query | sftoolkit:query:Account?fields=Id,Name&outputType=STREAM",
                "GET jobs/query/{job}/results | sftoolkit:bulkQuery:Account?fields=Id,Name",
                "GET jobs/query/{job}/results | sftoolkit:bulkQuery:Account?fields=Id,Name&outputType=CSV"
            })
    void aStopLeavesNoReaderWaiting(String resource, String uri) throws Exception {
        for (int i = 0; i < 300; i++) {
            emulator.org().insert("Account", Map.of("Name", "Company of some length " + i));
        }
        emulator.faults().next(when(resource), Fault.stall(Point.IN_BODY));
        var reading = new CompletableFuture<Void>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read").to(uri).process(exchange -> {
                    reading.complete(null);
                    Object body = exchange.getMessage().getBody();
                    if (body instanceof java.io.InputStream csv) {
                        csv.readAllBytes();
                    } else {
                        ((Iterator<?>) body).forEachRemaining(row -> {});
                    }
                });
            }
        });
        var template = (DefaultProducerTemplate) context.createProducerTemplate();
        template.setThreadedAsyncMode(false);
        CompletableFuture<Exchange> read = template.asyncSend("direct:read", exchange -> {});
        reading.get(20, TimeUnit.SECONDS);
        context.getShutdownStrategy().setTimeout(1);
        context.stop();
        assertThat(read.get(10, TimeUnit.SECONDS).getException())
                .as("the rows did not all come")
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftoolkit:bulkJob?action=results", "sftoolkit:bulkQuery:Account?fields=Name"})
    void aStopEndsTheWaitForAJob(String uri) throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        Object job = uri.contains("bulkJob")
                ? send("sftoolkit:bulk:Account?await=false", names(1))
                        .getMessage()
                        .getHeader(SfToolkitConstants.JOB_ID)
                : null;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wait").to(uri);
            }
        });
        var template = (DefaultProducerTemplate) context.createProducerTemplate();
        template.setThreadedAsyncMode(false);
        CompletableFuture<Exchange> waiting = template.asyncSend(
                "direct:wait", exchange -> exchange.getMessage().setBody(job));
        String resource = uri.contains("bulkJob") ? "GET jobs/ingest/{job}" : "GET jobs/query/{job}";
        Awaitility.await().until(() -> emulator.requests().count(resource) > 1);
        context.getShutdownStrategy().setTimeout(1);
        context.stop();
        Exchange ended = waiting.get(20, TimeUnit.SECONDS);
        assertThat(ended.getException())
                .isInstanceOf(BulkJobException.class)
                .hasMessageContaining(emulator.bulk().jobs().get(0).id());
        assertThat(states().get(0)).isEqualTo(uri.contains("bulkJob") ? "UploadComplete" : "Aborted");
    }
}
