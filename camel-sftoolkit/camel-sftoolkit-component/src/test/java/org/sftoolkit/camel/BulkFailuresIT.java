package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.body.UncachedStream;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.operation.ProgressListener;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.Fault.Moment;

/** Whatever step fails, before or after Salesforce has acted: every row arrives once. */
class BulkFailuresIT extends RouteTestSupport {

    private static final int ROWS = 300;

    @TempDir
    private Path folder;

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setPollInterval(5);
        options.setMaxPollInterval(20);
        options.setMaxRetries(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST jobs/ingest",
                "PUT jobs/ingest/{job}/batches",
                "PATCH jobs/ingest/{job}",
                "GET jobs/ingest/{job}",
                "GET jobs/ingest/{job}/successfulResults"
            })
    void everyRowArrivesOnceWhateverStepFails(String step) throws Exception {
        Path csv = Files.writeString(folder.resolve("rows.csv"), csv());
        List<Fault> faults = List.of(
                Fault.dropConnection(Moment.BEFORE_PROCESSING),
                Fault.dropConnection(Moment.BEFORE_ANSWER),
                Fault.dropConnection(Moment.IN_ANSWER),
                Fault.status(503),
                Fault.truncateBody());
        for (Fault fault : faults) {
            for (Object body : List.of(names(ROWS), csv)) {
                emulator.org().clear();
                emulator.faults().next(when(step), fault);
                BulkResult result = load("sftoolkit:bulk:Account", body);
                assertThat(emulator.org().all("Account"))
                        .as("%s, %s", step, fault)
                        .extracting(row -> row.get("Name"))
                        .containsExactlyInAnyOrderElementsOf(names(ROWS).stream()
                                .map(record -> record.get("Name"))
                                .toList());
                assertThat(list(result.successful())).as("%s, %s", step, fault).hasSize(ROWS);
                assertThat(result.jobs()).hasSize(1);
            }
        }
    }

    private static String csv() {
        return names(ROWS).stream().map(row -> row.get("Name") + "\n").collect(Collectors.joining("", "Name\n", ""));
    }

    @Test
    void aFileThatChangesBeforeItsUploadIsNotLoaded() throws Exception {
        Path csv = Files.writeString(folder.resolve("rows.csv"), csv());
        context.getRegistry().bind("changing", (ProgressListener) progress -> {
            try {
                Files.writeString(csv, "later\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Exchange exchange = send("sftoolkit:bulk:Account?progressListener=#changing", csv);
        assertThat(exchange.getException())
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("was changed while it was read");
        assertThat(emulator.bulk().jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.state().wireName()).isEqualTo("Aborted"));
        assertThat(emulator.org().count("Account")).isZero();
    }

    @Test
    void lostUploadGoesToAnotherJobAndTheFirstIsAborted() {
        emulator.faults().next(when("PUT jobs/ingest/{job}/batches"), Fault.dropConnection(Moment.BEFORE_ANSWER));
        BulkResult result = load("sftoolkit:bulk:Account", names(10));
        assertThat(emulator.bulk().jobs()).hasSize(2);
        assertThat(emulator.bulk().jobs().get(0).state().wireName()).isEqualTo("Aborted");
        assertThat(result.jobIds())
                .containsExactly(emulator.bulk().jobs().get(1).id());
        assertThat(emulator.requests().count("PUT jobs/ingest/{job}/batches")).isEqualTo(2);
    }

    @Test
    void lostCloseIsLookedUpAndNotRepeated() {
        emulator.faults().next(when("PATCH jobs/ingest/{job}"), Fault.dropConnection(Moment.BEFORE_ANSWER));
        load("sftoolkit:bulk:Account", names(10));
        assertThat(emulator.requests().count("PATCH jobs/ingest/{job}")).isEqualTo(1);
    }

    @Test
    void oneFailedJobOfSeveralLeavesTheOthersResults() {
        List<Map<String, Object>> records = new ArrayList<>(names(400));
        for (int i = 300; i < 400; i++) {
            records.set(i, Map.of("Name", "N" + i, "Nope__c", "x"));
        }
        Exchange exchange = send("sftoolkit:bulk:Account?concurrency=1", records);
        BulkJobException failure = exchange.getException(BulkJobException.class);
        assertThat(failure).hasMessageContaining("Field name not found : Nope__c");
        assertThat(failure.result().jobs()).hasSizeGreaterThanOrEqualTo(1);
        assertThat(list(failure.result().successful()).size()
                        + list(failure.result().unprocessed()).size())
                .isEqualTo(400);
    }

    @Test
    void lockedRowsAreSentAgainInAFurtherJob() {
        emulator.faults().lockRows(2, "Account", row -> "N3".equals(row.get("Name")) || "N7".equals(row.get("Name")));
        BulkResult result = load("sftoolkit:bulk:Account?retryRecords=2", names(10));
        assertThat(result.jobs()).hasSize(2);
        assertThat(result.processedCount()).isEqualTo(10);
        assertThat(result.failedCount()).isZero();
        assertThat(list(result.failed())).isEmpty();
        assertThat(list(result.successful())).hasSize(10);
        assertThat(emulator.org().count("Account")).isEqualTo(10);
    }

    @Test
    void questionsThatFailDoNotEndTheWait() {
        emulator.faults().next(8, when("GET jobs/ingest/{job}"), Fault.status(503));
        assertThat(load("sftoolkit:bulk:Account", names(10)).succeededCount()).isEqualTo(10);
    }

    @Test
    void twoHundredWaitingJobsUseNoThread() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        template.send("sftoolkit:bulk:Account?await=false", exchange -> exchange.getMessage()
                .setBody(names(1)));
        emulator.bulk().runAll();
        int threads = Thread.getAllStackTraces().size();
        var futures = IntStream.range(0, 200)
                .mapToObj(i -> template.asyncSend(
                        "direct:wait", exchange -> exchange.getMessage().setBody(List.of(Map.of("Name", "W" + i)))))
                .toList();
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        emulator.bulk().jobs().stream()
                                .filter(job -> !job.state().terminal()
                                        && job.state().wireName().equals("UploadComplete")))
                .hasSize(200));
        org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().entrySet().stream()
                        .filter(thread -> java.util.Arrays.stream(thread.getValue())
                                .anyMatch(frame -> frame.getClassName().startsWith("org.sftoolkit.camel.operation"))))
                .isEmpty());
        assertThat(Thread.getAllStackTraces().size()).isLessThan(threads + 40);
        emulator.bulk().change(BulkSettings.standard());
        for (var future : futures) {
            assertThat(future.get(60, java.util.concurrent.TimeUnit.SECONDS).getException())
                    .isNull();
        }
        assertThat(emulator.org().count("Account")).isEqualTo(201);
    }

    @Override
    protected org.apache.camel.builder.RouteBuilder createRouteBuilder() {
        return new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wait").to("sftoolkit:bulk:Account");
            }
        };
    }

    @Test
    void stopEndsTheWaitAndNamesTheJob() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        var waiting = template.asyncSend(
                "direct:wait", exchange -> exchange.getMessage().setBody(names(1)));
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(emulator.requests().count("GET jobs/ingest/{job}"))
                        .isPositive());
        context.getShutdownStrategy().setTimeout(1);
        context.stop();
        Exchange stopped = waiting.get(30, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(stopped.getException()).isInstanceOf(BulkJobException.class).hasMessageContaining("750");
    }

    private static List<Map<String, Object>> names(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> Map.<String, Object>of("Name", "N" + i))
                .toList();
    }

    private BulkResult load(String uri, Object body) {
        Exchange exchange = send(uri, body);
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange.getMessage().getBody(BulkResult.class);
    }

    private static List<BulkRow> list(Iterable<BulkRow> rows) {
        List<BulkRow> all = new ArrayList<>();
        rows.forEach(all::add);
        return all;
    }

    @Test
    void aLoadWhoseCloseCannotBeLearntOfIsNotToBeRepeated() {
        emulator.faults()
                .next(when("PATCH jobs/ingest/{job}"), Fault.dropConnection(Moment.BEFORE_ANSWER))
                .always(when("GET jobs/ingest/{job}"), Fault.status(503));
        Exchange exchange = send("sftoolkit:bulk:Account?await=false", names(10));
        emulator.faults().clear();
        assertThat(exchange.getException()).isInstanceOfSatisfying(SfToolkitException.class, failure -> {
            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContaining("is unknown");
        });
    }

    @Test
    void theSourceOfASaveIsClosedThoughNoJobIsToBeHad() {
        var closed = new java.util.concurrent.atomic.AtomicBoolean();
        var source =
                new java.io.ByteArrayInputStream(
                        "[{\"Name\":\"a\"},{\"Name\":\"b\"}]".getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };
        emulator.faults().always(when("POST jobs/ingest"), Fault.status(400, "INVALIDJOB", "no"));
        Exchange exchange = send("sftoolkit:save:Account?via=AUTO&bulkThreshold=1", new UncachedStream(source));
        assertThat(exchange.getException()).hasMessageContaining("INVALIDJOB");
        org.awaitility.Awaitility.await().untilTrue(closed);
    }
}
