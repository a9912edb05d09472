package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.camel.error.SandboxRequiredException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.emulator.fault.Fault;

/** {@code requireSandbox=true}: production is read and never written to. */
class RequireSandboxIT extends SaveTestSupport {

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setRequireSandbox(true);
        options.setMaxRetries(0);
    }

    private void org(boolean sandbox) {
        Map<String, Object> organization = emulator.org().all("Organization").get(0);
        emulator.org().update("Organization", (String) organization.get("Id"), Map.of("IsSandbox", sandbox));
    }

    record Write(String uri, Object body) {
        @Override
        public String toString() {
            return uri;
        }
    }

    static Stream<Write> writes() {
        String id = "001000000000001AAA";
        Map<String, Object> record = Map.of("Name", "x");
        Map<String, Object> known = Map.of("Name", "x", "Id", id);
        return Stream.of(
                new Write("save:Account", record),
                new Write("save:Account", known),
                new Write("save:Account", List.of(record, known)),
                new Write("save:Account?via=BULK", List.of(record, record)),
                new Write("delete:Account", id),
                new Write("delete:Account", List.of(id, "001000000000002AAA")),
                new Write("upload:ContentVersion", "text"),
                new Write("bulk:Account", List.of(record)),
                new Write("raw?method=PATCH&path=/jobs/ingest/750000000000001AAA", "{\"state\":\"Aborted\"}"),
                new Write(
                        "composite",
                        Map.of(
                                "compositeRequest",
                                List.of(Map.of(
                                        "method", "POST",
                                        "url", "/services/data/v66.0/sobjects/Account",
                                        "referenceId", "a",
                                        "body", Map.of("Name", "x"))))),
                new Write(
                        "composite:Account?compositeType=TREE",
                        Map.of(
                                "records",
                                List.of(Map.of(
                                        "attributes", Map.of("type", "Account", "referenceId", "a"), "Name", "x")))),
                new Write("raw?method=POST&path=/sobjects/Account", "{\"Name\":\"x\"}"),
                new Write("raw?method=DELETE&path=/sobjects/Account/" + id, null),
                new Write("raw?path=RAW(/tooling/executeAnonymous?anonymousBody=delete+accounts;)", null),
                new Write("raw?path=RAW(/tooling/execute%41nonymous//?anonymousBody=delete+accounts;)", null),
                new Write(
                        "composite",
                        Map.of(
                                "compositeRequest",
                                List.of(Map.of(
                                        "method", "GET",
                                        "url", "/services/data/v66.0/tooling/executeAnonymous/?anonymousBody=x",
                                        "referenceId", "a")))),
                new Write(
                        "composite",
                        Map.of(
                                "batchRequests",
                                List.of(
                                        Map.of("method", "GET", "url", "v66.0/limits"),
                                        Map.of("method", "get", "url", "v66.0/tooling/ExecuteAnonymous?x")))),
                new Write(
                        "composite",
                        Map.of(
                                "graphs",
                                List.of(Map.of(
                                        "graphId",
                                        "g",
                                        "compositeRequest",
                                        List.of(Map.of(
                                                "method", "GET",
                                                "url", "/services/data/v66.0/tooling/executeAnonymous?x",
                                                "referenceId", "a")))))));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void nothingIsSentToProduction(Write write) {
        Exchange exchange = send("sftoolkit:" + write.uri(), write.body());
        assertThat(exchange.getException())
                .satisfiesAnyOf(
                        failure -> assertThat(failure).isInstanceOf(SandboxRequiredException.class),
                        failure -> assertThat(failure).hasCauseInstanceOf(SandboxRequiredException.class));
        assertThat(emulator.requests().list())
                .filteredOn(request -> !request.path().contains("/oauth2/token"))
                .isNotEmpty()
                .allMatch(request -> request.method().equals("GET"))
                .noneMatch(request -> request.path().contains("executeAnonymous"));
    }

    @Test
    void theFailureSaysWhatToDo() {
        assertThat(send("sftoolkit:save:Account", account("Name", "x")).getException())
                .isInstanceOfSatisfying(SandboxRequiredException.class, failure -> {
                    assertThat(failure.retryable()).isFalse();
                    assertThat(failure.request()).isEqualTo("POST /sobjects/Account");
                    assertThat(failure)
                            .hasMessageContaining("sandbox or scratch org")
                            .hasNoCause();
                });
    }

    @Test
    void readingGoesOn() {
        String id = emulator.org().insert("Account", Map.of("Name", "x"));
        assertThat(send("sftoolkit:fetch:Account", List.of(id)).getException()).isNull();
        assertThat(send("sftoolkit:query:Account?fields=Id", null).getException())
                .isNull();
        assertThat(send("sftoolkit:bulkQuery:Account?fields=Id&pollInterval=5&outputType=LIST", null)
                        .getException())
                .isNull();
        assertThat(questions()).isZero();
    }

    @Test
    void aSandboxIsAskedOnceAndWrittenTo() {
        org(true);
        save("sftoolkit:save:Account?concurrency=5&batchSize=10", list(100, i -> account("Name", "N" + i)));
        body("sftoolkit:save:Account", account("Name", "x"), Object.class);
        assertThat(emulator.org().all("Account")).hasSize(101);
        assertThat(questions()).isOne();
    }

    @Test
    void anOrgThatCannotBeAskedIsNotWrittenTo() {
        org(true);
        emulator.faults().next(1, when("GET query"), Fault.status(503, "SERVER_UNAVAILABLE", "busy"));
        assertThat(send("sftoolkit:save:Account", account("Name", "x")).getException())
                .isInstanceOf(ServerException.class);
        assertThat(emulator.org().all("Account")).isEmpty();
        assertThat(send("sftoolkit:save:Account", account("Name", "x")).getException())
                .isNull();
        assertThat(emulator.org().all("Account")).hasSize(1);
    }

    private long questions() {
        return emulator.requests().list().stream()
                .filter(request -> request.path().contains("IsSandbox"))
                .count();
    }
}
