package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.operation.ProgressListener;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

class ProgressIT extends RouteTestSupport {

    private static final String HEARD = "progressListener=#bean:heard";

    private final List<Progress> steps = Collections.synchronizedList(new ArrayList<>());

    @BindToRegistry
    final ProgressListener heard = steps::add;

    private List<String> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> emulator.org().insert("Account", Map.of("Name", "Account " + i)))
                .toList();
    }

    private Exchange succeeded(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    @ParameterizedTest
    @EnumSource(
            value = OperationName.class,
            names = {"changes", "jobs", "subscribe", "control"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyOperationIsHeard(OperationName operation) {
        String id = accounts(1).get(0);
        Exchange exchange =
                switch (operation) {
                    case fetch, delete -> send("sftoolkit:" + operation + ":Account?" + HEARD, id);
                    case reload, save ->
                        send("sftoolkit:" + operation + ":Account?" + HEARD, new LinkedHashMap<>(Map.of("Id", id)));
                    case bulk -> send("sftoolkit:bulk:Account?pollInterval=10&" + HEARD, List.of(Map.of("Name", "b")));
                    case bulkQuery -> send("sftoolkit:bulkQuery:Account?pollInterval=10&fields=Id&" + HEARD, null);
                    case bulkJob -> send("sftoolkit:bulkJob?action=list&" + HEARD, null);
                    case query, describe, limits -> send("sftoolkit:" + operation + ":Account?" + HEARD, null);
                    case search -> send("sftoolkit:search:Account?q=Account&" + HEARD, null);
                    case upload -> send("sftoolkit:upload?fileName=a.txt&" + HEARD, "content");
                    case download ->
                        send(
                                "sftoolkit:download:Attachment?outputType=BYTES&" + HEARD,
                                emulator.org()
                                        .insert("Attachment", Map.of("Name", "a", "ParentId", id, "Body", "b2xk")));
                    case composite ->
                        send(
                                "sftoolkit:composite?" + HEARD,
                                "{\"compositeRequest\":[{\"method\":\"GET\",\"referenceId\":\"a\",\"url\":"
                                        + "\"/services/data/v66.0/sobjects/Account/" + id + "\"}]}");
                    case raw -> send("sftoolkit:raw?path=limits&" + HEARD, null);
                    case publish ->
                        send("sftoolkit:publish:Order_Placed__e?via=REST&" + HEARD, Map.of("Order_Number__c", "1"));
                    default -> send("sftoolkit:" + operation + "?" + HEARD, null);
                };
        succeeded(exchange);
        assertThat(steps).isNotEmpty().allSatisfy(step -> {
            assertThat(step.operation()).isEqualTo(operation.name());
            assertThat(step.failed()).isZero();
        });
    }

    @Test
    void aJobThatHasEndedBeforeItIsAskedForIsHeardToo() {
        accounts(1);
        Exchange first = send("sftoolkit:bulkQuery:Account?pollInterval=10&fields=Id", null);
        succeeded(first);
        String job = first.getMessage().getHeader(SfToolkitConstants.JOB_ID, String.class);
        succeeded(send("sftoolkit:bulkQuery?resume=" + job + "&" + HEARD, null));
        assertThat(steps).extracting(Progress::job, Progress::step).containsExactly(tuple(job, "JobComplete"));
    }

    @Test
    void requestsOfAListOfIdsAreHeardOneByOne() {
        List<String> ids = accounts(5);
        succeeded(send("sftoolkit:fetch:Account?fields=Id&batchSize=2&concurrency=1&" + HEARD, ids));
        assertThat(steps).extracting(Progress::done).containsExactly(2L, 4L, 5L);
        assertThat(steps).extracting(Progress::total).containsOnly(5L);
        steps.clear();
        for (String id : ids) {
            emulator.org().update("Account", id, Map.of("External_ID__c", "K" + id));
        }
        List<String> keys = ids.stream().map(id -> "K" + id).toList();
        succeeded(send(
                "sftoolkit:fetch:Account?fields=Id&externalIdField=External_ID__c&batchSize=2&concurrency=1&" + HEARD,
                keys));
        assertThat(steps).extracting(Progress::done).containsExactly(2L, 4L, 5L);
        steps.clear();
        List<Map<String, Object>> records = new ArrayList<>();
        ids.forEach(id -> records.add(new LinkedHashMap<>(Map.of("Id", id))));
        succeeded(send("sftoolkit:reload:Account?fields=Id,Name&batchSize=3&concurrency=1&" + HEARD, records));
        assertThat(steps).extracting(Progress::operation).containsOnly("reload");
        assertThat(steps).extracting(Progress::done).containsExactly(3L, 5L);
    }

    @Test
    void pagesOfAQueryAreHeardAsTheyArrive() throws Exception {
        yaml(
                """
                - route:
                    from:
                      uri: direct:stream
                      steps:
                        - to: sftoolkit:query:Account?fields=Id&queryBatchSize=200&outputType=STREAM&progressListener=#bean:heard
                        - split:
                            simple: "${body}"
                            streaming: true
                            steps:
                              - to: mock:row
                """);
        accounts(450);
        succeeded(send("sftoolkit:query:Account?fields=Id&queryBatchSize=200&" + HEARD, null));
        assertThat(steps).extracting(Progress::done).containsExactly(200L, 400L, 450L);
        assertThat(steps).extracting(Progress::total).containsOnly(450L);
        assertThat(steps).extracting(Progress::step).containsOnly("page");
        steps.clear();
        succeeded(template.request("direct:stream", exchange -> {}));
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(steps).extracting(Progress::done).containsExactly(200L, 400L, 450L));
    }

    @Test
    void workThatLastsIsToldInTheLogAndInConsoles() throws Exception {
        yaml(
                """
                - route:
                    id: slow
                    from:
                      uri: direct:slow
                      steps:
                        - to: sftoolkit:save:Account?progressInterval=100&batchSize=1&concurrency=1
                """);
        emulator.faults().next(4, FaultPlan.when("POST composite/sobjects"), Fault.delay(Duration.ofMillis(400)));
        List<Map<String, Object>> records = IntStream.range(0, 5)
                .mapToObj(i -> Map.<String, Object>of("Name", "N" + i))
                .toList();
        var component = context.getComponent("sftoolkit", SfToolkitComponent.class);
        try (var log = new CapturedLog()) {
            var sent = template.asyncRequestBody("direct:slow", records);
            Awaitility.await().untilAsserted(() -> assertThat(log.lines())
                    .anyMatch(line -> line.matches("INFO .*WorkTracker: route slow, sftoolkit:save:Account: 1 of 5"
                            + " records \\(20 %\\) in \\d+ s, \\d+ a second, \\d+ s left")));
            assertThat(component.getRunningWork())
                    .singleElement()
                    .asString()
                    .contains("route=slow", "total=5", "endpoint=sftoolkit:save:Account");
            sent.get(1, java.util.concurrent.TimeUnit.MINUTES);
            int lines = told(log);
            assertThat(lines).isGreaterThan(4);
        }
        assertThat(component.getRunningWork()).isEmpty();
        assertThat(component.getEndedWork())
                .singleElement()
                .asString()
                .contains("done=5", "percent=100", "outcome=done");
    }

    private static int told(CapturedLog log) {
        return (int) log.lines().stream()
                .filter(line -> line.contains("sftoolkit:save:Account: "))
                .count();
    }

    @Test
    void noLineIsWrittenForAListenerOrWithoutAnInterval() {
        emulator.faults().next(2, FaultPlan.when("POST sobjects/{object}"), Fault.delay(Duration.ofMillis(500)));
        try (var log = new CapturedLog()) {
            succeeded(send("sftoolkit:save:Account?progressInterval=20&" + HEARD, Map.of("Name", "a")));
            succeeded(send("sftoolkit:save:Account?progressInterval=0", Map.of("Name", "b")));
            assertThat(told(log)).isZero();
        }
    }

    @Test
    void failedRecordsOfAListAreWarnedOfWithRouteEndpointAndFirstReason() throws Exception {
        yaml(
                """
                - route:
                    id: nightly
                    from:
                      uri: direct:nightly
                      steps:
                        - to: sftoolkit:save:Account
                """);
        try (var log = new CapturedLog()) {
            send("direct:nightly", List.of(Map.of("Name", "a"), Map.of("Phone", "1"), Map.of("Phone", "2")));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("records failed"))
                    .singleElement()
                    .asString()
                    .contains("route nightly, sftoolkit:save:Account: 2 of 3 records failed")
                    .contains("place 1")
                    .contains("REQUIRED_FIELD_MISSING");
        }
    }

    @Test
    void aListenerThatThrowsIsHeardAgain() {
        var calls = new ArrayList<Progress>();
        context.getRegistry().bind("throwing", (ProgressListener) step -> {
            calls.add(step);
            throw new AssertionError("an Error of a listener");
        });
        List<Map<String, Object>> records = new ArrayList<>();
        IntStream.range(0, 6).forEach(i -> records.add(new LinkedHashMap<>(Map.of("Name", "n" + i))));
        succeeded(send("sftoolkit:save:Account?batchSize=2&concurrency=1&progressListener=#throwing", records));
        assertThat(calls).extracting(Progress::done).containsExactly(2L, 4L, 6L);
    }
}
