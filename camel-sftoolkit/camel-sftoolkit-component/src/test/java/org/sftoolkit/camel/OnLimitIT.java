package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;

/** At the limit of calls in 24 hours. How a park goes on is shown on a driven clock, by ParkTest. */
class OnLimitIT extends SaveTestSupport {

    private void limitIsReached() {
        emulator.faults().always(when("POST sobjects/{object}"), Fault.limitReached(Fault.Limit.DAILY));
    }

    private long inserts() {
        return emulator.requests().list().stream()
                .filter(request -> request.path().endsWith("/sobjects/Account"))
                .count();
    }

    private String trouble() {
        return context.getComponent("sftoolkit", SfToolkitComponent.class)
                .connections()
                .status()
                .get(0)
                .trouble()
                .orElse("");
    }

    @Test
    void aProducerFailsUnlessItIsToldToPark() {
        limitIsReached();
        assertThat(send("sftoolkit:save:Account", account("Name", "a")).getException())
                .isInstanceOf(LimitExceededException.class);
        assertThat(trouble()).isEmpty();
    }

    @Test
    void aParkedExchangeShowsInHealthAndFailsAfterParkTimeout() throws Exception {
        limitIsReached();
        try (var log = new CapturedLog()) {
            var first = template.asyncSend(
                    "sftoolkit:save:Account?onLimit=PARK&parkTimeout=3000",
                    exchange -> exchange.getMessage().setBody(account("Name", "a")));
            Awaitility.await().untilAsserted(() -> assertThat(trouble()).contains("1 requests wait"));
            var second = template.asyncSend(
                    "sftoolkit:save:Account?onLimit=PARK&parkTimeout=3000",
                    exchange -> exchange.getMessage().setBody(account("Name", "b")));
            Exchange failed = first.get(1, TimeUnit.MINUTES);
            assertThat(failed.getException()).isInstanceOf(LimitExceededException.class);
            assertThat(second.get(1, TimeUnit.MINUTES).getException()).isInstanceOf(LimitExceededException.class);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("onLimit=PARK"))
                    .hasSize(1);
        }
        assertThat(inserts()).as("the second was not even sent").isOne();
        assertThat(emulator.org().all("Account")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET query*, sftoolkit:query:Account?fields=Id&queryBatchSize=200&outputType=STREAM&prefetch=0",
        "GET query*, sftoolkit:query:Account?fields=Id&queryBatchSize=200",
        "GET jobs/query/{job}/results, sftoolkit:bulkQuery:Account?fields=Id&maxRecords=200&concurrency=1",
        "GET jobs/query/{job}/results, sftoolkit:bulkQuery:Account?fields=Id&maxRecords=200&concurrency=2",
        "GET jobs/query/{job}/results, sftoolkit:bulkQuery:Account?fields=Id&maxRecords=200&outputType=CSV",
        "GET jobs/ingest/{job}/successfulResults, sftoolkit:bulk:Account?maxJobBytes=2000&concurrency=1",
    })
    void whatIsReadAsAStreamParksInTheMiddleAndGoesOn(String request, String uri) throws Exception {
        List<Map<String, Object>> records = list(450, i -> account("Name", "Company number " + i));
        if (!uri.startsWith("sftoolkit:bulk:")) {
            records.forEach(record -> emulator.org().insert("Account", record));
        }
        emulator.faults().next(1, when(request), Fault.delay(Duration.ZERO));
        emulator.faults().always(when(request), Fault.limitReached(Fault.Limit.DAILY));
        var rows = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read")
                        .to(uri + "&onLimit=PARK" + (uri.contains("bulk") ? "&pollInterval=5" : ""))
                        .process(exchange -> read(exchange.getMessage().getBody(), rows));
            }
        });
        var sent = template.asyncSend(
                "direct:read", exchange -> exchange.getMessage().setBody(uri.contains(":bulk:") ? records : null));
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(trouble()).contains("requests wait").doesNotContain(" 0 requests"));
        assertThat(rows.get()).isLessThan(450);
        emulator.faults().clear();
        send("sftoolkit:limits", null);
        assertThat(sent.get(1, TimeUnit.MINUTES).getException()).isNull();
        assertThat(rows.get()).isEqualTo(450);
        assertThat(trouble()).isEmpty();
    }

    private static void read(Object body, AtomicInteger rows) throws IOException {
        Object stream = body instanceof BulkResult result ? result.successful() : body;
        if (stream instanceof InputStream csv) {
            var lines = new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8));
            lines.readLine();
            while (lines.readLine() != null) {
                rows.incrementAndGet();
            }
            return;
        }
        Iterator<?> records = stream instanceof List<?> list ? list.iterator() : (Iterator<?>) stream;
        while (records.hasNext()) {
            records.next();
            rows.incrementAndGet();
        }
    }

    @Test
    void aStreamOfAPollerThatMeetsTheLimitFailsAndComesAgainWhole() throws Exception {
        // rows of the present second would wait for the next poll
        Instant before = Instant.now().minusSeconds(60);
        list(450, i -> Map.<String, Object>of("Name", "n" + i, "CreatedDate", before, "SystemModstamp", before))
                .forEach(record -> emulator.org().insert("Account", record));
        emulator.faults().always(when("GET query/*"), Fault.limitReached(Fault.Limit.DAILY));
        var rows = new AtomicInteger();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Integer> whole = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sftoolkit:query:Account?fields=Id&queryBatchSize=200&outputType=STREAM&delay=3600000"
                                + "&initialDelay=10&settleDelay=0")
                        .process(exchange -> {
                            rows.set(0);
                            try {
                                read(exchange.getMessage().getBody(), rows);
                                whole.add(rows.get());
                            } catch (RuntimeException e) {
                                failures.add(e);
                                throw e;
                            }
                        });
            }
        });
        Awaitility.await().untilAsserted(() -> assertThat(failures).isNotEmpty());
        assertThat(failures.get(0)).isInstanceOf(LimitExceededException.class);
        var component = context.getComponent("sftoolkit", SfToolkitComponent.class);
        Awaitility.await().untilAsserted(() -> assertThat(component.watermarks().troubles())
                .singleElement()
                .asString()
                .contains("next check in"));
        emulator.faults().clear();
        send("sftoolkit:limits", null);
        Awaitility.await().untilAsserted(() -> assertThat(whole).contains(450));
        assertThat(component.watermarks().troubles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bulkQuery:Account?, POST jobs/query, 0",
        "bulkQuery:Account?, GET jobs/query/{job}, 0",
        "bulkQuery:Account?, GET jobs/query/{job}, 2",
        "bulkQuery:Account?, GET jobs/query/{job}/resultPages, 0",
        "bulkQuery:Account?, GET jobs/query/{job}/results, 0",
        "query:Account?initialLoad=BULK&, GET jobs/query/{job}, 2",
        "query:Account?initialLoad=BULK&, GET jobs/query/{job}/results, 0",
        "changes:Account?initialWatermark=${hourAgo}&, GET sobjects/{object}/updated, 0",
        "changes:Account?initialWatermark=${hourAgo}&, GET sobjects/{object}/deleted, 0"
    })
    void aPollerWaitsWhereverItMeetsTheLimit(String uri, String request, int passing) throws Exception {
        Instant before = Instant.now().minusSeconds(1_800).truncatedTo(ChronoUnit.SECONDS);
        if (passing > 0) {
            emulator.bulk().change(BulkSettings.standard().manual());
            emulator.faults().next(passing, when(request), Fault.delay(Duration.ZERO));
        }
        emulator.org().insert("Account", Map.of("Name", "a", "CreatedDate", before, "SystemModstamp", before));
        emulator.faults().always(when(request), Fault.limitReached(Fault.Limit.DAILY));
        List<Exchange> received = new CopyOnWriteArrayList<>();
        try (var log = new CapturedLog()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("sftoolkit:" + uri.replace("${hourAgo}", String.valueOf(before.minusSeconds(1_800)))
                                    + "fields=Id,Name&delay=20&initialDelay=0&settleDelay=0"
                                    + (uri.startsWith("changes") ? "" : "&pollInterval=5"))
                            .process(received::add);
                }
            });
            var component = context.getComponent("sftoolkit", SfToolkitComponent.class);
            Awaitility.await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(
                            component.watermarks().troubles())
                    .singleElement()
                    .asString()
                    .contains("next check in"));
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("The consumer waits"))
                    .hasSize(1);
            assertThat(log.lines())
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("failed polling"));
            emulator.faults().clear();
            emulator.bulk().runAll();
            send("sftoolkit:limits", null);
            Awaitility.await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(received)
                    .isNotEmpty());
        }
    }

    @Test
    void aStopEndsAPark() throws Exception {
        limitIsReached();
        yaml(
                """
                - route:
                    id: parks
                    from:
                      uri: direct:parks
                      steps:
                        - to: sftoolkit:save:Account?onLimit=PARK
                """);
        var sent = template.asyncSend(
                "direct:parks", exchange -> exchange.getMessage().setBody(account("Name", "a")));
        Awaitility.await().untilAsserted(() -> assertThat(trouble()).contains("1 requests wait"));
        context.getShutdownStrategy().setTimeout(1);
        context.getRouteController().stopRoute("parks");
        assertThat(sent.get(1, TimeUnit.MINUTES).getException()).hasMessageContaining("stopped");
    }

    @Test
    void aPollerAndAProducerAskTogetherOnceAMinute() throws Exception {
        emulator.org().insert("Account", account("Name", "a"));
        emulator.faults().always(when("GET query*"), Fault.limitReached(Fault.Limit.DAILY));
        limitIsReached();
        yaml(
                """
                - route:
                    id: poller
                    from:
                      uri: sftoolkit:query:Account
                      parameters: { fields: "Id", delay: 20, initialDelay: 10, settleDelay: 0 }
                      steps:
                        - to: mock:polled
                """);
        Awaitility.await().untilAsserted(() -> assertThat(refused()).isOne());
        yaml(
                """
                - route:
                    id: hourly
                    from:
                      uri: sftoolkit:query:Account
                      parameters: { fields: "Id", delay: 3600000, initialDelay: 10, settleDelay: 0 }
                      steps:
                        - to: mock:hourly
                """);
        var sent = template.asyncSend(
                "sftoolkit:save:Account?onLimit=PARK&parkTimeout=2000",
                exchange -> exchange.getMessage().setBody(account("Name", "b")));
        var component = context.getComponent("sftoolkit", SfToolkitComponent.class);
        Awaitility.await().untilAsserted(() -> {
            assertThat(trouble()).contains("1 requests wait");
            assertThat(component.watermarks().troubles()).hasSize(2).allSatisfy(trouble -> assertThat(trouble)
                    .contains("route ", "next check in"));
        });
        assertThat(sent.get(1, TimeUnit.MINUTES).getException()).isInstanceOf(LimitExceededException.class);
        assertThat(refused()).as("a hundred polls and a save later").isOne();
        getMockEndpoint("mock:polled").expectedMessageCount(2);
        getMockEndpoint("mock:hourly").expectedMinimumMessageCount(1);
        // a route that does not wait finds out that the limit is over, and all hear of it
        emulator.faults().clear();
        send("sftoolkit:save:Account", account("Name", "c"));
        getMockEndpoint("mock:polled").assertIsSatisfied();
        getMockEndpoint("mock:hourly").assertIsSatisfied();
        assertThat(component.watermarks().troubles()).isEmpty();
    }

    private long refused() {
        return emulator.requests().list().stream()
                .filter(request -> request.status() == 403)
                .count();
    }

    @Test
    void eachRouteHasItsOwnShareOfOneConnection() {
        String id = emulator.org().insert("Account", account("Name", "a"));
        emulator.usage().setUsed(600_000);
        String fetch = "sftoolkit:fetch:Account?apiBudget=";
        assertThat(send(fetch + 80, id).getException()).isNull();
        assertThat(send(fetch + 50, id).getException())
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("apiBudget=50");
        assertThat(send(fetch + 80, id).getException()).isNull();
        assertThat(send("sftoolkit:fetch:Account", id).getException()).isNull();
        var component = context.getComponent("sftoolkit", SfToolkitComponent.class);
        assertThat(component.connections().status()).singleElement().satisfies(connection -> {
            assertThat(connection.counts().logins()).isOne();
            assertThat(connection.trouble()).get().asString().contains("apiBudget=50%");
        });
    }

    @Test
    void aShareStandsBesideANamedConnection() {
        var org = new SfToolkitConnection();
        org.setLoginUrl(emulator.url());
        org.setClientId("emulator-client");
        org.setClientSecret("emulator-secret");
        org.setApiBudget(90);
        context.getRegistry().bind("org", org);
        emulator.usage().setUsed(600_000);
        send("sftoolkit:limits?connection=org", null);
        assertThat(send("sftoolkit:limits?connection=org", null).getException()).isNull();
        assertThat(send("sftoolkit:limits?connection=org&apiBudget=50", null).getException())
                .hasMessageContaining("apiBudget=50");
    }
}
