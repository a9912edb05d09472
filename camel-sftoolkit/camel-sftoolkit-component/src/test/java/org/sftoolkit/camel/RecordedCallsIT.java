package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.camel.config.AuthType;
import org.sftoolkit.camel.error.DuplicateException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** A run is recorded, and played again by an emulator that knows nothing else of the org. */
class RecordedCallsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    /** A context of its own, connected to this org; its recordings are whole when it has closed. */
    private Exchange[] run(String url, Path recordTo, AuthType login, Step... steps) throws Exception {
        try (var context = new DefaultCamelContext()) {
            var component = new SfToolkitComponent();
            SfToolkitConfiguration options = component.getConfiguration();
            options.setLoginUrl(url);
            options.setAuthType(login);
            options.setClientId("emulator-client");
            options.setClientSecret("emulator-secret");
            if (login != AuthType.CLIENT_CREDENTIALS) {
                options.setUserName("user@example.com");
                options.setPassword("password");
                options.setSecurityToken("token");
            }
            options.setApiVersion(login == AuthType.SOAP ? "60.0" : "66.0");
            options.setRetryDelay(1);
            options.setMaxRetries(1);
            options.setRecordTo(recordTo == null ? null : recordTo.toString());
            context.addComponent("sftoolkit", component);
            for (String uri : Stream.of(steps).map(Step::uri).distinct().toList()) {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:" + uri.hashCode()).to(uri).process(RecordedCallsIT::readWhole);
                    }
                });
            }
            context.start();
            var template = context.createProducerTemplate();
            var done = new ArrayList<Exchange>();
            for (Step step : steps) {
                done.add(template.request(
                        "direct:" + step.uri().hashCode(), e -> e.getMessage().setBody(step.body())));
            }
            return done.toArray(Exchange[]::new);
        }
    }

    private static void readWhole(Exchange exchange) throws IOException {
        if (exchange.getMessage().getBody() instanceof InputStream content) {
            exchange.getMessage().setBody(new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private record Step(String uri, Object body) {}

    private List<JsonNode> calls(Path recording) throws Exception {
        var calls = new ArrayList<JsonNode>();
        for (Path file : files(recording)) {
            if (!file.endsWith("manifest.json")) {
                calls.add(JSON.readTree(file.toFile()));
            }
        }
        return calls;
    }

    private static List<Path> files(Path folder) throws Exception {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = AuthType.class,
            names = {"CLIENT_CREDENTIALS", "PASSWORD", "SOAP"})
    void aFailingRunIsPlayedAgainWithTheSameTypedFailure(AuthType login) throws Exception {
        Step[] steps = {
            new Step("sftoolkit:save:Account", Map.of("Name", "acme")),
            new Step("sftoolkit:query:Account?fields=Name&orderBy=Name&queryBatchSize=200", null),
            new Step("sftoolkit:save:Account?mode=INSERT", List.of(Map.of("Name", "Zoo"), Map.of("Phone", "1")))
        };
        Path recording = dir.resolve("recording");
        Exchange[] first;
        try (var org =
                SalesforceEmulator.builder().duplicateRule("Account", "Name").start()) {
            org.org().insert("Account", Map.of("Name", "Acme"));
            first = run(org.url(), recording, login, steps);
        }
        Exchange[] again;
        try (var played = SalesforceEmulator.builder().replay(recording).start()) {
            assertThat(played.org().count("Account")).isZero();
            again = run(played.url(), null, login, steps);
        }
        for (Exchange[] run : List.of(first, again)) {
            assertThat(run[0].getException()).isInstanceOf(DuplicateException.class);
            assertThat(run[1].getException()).isNull();
        }
        assertThat(again[0].getException()).hasMessage(first[0].getException().getMessage());
        assertThat(((SfToolkitException) again[0].getException()).errors())
                .isEqualTo(((SfToolkitException) first[0].getException()).errors());
        assertThat(again[1].getMessage().getBody(String.class))
                .contains("Acme")
                .isEqualTo(first[1].getMessage().getBody(String.class));
        assertThat(again[2].getMessage().getBody(String.class))
                .contains("REQUIRED_FIELD_MISSING")
                .isEqualTo(first[2].getMessage().getBody(String.class));
    }

    @Test
    void aConnectionThatBrokeBreaksAgainAndARetryIsACallOfItsOwn() throws Exception {
        Step step = new Step("sftoolkit:fetch:Account?fields=Name", "001000000000001AAA");
        Path recording = dir.resolve("recording");
        try (var org = SalesforceEmulator.builder().start()) {
            org.faults().next(2, FaultPlan.when("sobjects/*"), Fault.dropConnection(Fault.Moment.BEFORE_PROCESSING));
            assertThat(run(org.url(), recording, AuthType.CLIENT_CREDENTIALS, step)[0].getException())
                    .isInstanceOf(TransportException.class);
        }
        assertThat(calls(recording)).hasSize(3);
        assertThat(calls(recording).get(2).path("failure").asText()).contains("TransportException");
        try (var played = SalesforceEmulator.builder().replay(recording).start()) {
            assertThat(run(played.url(), null, AuthType.CLIENT_CREDENTIALS, step)[0].getException())
                    .isInstanceOf(TransportException.class);
            assertThat(played.requests().count("recorded")).isEqualTo(3);
        }
    }

    @Test
    void filesAndBulkJobsPassWhileTheyAreRecordedAndArePlayedAgain() throws Exception {
        Step[] steps = {
            new Step("sftoolkit:bulk:Account?pollInterval=1", "Name\nA\nB\n"),
            new Step("sftoolkit:bulkQuery:Account?fields=Name&orderBy=Name&outputType=CSV&pollInterval=1", null),
            new Step("sftoolkit:upload:ContentVersion?fileName=a.txt", new ByteArrayInputStream("hello".getBytes()))
        };
        Path recording = dir.resolve("recording");
        String csv;
        try (var org = SalesforceEmulator.builder().start()) {
            Exchange[] first = run(org.url(), recording, AuthType.CLIENT_CREDENTIALS, steps);
            assertThat(first).allSatisfy(done -> assertThat(done.getException()).isNull());
            csv = first[1].getMessage().getBody(String.class);
        }
        steps[2] = new Step(steps[2].uri(), new ByteArrayInputStream("hello".getBytes()));
        try (var played = SalesforceEmulator.builder().replay(recording).start()) {
            Exchange[] again = run(played.url(), null, AuthType.CLIENT_CREDENTIALS, steps);
            assertThat(again).allSatisfy(done -> assertThat(done.getException()).isNull());
            assertThat(again[1].getMessage().getBody(String.class))
                    .isEqualTo(csv)
                    .contains("\"A\"");
        }
    }

    @Test
    void aRequestThatWasNotRecordedIsRefusedByName() throws Exception {
        Path recording = dir.resolve("recording");
        Step save = new Step("sftoolkit:save:Account", Map.of("Name", "a"));
        try (var org = SalesforceEmulator.builder().start()) {
            run(org.url(), recording, AuthType.CLIENT_CREDENTIALS, save);
        }
        try (var played = SalesforceEmulator.builder().replay(recording).start()) {
            Exchange[] others = run(
                    played.url(),
                    null,
                    AuthType.CLIENT_CREDENTIALS,
                    new Step("sftoolkit:limits", null),
                    new Step(save.uri(), Map.of("Name", "b")),
                    save,
                    save);
            assertThat(others[0].getException())
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("GET /services/data/v66.0/limits is not in the recording");
            assertThat(others[1].getException()).hasMessageContaining("with another body, in 000002.json");
            assertThat(others[2].getException()).isNull();
            assertThat(others[3].getException()).isNull();
        }
        assertThatThrownBy(() -> SalesforceEmulator.builder().replay(dir.resolve("no")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no recording");
    }

    @Test
    void noSecretIsInAnyFileAndTheManifestTellsTheCalls() throws Exception {
        Path recording = dir.resolve("recording");
        var secrets = new ArrayList<>(List.of("emulator-secret"));
        try (var org = SalesforceEmulator.builder().start()) {
            // somebody keeps secrets in records, and the org quotes them
            Step save = new Step(
                    "sftoolkit:save:Account",
                    Map.of("Name", "client_secret=Canary-1&x", "Description", "{\"password\":\"Canary-2\"}"));
            Step read = new Step("sftoolkit:query:Account?fields=Name,Description", null);
            for (AuthType login : List.of(AuthType.CLIENT_CREDENTIALS, AuthType.PASSWORD, AuthType.SOAP)) {
                run(org.url(), recording, login, save, read);
            }
            org.requests().list().forEach(request -> {
                String token = request.headers().get("authorization");
                if (token != null) {
                    secrets.add(token.substring(token.indexOf(' ') + 1));
                }
            });
        }
        assertThat(secrets).hasSizeGreaterThan(4);
        secrets.addAll(List.of("passwordtoken", "Canary-1", "Canary-2"));
        secrets.add(Base64.getEncoder().encodeToString("emulator-secret".getBytes()));
        for (Path file : files(recording)) {
            String text = Files.readString(file);
            assertThat(text).as(file.toString()).doesNotContainIgnoringCase("authorization", "localhost", "127.0.0.1");
            secrets.forEach(secret -> assertThat(text).as(file.toString()).doesNotContain(secret));
        }
        List<Path> manifests = files(recording).stream()
                .filter(file -> file.endsWith("manifest.json"))
                .toList();
        assertThat(manifests).hasSize(3);
        JsonNode manifest = JSON.readTree(manifests.get(0).toFile());
        assertThat(manifest.path("format").asInt()).isEqualTo(1);
        assertThat(manifest.path("calls").asInt()).isEqualTo(3);
        assertThat(manifest.path("omitted").asInt()).isZero();
    }

    @Test
    void aBodyIsCutAtItsBoundAndItsAnswerIsNotPlayed() throws Exception {
        Path recording = dir.resolve("recording");
        byte[] content = new byte[3 << 20];
        Step upload = new Step("sftoolkit:upload:ContentVersion?fileName=a.bin", content);
        String id;
        try (var org = SalesforceEmulator.builder().start()) {
            id = run(org.url(), null, AuthType.CLIENT_CREDENTIALS, upload)[0]
                    .getMessage()
                    .getHeader("CamelSfToolkitId", String.class);
            Step download = new Step("sftoolkit:download:ContentVersion", id);
            Exchange whole = run(org.url(), recording, AuthType.CLIENT_CREDENTIALS, download)[0];
            assertThat(whole.getMessage().getBody(String.class)).hasSize(content.length);
        }
        JsonNode answer = calls(recording).stream()
                .filter(call -> call.at("/request/path").asText().contains("/VersionData"))
                .findFirst()
                .orElseThrow()
                .path("answer");
        assertThat(answer.path("cut").asBoolean()).isTrue();
        assertThat(answer.path("length").asInt()).isEqualTo(content.length);
        try (var played = SalesforceEmulator.builder().replay(recording).start()) {
            assertThat(run(
                            played.url(),
                            null,
                            AuthType.CLIENT_CREDENTIALS,
                            new Step("sftoolkit:download:ContentVersion", id))[0]
                            .getException())
                    .hasMessageContaining("its end was not recorded");
        }
    }
}
