package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.bulk.BulkQueryRows;
import org.sftoolkit.camel.error.DuplicateLoadException;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;

/** Jobs in a store: loads with a name, and results that are delivered by a route of their own. */
class JobStoreIT extends RouteTestSupport {

    static final String NIGHTLY = "sftoolkit:bulk:Account?loadName=nightly&maxJobBytes=200";

    @TempDir
    Path folder;

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setPollInterval(5);
        options.setMaxPollInterval(20);
        options.setMaxRetries(0);
    }

    @BeforeEach
    void keepJobs() {
        keepJobsIn(options());
    }

    /** Names the store. */
    void keepJobsIn(SfToolkitConfiguration options) {
        options.setJobFile(folder.resolve("jobs").toString());
    }

    private SfToolkitConfiguration options() {
        return context.getComponent("sftoolkit", SfToolkitComponent.class).getConfiguration();
    }

    static String csv(int rows) {
        var csv = new StringBuilder("Name\n");
        IntStream.range(0, rows)
                .forEach(i -> csv.append("Company number ").append(i).append('\n'));
        return csv.toString();
    }

    List<String> names() {
        return emulator.org().all("Account").stream()
                .map(record -> String.valueOf(record.get("Name")))
                .toList();
    }

    static Exchange succeeded(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    List<Exchange> deliveries(String uri, AtomicInteger failures) throws Exception {
        List<Exchange> delivered = Collections.synchronizedList(new ArrayList<>());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri + (uri.contains("?") ? "&" : "?") + "initialDelay=0"
                                + (uri.contains("delay=") ? "" : "&delay=20"))
                        .routeId("jobs")
                        .process(exchange -> {
                            if (failures.getAndDecrement() > 0) {
                                throw new IllegalStateException("not now");
                            }
                            Object body = exchange.getMessage().getBody();
                            if (body instanceof BulkQueryRows rows) {
                                var list = new ArrayList<Object>();
                                rows.forEachRemaining(list::add);
                                exchange.getMessage().setBody(list);
                            }
                            delivered.add(exchange);
                        });
            }
        });
        return delivered;
    }

    @Test
    void theSecondStartOfANightlyLoadIsFoundOutAndSendsNothing() {
        BulkResult first = succeeded(send(NIGHTLY, csv(30))).getMessage().getBody(BulkResult.class);
        assertThat(first.succeededCount()).isEqualTo(30);
        long calls = emulator.requests().count("POST jobs/ingest");
        Exchange second = send(NIGHTLY, csv(30));
        assertThat(second.getException())
                .isInstanceOf(DuplicateLoadException.class)
                .hasMessageContaining("loadName=nightly")
                .hasMessageContaining("was done before");
        assertThat(emulator.requests().count("POST jobs/ingest")).isEqualTo(calls);
        succeeded(send(NIGHTLY, csv(1), Map.of(SfToolkitConstants.LOAD_NAME, "nightly-2")));
        assertThat(names()).hasSize(31);
    }

    @Test
    void aLoadThatFailedInTheMiddleContinuesWithWhatIsMissing() {
        emulator.faults().next(2, when("POST jobs/ingest"), Fault.delay(Duration.ZERO));
        emulator.faults().always(when("POST jobs/ingest"), Fault.status(503));
        Exchange failed = send(NIGHTLY + "&concurrency=1", csv(60));
        assertThat(failed.getException()).isNotNull();
        int before = names().size();
        assertThat(before).isPositive().isLessThan(60);
        emulator.faults().clear();
        BulkResult result = succeeded(send(NIGHTLY + "&concurrency=1", csv(60)))
                .getMessage()
                .getBody(BulkResult.class);
        assertThat(result.succeededCount()).isEqualTo(60);
        assertThat(names()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void aLoadWhoseRouteFailedAfterItGivesItsResultAgainAndLoadsNothing() throws Exception {
        var failures = new AtomicInteger(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:load").to(NIGHTLY).process(exchange -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("the disk is full");
                    }
                });
            }
        });
        assertThat(send("direct:load", csv(30)).getException()).isInstanceOf(IllegalStateException.class);
        BulkResult again = succeeded(send("direct:load", csv(30))).getMessage().getBody(BulkResult.class);
        assertThat(again.succeededCount()).isEqualTo(30);
        assertThat(names()).hasSize(30);
        assertThat(send("direct:load", csv(30)).getException()).isInstanceOf(DuplicateLoadException.class);
    }

    @Test
    void theObjectOfANameMayBeWrittenInAnyCase() {
        succeeded(send("sftoolkit:bulk:account?loadName=nightly", csv(3)));
        assertThat(send("sftoolkit:bulk:Account?loadName=nightly", csv(3)).getException())
                .isInstanceOf(DuplicateLoadException.class);
        assertThat(names()).hasSize(3);
    }

    @Test
    void oneRecordIsNoLoadAndIsRefusedUnderAName() {
        String uri = "sftoolkit:save:Account?via=BULK";
        Map<String, Object> record = Map.of("Name", "Acme");
        assertThat(send(uri + "&loadName=one", record).getException())
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("loadName=one")
                .hasMessageContaining("put it into a list");
        assertThat(send(uri, record, Map.of(SfToolkitConstants.LOAD_NAME, "one"))
                        .getException())
                .isInstanceOf(InvalidBodyException.class);
        assertThat(names()).isEmpty();
        succeeded(send(uri + "&loadName=one", List.of(record)));
        assertThat(send(uri + "&loadName=one", List.of(record)).getException())
                .isInstanceOf(DuplicateLoadException.class);
        assertThat(names()).hasSize(1);
    }

    @Test
    void aHeaderWithoutATextIsNoName() {
        for (Object name : List.of(Map.of("a", 1), List.of("x"), new Object())) {
            assertThat(send("sftoolkit:bulk:Account", csv(1), Map.of(SfToolkitConstants.LOAD_NAME, name))
                            .getException())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(
                            "loadName was given a " + name.getClass().getName());
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void otherDataUnderTheNameOfAnUnfinishedLoadIsRefused() {
        emulator.faults().next(when("PATCH jobs/ingest/{job}"), Fault.status(503));
        emulator.faults().always(when("GET jobs/ingest/{job}"), Fault.status(503));
        assertThat(send(NIGHTLY, csv(3)).getException()).isNotNull();
        emulator.faults().clear();
        assertThat(send(NIGHTLY, csv(4)).getException())
                .isInstanceOf(DuplicateLoadException.class)
                .hasMessageContaining("begun with other data")
                .hasMessageContaining("loadName");
        succeeded(send(NIGHTLY, csv(3)));
        assertThat(names()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void aSaveThroughBulkContinuesToo() {
        List<Map<String, Object>> records = IntStream.range(0, 40)
                .mapToObj(i -> Map.<String, Object>of("Name", "Company number " + i))
                .toList();
        String uri =
                "sftoolkit:save:Account?via=BULK&loadName=sync&maxJobBytes=200&onPartialFailure=FAIL&concurrency=1";
        emulator.faults().next(2, when("POST jobs/ingest"), Fault.delay(Duration.ZERO));
        emulator.faults().always(when("POST jobs/ingest"), Fault.status(503));
        assertThat(send(uri, records).getException()).isNotNull();
        emulator.faults().clear();
        SaveResults results = succeeded(send(uri, records)).getMessage().getBody(SaveResults.class);
        assertThat(results).hasSize(40).allMatch(result -> result.success() && result.id() != null);
        assertThat(names()).hasSize(40).doesNotHaveDuplicates();
        assertThat(send(uri, records).getException()).isInstanceOf(DuplicateLoadException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftoolkit:bulk:Account", "sftoolkit:bulkQuery:Account?fields=Id"})
    void aNameWithoutAStoreIsRefusedWithTheCure(String uri) {
        options().setJobFile(null);
        options().setJobStore(null);
        assertThat(send(uri, csv(1), Map.of(SfToolkitConstants.LOAD_NAME, "x")).getException())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("CamelSfToolkitLoadName")
                .hasMessageContaining("jobStore");
    }

    @Test
    void jobsThatWereLeftAreDeliveredOnceWithTheirResults() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        Exchange sent =
                succeeded(send("sftoolkit:bulk:Account?await=false&maxJobBytes=300&loadName=left", csv(30) + "\"\"\n"));
        int made = sent.getMessage().getBody(List.class).size();
        assertThat(made).isGreaterThan(1);
        var failures = new AtomicInteger(1);
        List<Exchange> delivered = deliveries("sftoolkit:jobs", failures);
        await().until(() -> emulator.requests().count("GET jobs/ingest/{job}") > 2 * made);
        assertThat(delivered).as("before they have ended").isEmpty();
        emulator.bulk().runAll();
        await().untilAsserted(() -> assertThat(delivered).hasSize(made));
        assertThat(failures.get()).isNegative();
        assertThat(delivered.stream()
                        .map(exchange -> exchange.getMessage().getHeader(SfToolkitConstants.JOB_ID))
                        .toList())
                .doesNotHaveDuplicates();
        assertThat(delivered).allSatisfy(exchange -> {
            assertThat(exchange.getMessage().getHeader(SfToolkitConstants.LOAD)).isEqualTo("left");
            assertThat(exchange.getMessage().getHeader(SfToolkitConstants.JOB_STATE))
                    .isEqualTo("JobComplete");
        });
        assertThat(delivered.stream()
                        .mapToLong(
                                exchange -> exchange.getMessage().getHeader(SfToolkitConstants.SUCCEEDED, Long.class))
                        .sum())
                .isEqualTo(30);
        long asked = emulator.requests().count("GET jobs/ingest/{job}");
        assertThat(send("sftoolkit:bulk:Account?await=false&loadName=left", csv(1))
                        .getException())
                .isInstanceOf(DuplicateLoadException.class);
        assertThat(emulator.requests().count("GET jobs/ingest/{job}"))
                .as("nobody asks for what is done")
                .isEqualTo(asked);
    }

    @Test
    void aRefusalForOneJobDoesNotHoldUpTheOthers() throws Exception {
        Exchange sent =
                succeeded(send("sftoolkit:bulk:Account?await=false&maxJobBytes=300&loadName=left", csv(30) + "\"\"\n"));
        int made = sent.getMessage().getBody(List.class).size();
        emulator.bulk().runAll();
        emulator.faults().next(when("GET jobs/ingest/{job}"), Fault.status(400));

        List<Exchange> delivered = deliveries("sftoolkit:jobs?delay=3600000", new AtomicInteger());

        await().untilAsserted(() -> assertThat(delivered).as("in one poll").hasSize(made - 1));
        assertThat(delivered).isNotEmpty();
    }

    @Test
    void aLoadWhoseRouteWasStoppedIsDeliveredByTheRouteForJobs() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:load").routeId("load").to("sftoolkit:bulk:Account?maxJobBytes=300");
            }
        });
        template.asyncSend("seda:load", exchange -> exchange.getMessage().setBody(csv(20)));
        await().until(() -> emulator.requests().count("GET jobs/ingest/{job}") > 3);
        context.getShutdownStrategy().setTimeout(1);
        context.getRouteController().stopRoute("load");
        List<Exchange> delivered = deliveries("sftoolkit:jobs", new AtomicInteger());
        emulator.bulk().runAll();
        await().untilAsserted(() -> assertThat(names()).isNotEmpty());
        await().untilAsserted(() -> assertThat(delivered.stream()
                        .mapToLong(
                                exchange -> exchange.getMessage().getHeader(SfToolkitConstants.SUCCEEDED, Long.class))
                        .sum())
                .isEqualTo(names().size()));
    }

    @Test
    void pagesOfAPartitionedQueryAreDeliveredEachOnce() throws Exception {
        emulator.bulk().change(BulkSettings.standard().withPageRows(10));
        IntStream.range(0, 95).forEach(i -> emulator.org().insert("Account", Map.of("Name", "Company number " + i)));
        List<Exchange> delivered = deliveries("sftoolkit:jobs", new AtomicInteger(1));
        Object job = succeeded(send("sftoolkit:bulkQuery:Account?fields=Id,Name&partition=true&loadName=all", null))
                .getMessage()
                .getBody();
        assertThat(job).isInstanceOf(JobInfo.class);
        await().untilAsserted(() -> assertThat(delivered).hasSize(10));
        assertThat(delivered.stream()
                        .map(exchange -> exchange.getMessage().getHeader(SfToolkitConstants.PAGE, Integer.class))
                        .sorted()
                        .toList())
                .isEqualTo(IntStream.rangeClosed(1, 10).boxed().toList());
        var rows = new ArrayList<Object>();
        delivered.forEach(exchange -> rows.addAll(exchange.getMessage().getBody(List.class)));
        assertThat(rows).hasSize(95);
        assertThat(new HashSet<>(rows)).hasSize(95);
    }

    @Test
    void aNamedQueryIsReadOnAtThePageWhereItBrokeOff() throws Exception {
        emulator.bulk().change(BulkSettings.standard().withPageRows(1_000));
        IntStream.range(0, 5_000).forEach(i -> emulator.org().insert("Account", Map.of("Name", "Company number " + i)));
        var names = Collections.synchronizedList(new ArrayList<String>());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:extract")
                        .to("sftoolkit:bulkQuery:Account?fields=Id,Name&loadName=extract")
                        .split(body())
                        .streaming()
                        .stopOnException()
                        .process(exchange -> {
                            if (names.size() == 3_500) {
                                names.add("broken off");
                                throw new IllegalStateException("killed");
                            }
                            names.add(String.valueOf(
                                    exchange.getMessage().getBody(Map.class).get("Name")));
                        });
            }
        });
        assertThat(send("direct:extract", null).getException()).isNotNull();
        succeeded(send("direct:extract", null));
        assertThat(emulator.requests().count("POST jobs/query")).as("one job").isEqualTo(1);
        assertThat(new HashSet<>(names)).hasSize(5_001);
        assertThat(names.size()).as("rows of two pages come again at most").isLessThanOrEqualTo(5_001 + 2_000);
        assertThat(send("direct:extract", null).getException()).isInstanceOf(DuplicateLoadException.class);
    }
}
