package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** Spans of calls and batches, as OpenTelemetry's exporter gets them. */
class TracingIT extends SaveTestSupport {

    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<Long> RECORDS = AttributeKey.longKey("sftoolkit.records");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    @BindToRegistry
    final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();

    private Span route;

    /** As a step of a traced route: its span is current on the thread that the exchange comes on. */
    private Exchange traced(String uri, Object body) {
        route = telemetry.getTracer("test").spanBuilder("route").startSpan();
        try (Scope current = route.makeCurrent()) {
            return send(uri, body);
        } finally {
            route.end();
        }
    }

    private List<SpanData> named(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    @Test
    void aCallIsASpanBeneathTheRoutesSpan() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        traced("sftoolkit:fetch:Account", id);
        assertThat(named("GET sobjects/row")).singleElement().satisfies(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(route.getSpanContext().getSpanId());
            assertThat(span.getTraceId()).isEqualTo(route.getSpanContext().getTraceId());
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(span.getAttributes().get(STATUS)).isEqualTo(200);
            assertThat(span.getAttributes().get(ERROR)).isNull();
        });
    }

    @Test
    void eachTryIsASpanAndTellsItsFailureByType() {
        emulator.faults().next(1, FaultPlan.when("GET sobjects*"), Fault.status(503));
        traced("sftoolkit:fetch:Account", "001000000000999AAA");
        assertThat(named("GET sobjects/row"))
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
        assertThat(named("GET sobjects/row"))
                .extracting(span -> span.getAttributes().get(ERROR))
                .containsExactly("ServerException", "NotFoundException");
        assertThat(named("GET sobjects/row"))
                .extracting(span -> span.getAttributes().get(STATUS))
                .containsExactly(503L, 404L);
    }

    @Test
    void eachBatchIsASpanAboveItsCalls() {
        traced("sftoolkit:save:Account", list(450, i -> account("Name", "n" + i)));
        List<SpanData> batches = named("save batch");
        assertThat(batches)
                .hasSize(3)
                .allMatch(span ->
                        span.getParentSpanId().equals(route.getSpanContext().getSpanId()))
                .extracting(span -> span.getAttributes().get(RECORDS))
                .containsExactlyInAnyOrder(200L, 200L, 50L);
        assertThat(named("POST composite/sobjects"))
                .extracting(SpanData::getParentSpanId)
                .containsExactlyInAnyOrderElementsOf(
                        batches.stream().map(SpanData::getSpanId).toList());
    }

    @Test
    void aBulkJobIsASpanAboveItsCalls() {
        traced("sftoolkit:bulk:Account?pollInterval=5", list(5, i -> account("Name", "n" + i)));
        SpanData job = named("bulk job").get(0);
        assertThat(job.getAttributes().get(RECORDS)).isEqualTo(5);
        assertThat(exporter.getFinishedSpanItems())
                .filteredOn(span -> span.getParentSpanId().equals(job.getSpanId()))
                .extracting(SpanData::getName)
                .contains("POST jobs/ingest", "PUT jobs/ingest/batches");
    }

    @Test
    void noSpanTellsDataOrASecret() {
        traced("sftoolkit:query?soql=SELECT Id FROM Account WHERE Name = 'confidential'", null);
        traced("sftoolkit:fetch:Account?externalIdField=External_ID__c&notFound=NULL", "confidential");
        traced("sftoolkit:save:Account", account("Name", "confidential"));
        traced("sftoolkit:fetch:Account?clientSecret=RAW(confidential)", "001000000000999AAA");
        assertThat(exporter.getFinishedSpanItems())
                .hasSizeGreaterThan(6)
                .noneMatch(span -> span.toString().contains("confidential"))
                .noneMatch(span -> span.toString().contains("emulator-secret"));
    }

    @Test
    void eachPollIsTheBeginningOfATraceAboveItsCalls() throws Exception {
        emulator.org().insert("Account", Map.of("Name", "confidential"));
        yaml(
                """
                - route:
                    id: poller
                    from:
                      uri: sftoolkit:query:Account
                      parameters: { fields: "Id,Name", delay: 100, initialDelay: 10, settleDelay: 0 }
                      steps:
                        - to: mock:polled
                """);
        getMockEndpoint("mock:polled").expectedMinimumMessageCount(1);
        getMockEndpoint("mock:polled").assertIsSatisfied();
        Awaitility.await().untilAsserted(() -> assertThat(named("poll")).hasSizeGreaterThan(1));
        context.getRouteController().stopRoute("poller");
        assertThat(named("poll")).allSatisfy(poll -> {
            assertThat(poll.getParentSpanContext().isValid()).isFalse();
            assertThat(poll.getAttributes().get(AttributeKey.stringKey("sftoolkit.route")))
                    .isEqualTo("poller");
        });
        assertThat(named("GET query"))
                .isNotEmpty()
                .extracting(SpanData::getParentSpanId)
                .isSubsetOf(named("poll").stream().map(SpanData::getSpanId).toList());
        emulator.faults().always(FaultPlan.when("GET query*"), Fault.status(400));
        context.getRouteController().startRoute("poller");
        Awaitility.await().untilAsserted(() -> assertThat(named("poll")).anyMatch(poll -> "RequestRejectedException"
                .equals(poll.getAttributes().get(ERROR))));
        assertThat(exporter.getFinishedSpanItems())
                .noneMatch(span -> span.toString().contains("confidential"));
    }

    @Test
    void withoutACurrentSpanNothingIsTraced() {
        send("sftoolkit:limits", null);
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }
}
