package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.NotFoundException;

class RawIT extends RouteTestSupport {

    /** Reads the stream within the route: it closes with the exchange. */
    private Exchange raw(String options, Object body) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + options.hashCode())
                        .to("sftoolkit:raw?" + options)
                        .convertBodyTo(String.class);
            }
        });
        return send("direct:" + options.hashCode(), body);
    }

    @Test
    void aResourceIsReadWithItsStatusAndHeaders() throws Exception {
        String id = emulator.org().insert("Account", Map.of("Name", "Société"));
        Exchange exchange = raw("path=sobjects/Account/" + id + "?fields=Name", "a GET has no body");
        assertThat(exchange.getException()).isNull();
        assertThat(new ObjectMapper()
                        .readTree(exchange.getMessage().getBody(String.class))
                        .path("Name")
                        .asText())
                .isEqualTo("Société");
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);
        assertThat(exchange.getMessage().getHeader("Sforce-Limit-Info")).isNotNull();
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class))
                .startsWith("application/json");
    }

    @Test
    void bodiesOfAllKindsAreSent() throws Exception {
        String json = "{\"Name\":\"x\"}";
        for (Object body : new Object[] {
            json,
            json.getBytes(StandardCharsets.UTF_8),
            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
            Map.of("Name", "x")
        }) {
            Exchange exchange = send("sftoolkit:raw?method=POST&path=/services/data/v66.0/sobjects/Account", body);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .isEqualTo(201);
            assertThat(exchange.getMessage().getHeader("Location")).asString().contains("/sobjects/Account/001");
        }
        assertThat(emulator.org().count("Account")).isEqualTo(4);
    }

    @Test
    void anAnswerWithoutABodyIsNull() {
        String id = emulator.org().insert("Account", Map.of("Name", "x"));
        Exchange exchange = send("sftoolkit:raw?method=DELETE&path=sobjects/Account/" + id, "ignored");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(204);
        assertThat(send("sftoolkit:raw?path=sobjects/Account/" + id, null).getException())
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void onlyListedHeadersAreSentAlong() {
        var headers = Map.<String, Object>of("Sforce-Query-Options", "batchSize=200", "If-Match", "x");
        send("sftoolkit:raw?path=limits&requestHeaders=Sforce-Query-Options", null, headers);
        assertThat(emulator.requests().list("limits").get(0).headers())
                .containsEntry("sforce-query-options", "batchSize=200")
                .doesNotContainKey("if-match");
    }

    @Test
    void headerSetsPathAndMethodOnlyIfAllowed() {
        var headers = Map.<String, Object>of("CamelSfToolkitPath", "limits");
        send("sftoolkit:raw?path=sobjects", null, headers);
        send("sftoolkit:raw?path=sobjects&allowHeaderOverride=path", null, headers);
        assertThat(emulator.requests().list())
                .filteredOn(request -> !request.resource().startsWith("oauth2"))
                .extracting(request -> request.resource())
                .containsExactly("sobjects", "limits");
        assertThat(send("sftoolkit:raw?allowHeaderOverride=path", null).getException())
                .hasMessageContaining("raw needs a path");
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:raw")).hasMessageContaining("raw needs a path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path=RAW(https://evil.example/x)",
                "path=RAW(//evil.example/x)",
                "path=RAW(http:evil)",
                "path=RAW(/services/../secur/logout.jsp)",
                "path=RAW(/services/data/%2e%2E/x)",
                "path=limits&method=TRACE"
            })
    void aPathLeadsNowhereElse(String options) {
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:raw?" + options))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void charactersNotAllowedInUrisAreEncoded() {
        emulator.org().insert("Account", Map.of("Name", "Ä B"));
        Exchange exchange = send("sftoolkit:raw?path=RAW(query?q=SELECT Id FROM Account WHERE Name = 'Ä B')", null);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);
        assertThat(send("sftoolkit:raw?path=RAW(@evil.example/x)", null).getException())
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void everyBodyThatCanBeReadAgainIsSentAgainWithANewToken(@org.junit.jupiter.api.io.TempDir java.nio.file.Path dir)
            throws Exception {
        String json = "{\"Name\":\"x\"}";
        java.nio.file.Path file = java.nio.file.Files.writeString(dir.resolve("a.json"), json);
        var polled = new org.apache.camel.component.file.GenericFile<java.io.File>();
        polled.setFile(file.toFile());
        String uri = "sftoolkit:raw?method=POST&path=/services/data/v66.0/sobjects/Account";
        int logins = 1;
        send(uri, json);
        for (Object body : new Object[] {
            json, json.getBytes(StandardCharsets.UTF_8), Map.of("Name", "x"), file.toFile(), file, polled
        }) {
            emulator.expireTokens();
            assertThat(send(uri, body).getException())
                    .as(body.getClass().getName())
                    .isNull();
            assertThat(emulator.logins()).as(body.getClass().getName()).isEqualTo(++logins);
        }
        assertThat(emulator.org().all("Account")).hasSize(7).allSatisfy(row -> assertThat(row)
                .containsEntry("Name", "x"));
    }
}
