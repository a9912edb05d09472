package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.BindToRegistry;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.support.PluginHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

class ObservationIT extends RouteTestSupport {

    private static final String SECRET = "emulator-secret";

    @BindToRegistry
    final MeterRegistry meters = new SimpleMeterRegistry();

    ObservationIT() {
        testConfigurationBuilder.withEnableJMX();
    }

    @Override
    protected org.apache.camel.CamelContext createCamelContext() throws Exception {
        var context = super.createCamelContext();
        HealthCheckRegistry checks = new DefaultHealthCheckRegistry(context);
        context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, checks);
        return context;
    }

    @Test
    void requestsAreTimedByResourceAndOutcome() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        send("sftoolkit:fetch:Account", id);
        send("sftoolkit:fetch:Account", "001000000000999AAA");
        assertThat(meters.get("sftoolkit.requests")
                        .tags("resource", "sobjects/row", "outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sftoolkit.requests")
                        .tags("resource", "sobjects/row", "outcome", "NotFoundException")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sftoolkit.logins")
                        .tag("outcome", "success")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sftoolkit.api.used").gauge().value()).isGreaterThanOrEqualTo(2);
        assertThat(meters.get("sftoolkit.requests.active").gauge().value()).isZero();
    }

    @Test
    void repetitionsAreCounted() {
        send("sftoolkit:fetch:Account", "001000000000999AAA");
        emulator.faults().next(2, FaultPlan.when("*"), Fault.status(503));
        send("sftoolkit:fetch:Account", "001000000000999AAA");
        assertThat(meters.get("sftoolkit.retries").counter().count()).isEqualTo(2);
    }

    @Test
    void recordsAreCountedByOperationAndResult() {
        send(
                "sftoolkit:save:Account",
                List.of(new HashMap<>(Map.of("Name", "Acme")), new HashMap<>(Map.of("Industry", "Energy"))));
        assertThat(records("succeeded")).isEqualTo(1);
        assertThat(records("failed")).isEqualTo(1);
        send("sftoolkit:save:Account?onPartialFailure=FAIL", List.of(new HashMap<>(), new HashMap<>()));
        assertThat(records("failed")).isEqualTo(3);
        String id = emulator.org().all("Account").get(0).get("Id").toString();
        Object unchanged = body("sftoolkit:fetch:Account?fields=Id,Name", id, Object.class);
        send("sftoolkit:save:Account?onlyChanges=true", unchanged);
        assertThat(records("skipped")).isEqualTo(1);
    }

    private double records(String result) {
        return meters.get("sftoolkit.records")
                .tags("operation", "save", "result", result)
                .counter()
                .count();
    }

    @Test
    void metersOfAConnectionGoWithIt() throws Exception {
        send("sftoolkit:fetch:Account", "001000000000999AAA");
        assertThat(meters.find("sftoolkit.requests").timers()).isNotEmpty();
        context.stop();
        assertThat(meters.find("sftoolkit.requests").timers()).isEmpty();
        assertThat(meters.find("sftoolkit.requests.active").gauges()).isEmpty();
    }

    @Test
    void readinessFollowsTheLastLogin() {
        HealthCheck check =
                HealthCheckRegistry.get(context).getCheck("sftoolkit").orElseThrow();
        assertThat(check.isLiveness()).isFalse();
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
        send("sftoolkit:fetch:Account?clientSecret=RAW(wrong)", "001000000000001AAA");
        HealthCheck.Result result = check.call();
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow())
                .contains("AuthenticationException")
                .doesNotContain("wrong");
    }

    @Test
    void readinessEndsWithTheBudget() {
        HealthCheck check =
                HealthCheckRegistry.get(context).getCheck("sftoolkit").orElseThrow();
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        emulator.usage().setUsed(900_000);
        send("sftoolkit:fetch:Account?apiBudget=80", id);
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(check.call().getMessage().orElseThrow()).contains("apiBudget=80%");
    }

    @Test
    void theDevConsoleShowsConnectionsAndNoSecret() {
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("sftoolkit");
        assertThat(console.call(DevConsole.MediaType.TEXT)).isEqualTo("no connections\n");
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        send("sftoolkit:fetch:Account", id);
        assertThat(console.call(DevConsole.MediaType.TEXT).toString())
                .contains("127.0.0.1", "state: logged in", "apiUsage")
                .doesNotContain(SECRET);
        assertThat(console.call(DevConsole.MediaType.JSON).toString())
                .contains("requests=2")
                .doesNotContain(SECRET);
    }

    @Test
    void pollersAreShownWithTheirLagAndMeteredWhileTheyRun() throws Exception {
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        yaml(
                """
                - route:
                    id: poller
                    from:
                      uri: sftoolkit:query:Account
                      parameters: { fields: "Id", delay: 100, initialDelay: 10, settleDelay: 0 }
                      steps:
                        - to: mock:polled
                """);
        getMockEndpoint("mock:polled").expectedMinimumMessageCount(1);
        getMockEndpoint("mock:polled").assertIsSatisfied();
        Awaitility.await().untilAsserted(() -> assertThat(meters.get("sftoolkit.poll.lag")
                        .tag("route", "poller")
                        .gauge()
                        .value())
                .isBetween(0.0, 60.0));
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("sftoolkit");
        assertThat(console.call(DevConsole.MediaType.TEXT).toString()).contains("route=poller", "lagSeconds=");
        assertThat(console.call(DevConsole.MediaType.JSON).toString()).contains("pollers=[{route=poller");
        context.getRouteController().stopRoute("poller");
        assertThat(meters.find("sftoolkit.poll.lag").gauges()).isEmpty();
    }

    @Test
    void requestsUnderWayAndWaitingAreMetered() throws Exception {
        emulator.faults().next(3, FaultPlan.when("GET sobjects*"), Fault.delay(Duration.ofSeconds(1)));
        send("sftoolkit:limits?maxConcurrentRequests=1", null);
        yaml(
                """
                - from:
                    uri: direct:fetch
                    steps:
                      - to: sftoolkit:fetch:Account?maxConcurrentRequests=1&notFound=NULL
                """);
        var sent = IntStream.range(0, 3)
                .mapToObj(i -> template.asyncSend(
                        "direct:fetch", exchange -> exchange.getMessage().setBody("001000000000999AAA")))
                .toList();
        Awaitility.await().untilAsserted(() -> {
            assertThat(meters.get("sftoolkit.requests.active").gauge().value()).isEqualTo(1);
            assertThat(meters.get("sftoolkit.requests.queued").gauge().value()).isEqualTo(2);
        });
        for (var exchange : sent) {
            assertThat(exchange.get(30, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(meters.get("sftoolkit.requests.queued").gauge().value()).isZero();
        assertThat(meters.get("sftoolkit.requests.active").gauge().value()).isZero();
        assertThat(meters.get("sftoolkit.requests")
                        .tags("resource", "sobjects/row")
                        .timer()
                        .max(TimeUnit.MILLISECONDS))
                .isBetween(900.0, 30_000.0);
        assertThat(meters.get("sftoolkit.api.limit").gauge().value()).isPositive();
    }

    @Test
    void refusedLoginsAreCountedByTheirFailure() {
        send("sftoolkit:fetch:Account?clientSecret=RAW(wrong)", "001000000000001AAA");
        assertThat(meters.get("sftoolkit.logins")
                        .tag("outcome", "AuthenticationException")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theConcurrencyThatWasFoundIsMetered() throws Exception {
        send("sftoolkit:save:Account?concurrency=adaptive", List.of(new HashMap<>(Map.of("Name", "Acme"))));
        send("sftoolkit:save:Account?concurrency=adaptive&batchSize=9", List.of(new HashMap<>(Map.of("Name", "Acme"))));
        send("sftoolkit:save:Contact?concurrency=3", List.of(new HashMap<>(Map.of("LastName", "Doe"))));
        assertThat(meters.get("sftoolkit.concurrency").gauges())
                .allSatisfy(gauge -> assertThat(gauge.value()).isBetween(1.0, 20.0))
                .extracting(gauge -> gauge.getId().getTag("endpoint"))
                .containsExactlyInAnyOrder("save:Account", "save:Account#2");
        context.stop();
        assertThat(meters.find("sftoolkit.concurrency").gauges()).isEmpty();
    }

    @Test
    void whatFailsWhileAConnectionClosesLeavesNoMeter() throws Exception {
        emulator.faults().next(5, FaultPlan.when("GET sobjects*"), Fault.delay(Duration.ofSeconds(5)));
        yaml("- from: { uri: 'direct:fetch', steps: [ { to: 'sftoolkit:fetch:Account' } ] }");
        var sent = template.asyncSend(
                "direct:fetch", exchange -> exchange.getMessage().setBody("001000000000999AAA"));
        Awaitility.await().until(() -> emulator.requests().inFlight() > 0);
        context.getShutdownStrategy().setTimeout(1);
        context.stop();
        assertThat(sent.get(30, TimeUnit.SECONDS).getException()).isNotNull();
        assertThat(meters.getMeters()).noneMatch(meter -> meter.getId().getTag("connection") != null);
    }

    @Test
    void jmxShowsConnectionsAndNoSecret() throws Exception {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        send("sftoolkit:fetch:Account", id);
        assertThat(attribute(mbean("components", "sftoolkit"), "ConnectionStates")
                        .toString())
                .contains("logged in")
                .doesNotContain(SECRET);
        assertThat((List<?>) attribute(mbean("components", "sftoolkit"), "BulkJobs"))
                .isEmpty();
        assertThat((List<?>) attribute(mbean("components", "sftoolkit"), "Pollers"))
                .isEmpty();
    }

    @Test
    void jmxShowsBulkJobs() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        yaml("- from: { uri: 'direct:load', steps: [ { to: 'sftoolkit:bulk:Account?pollInterval=5' } ] }");
        var loaded = template.asyncSend(
                "direct:load", exchange -> exchange.getMessage().setBody(List.of(Map.of("Name", "Acme"))));
        Awaitility.await().untilAsserted(() -> assertThat(
                        attribute(mbean("components", "sftoolkit"), "BulkJobs").toString())
                .contains("object=Account, operation=insert, state=UploadComplete"));
        emulator.bulk().runAll();
        assertThat(loaded.get(30, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void jmxShowsWhatAnEndpointIsAt() throws Exception {
        yaml("- from: { uri: 'direct:save', steps: [ { to: 'sftoolkit:save:Account?concurrency=3' } ] }");
        ObjectName endpoint = mbean("endpoints", "save:Account");
        assertThat(attribute(endpoint, "OperationName")).isEqualTo("save");
        assertThat(attribute(endpoint, "SObject")).isEqualTo("Account");
        assertThat(attribute(endpoint, "CurrentConcurrency")).isEqualTo(3);
        assertThat(attribute(endpoint, "RequestsInFlight")).isEqualTo(0);
        assertThat(attribute(endpoint, "RequestsQueued")).isEqualTo(0);
        assertThat(attribute(endpoint, "WatermarkPosition")).isNull();
        assertThat(attribute(endpoint, "WatermarkStoreKey")).isNull();
        assertThatThrownBy(() -> invoke(endpoint, "rewindWatermark", int.class, 1))
                .rootCause()
                .hasMessageContaining("no consumer");
    }

    @Test
    void jmxShowsAndMovesThePositionOfAConsumer() throws Exception {
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        yaml(
                """
                - route:
                    id: poller
                    from:
                      uri: sftoolkit:query:Account
                      parameters: { fields: "Id", delay: 50, initialDelay: 10, settleDelay: 0 }
                      steps:
                        - to: mock:polled
                """);
        getMockEndpoint("mock:polled").expectedMessageCount(1);
        getMockEndpoint("mock:polled").assertIsSatisfied();
        ObjectName endpoint = mbean("endpoints", "query:Account");
        assertThat(attribute(endpoint, "WatermarkStoreKey").toString()).contains("query", "Account");
        Awaitility.await().untilAsserted(() -> assertThat(attribute(endpoint, "WatermarkPosition"))
                .asString()
                .contains("sftoolkit-poll"));
        assertThat(attribute(mbean("components", "sftoolkit"), "Pollers").toString())
                .contains("route=poller", "position=", "lagSeconds=");
        assertThat(attribute(mbean("consumers", "SfToolkitConsumer"), "Delay")).isEqualTo(50L);

        getMockEndpoint("mock:polled").reset();
        getMockEndpoint("mock:polled").expectedMinimumMessageCount(1);
        invoke(endpoint, "moveWatermark", String.class, "BEGINNING");
        getMockEndpoint("mock:polled").assertIsSatisfied();
        Awaitility.await().untilAsserted(() -> assertThat(
                        attribute(mbean("components", "sftoolkit"), "Pollers").toString())
                .contains("lagSeconds="));
        getMockEndpoint("mock:polled").reset();
        getMockEndpoint("mock:polled").expectedMinimumMessageCount(1);
        invoke(endpoint, "rewindWatermark", int.class, 60);
        getMockEndpoint("mock:polled").assertIsSatisfied();
    }

    private ObjectName mbean(String type, String name) throws Exception {
        return server().queryNames(new ObjectName("org.apache.camel:type=" + type + ",*"), null).stream()
                .filter(known -> known.getKeyProperty("name").contains(name))
                .findFirst()
                .orElseThrow();
    }

    private MBeanServer server() {
        return context.getManagementStrategy().getManagementAgent().getMBeanServer();
    }

    private Object attribute(ObjectName bean, String attribute) throws Exception {
        return server().getAttribute(bean, attribute);
    }

    private void invoke(ObjectName bean, String operation, Class<?> type, Object argument) throws Exception {
        server().invoke(bean, operation, new Object[] {argument}, new String[] {type.getName()});
    }
}
