package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.support.PluginHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.connection.RunningJob;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.Fault.Moment;

class BulkObservationIT extends RouteTestSupport {

    @BindToRegistry
    final MeterRegistry meters = new SimpleMeterRegistry();

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setPollInterval(5);
        options.setMaxPollInterval(20);
    }

    private List<RunningJob> running() {
        return context.getComponent("sftoolkit", SfToolkitComponent.class)
                .connections()
                .jobs();
    }

    private RunningJob runningOne() {
        Awaitility.await().untilAsserted(() -> assertThat(running()).hasSize(1));
        return running().get(0);
    }

    private String console(DevConsole.MediaType type) {
        return PluginHelper.getDevConsoleResolver(context)
                .resolveDevConsole("sftoolkit")
                .call(type)
                .toString();
    }

    private CompletableFuture<Exchange> begin(String uri, Object body) throws Exception {
        yaml("- route: { id: run, from: { uri: 'direct:run', steps: [ { to: '" + uri + "' } ] } }");
        return template.asyncSend(
                "direct:run", exchange -> exchange.getMessage().setBody(body));
    }

    private static List<Map<String, Object>> names(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> Map.<String, Object>of("Name", "N" + i))
                .toList();
    }

    private long over(String operation, String state) {
        return meters.get("sftoolkit.bulk.jobs")
                .tags("operation", operation, "state", state)
                .timer()
                .count();
    }

    private double active(String operation, String state) {
        return meters.get("sftoolkit.bulk.jobs.active")
                .tags("operation", operation, "state", state)
                .gauge()
                .value();
    }

    private void assertNothingRuns() {
        assertThat(running()).isEmpty();
        assertThat(meters.find("sftoolkit.bulk.jobs.active").gauges())
                .isNotEmpty()
                .allSatisfy(gauge -> assertThat(gauge.value()).isZero());
        assertThat(console(DevConsole.MediaType.TEXT)).doesNotContain("job {");
        assertThat(console(DevConsole.MediaType.JSON)).contains("jobs=[]");
    }

    @Test
    void aLoadIsShownWithItsProgressUntilItEnds() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual().withBatchRows(2));
        var loaded = begin("sftoolkit:bulk:Account", names(5));
        Awaitility.await()
                .untilAsserted(() -> assertThat(runningOne().job().state()).isEqualTo("UploadComplete"));
        assertThat(active("insert", "UploadComplete")).isEqualTo(1);
        Awaitility.await().untilAsserted(() -> {
            emulator.bulk().step();
            assertThat(runningOne().job().processed()).isBetween(1L, 4L);
        });
        assertThat(active("insert", "InProgress")).isEqualTo(1);
        assertThat(active("insert", "UploadComplete")).isZero();
        String id = emulator.bulk().jobs().get(0).id();
        assertThat(console(DevConsole.MediaType.TEXT))
                .contains("job {id=" + id, "object=Account, operation=insert, state=InProgress", "since=");
        assertThat(console(DevConsole.MediaType.JSON)).contains("jobs=[{id=" + id);
        emulator.bulk().runAll();
        assertThat(loaded.get(30, TimeUnit.SECONDS).getException()).isNull();
        assertThat(over("insert", "JobComplete")).isEqualTo(1);
        assertThat(rows("sftoolkit.bulk.rows", "insert")).isEqualTo(5);
        assertThat(meters.find("sftoolkit.bulk.rows.failed").counters()).isEmpty();
        assertNothingRuns();
    }

    private double rows(String name, String operation) {
        return meters.get(name).tag("operation", operation).counter().count();
    }

    @Test
    void refusedRowsAreCounted() {
        send(
                "sftoolkit:bulk:Account?concurrency=1",
                List.of(Map.of("Name", "a"), Map.of("Name", ""), Map.of("Name", "b")));
        assertThat(rows("sftoolkit.bulk.rows", "insert")).isEqualTo(3);
        assertThat(rows("sftoolkit.bulk.rows.failed", "insert")).isEqualTo(1);
        assertThat(records("succeeded")).isEqualTo(2);
        assertThat(records("failed")).isEqualTo(1);
    }

    private double records(String result) {
        return meters.get("sftoolkit.records")
                .tags("operation", "bulk", "result", result)
                .counter()
                .count();
    }

    @Test
    void aJobThatFailsIsTakenFromTheList() {
        assertThat(send("sftoolkit:bulk:Account", List.of(Map.of("Nope__c", "x")))
                        .getException())
                .isInstanceOf(BulkJobException.class);
        assertThat(over("insert", "Failed")).isEqualTo(1);
        assertNothingRuns();
    }

    @Test
    void aRefusedUploadLeavesNothing() {
        emulator.faults().next(20, when("PUT jobs/ingest/{job}/batches"), Fault.status(400));
        assertThat(send("sftoolkit:bulk:Account", names(1)).getException()).isNotNull();
        assertThat(over("insert", "Aborted")).isEqualTo(1);
        assertNothingRuns();
    }

    @Test
    void ofALostUploadBothJobsAreMetered() {
        emulator.faults().next(when("PUT jobs/ingest/{job}/batches"), Fault.dropConnection(Moment.BEFORE_ANSWER));
        assertThat(send("sftoolkit:bulk:Account", names(1)).getException()).isNull();
        assertThat(over("insert", "Aborted")).isEqualTo(1);
        assertThat(over("insert", "JobComplete")).isEqualTo(1);
        assertNothingRuns();
    }

    @Test
    void aJobThatIsNotWaitedForEndsWithItsClose() {
        emulator.bulk().change(BulkSettings.standard().manual());
        send("sftoolkit:bulk:Account?await=false", names(1));
        assertThat(over("insert", "UploadComplete")).isEqualTo(1);
        assertNothingRuns();
    }

    @Test
    void aQueryIsShownUntilItFails() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        var extracted = begin("sftoolkit:bulkQuery:Account?fields=Name", null);
        RunningJob job = runningOne();
        assertThat(job.job().operation()).isEqualTo("query");
        assertThat(console(DevConsole.MediaType.TEXT)).contains("object=Account, operation=query");
        send("sftoolkit:bulkJob?action=abort", job.job().id());
        assertThat(extracted.get(30, TimeUnit.SECONDS).getException()).isInstanceOf(BulkJobException.class);
        assertThat(over("query", "Aborted")).isEqualTo(1);
        assertNothingRuns();
    }

    @Test
    void aWaitForResultsIsShownAndAnEndedJobIsNot() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        String id = send("sftoolkit:bulk:Account?await=false", names(1))
                .getMessage()
                .getHeader(SfToolkitConstants.JOB_ID, String.class);
        var results = begin("sftoolkit:bulkJob?action=results&await=true", id);
        assertThat(runningOne().job().id()).isEqualTo(id);
        emulator.bulk().runAll();
        assertThat(results.get(30, TimeUnit.SECONDS).getException()).isNull();
        assertThat(over("insert", "JobComplete")).isEqualTo(1);
        send("sftoolkit:bulkJob?action=results&await=true", id);
        assertThat(over("insert", "JobComplete")).isEqualTo(1);
        assertNothingRuns();
    }

    @Test
    void theEndOfTheRouteEndsItsJobs() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        send("sftoolkit:limits", null); // keeps the connection
        var loaded = begin("sftoolkit:bulk:Account", names(1));
        runningOne();
        context.getShutdownStrategy().setTimeout(1);
        context.getRouteController().stopRoute("run", 1, TimeUnit.SECONDS);
        assertThat(loaded.get(30, TimeUnit.SECONDS).getException()).isInstanceOf(BulkJobException.class);
        assertNothingRuns();
        context.stop();
        assertThat(meters.getMeters())
                .noneMatch(meter -> meter.getId().getName().startsWith("sftoolkit.bulk"));
    }

    @Test
    void theJobOfAConsumerIsShown() throws Exception {
        emulator.org().insert("Account", Map.of("Name", "a"));
        emulator.bulk().change(BulkSettings.standard().manual());
        yaml(
                """
                - route:
                    id: extract
                    from:
                      uri: sftoolkit:bulkQuery:Account
                      parameters: { fields: "Name", delay: 100, initialDelay: 10, settleDelay: 0 }
                      steps:
                        - to: mock:extracted
                """);
        assertThat(runningOne().job().operation()).isEqualTo("query");
        var component = context.getComponent("sftoolkit", SfToolkitComponent.class);
        Awaitility.await().untilAsserted(() -> assertThat(component.getRunningWork())
                .singleElement()
                .asString()
                .contains("route=extract", "endpoint=sftoolkit:bulkQuery:Account", "done=0", "step=", "seconds=1"));
        getMockEndpoint("mock:extracted").expectedMinimumMessageCount(1);
        emulator.bulk().change(BulkSettings.standard());
        emulator.bulk().runAll();
        getMockEndpoint("mock:extracted").assertIsSatisfied();
        assertThat(over("query", "JobComplete")).isPositive();
        Awaitility.await().untilAsserted(() -> assertThat(component.getEndedWork())
                .last()
                .asString()
                .contains("route=extract", "done=1", "total=1", "percent=100", "outcome=done"));
    }
}
