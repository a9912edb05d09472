package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.SalesforceEmulator;

class SeveralOrgsIT extends RouteTestSupport {

    private final SalesforceEmulator other = SalesforceEmulator.builder()
            .connectedApp("other-client", "other-secret")
            .latency(java.time.Duration.ofMillis(20))
            .start();

    @AfterEach
    void closeOther() {
        other.close();
    }

    private SfToolkitConnection connection() {
        var connection = new SfToolkitConnection();
        connection.setLoginUrl(other.url());
        connection.setClientId("other-client");
        connection.setClientSecret("other-secret");
        return connection;
    }

    @Test
    void aConnectionBeanLeadsToItsOrg() {
        context.getRegistry().bind("europe", connection());
        String here = emulator.org().insert("Account", Map.of("Name", "Here"));
        String there = other.org().insert("Account", Map.of("Name", "There"));
        assertThat(body("sftoolkit:fetch:Account", here, SObject.class)).containsEntry("Name", "Here");
        assertThat(body("sftoolkit:fetch:Account?connection=europe", there, SObject.class))
                .containsEntry("Name", "There");
    }

    @Test
    void invalidConnectionsAreReported() {
        context.getRegistry().bind("europe", connection());
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:fetch:Account?connection=asia"))
                .hasStackTraceContaining("connection=asia")
                .hasStackTraceContaining("[europe]");
        assertThatThrownBy(() -> context.getEndpoint(
                        "sftoolkit:fetch:Account?connection=europe&loginUrl=" + emulator.url() + "&requestTimeout=5"))
                .hasStackTraceContaining("the URI also sets loginUrl, requestTimeout");
    }

    @Test
    void equalSettingsShareOneSessionAndOneBudgetOfRequests() throws Exception {
        for (String name : List.of("one", "two")) {
            SfToolkitConnection connection = connection();
            connection.setMaxConcurrentRequests(3);
            context.getRegistry().bind(name, connection);
        }
        String id = other.org().insert("Account", Map.of("Name", "There"));
        List<CompletableFuture<Exchange>> sent = Stream.of("one", "two")
                .flatMap(name -> IntStream.range(0, 20)
                        .mapToObj(i -> template.asyncSend(
                                "sftoolkit:fetch:Account?connection=" + name,
                                exchange -> exchange.getMessage().setBody(id))))
                .toList();
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(20, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(other.logins()).isEqualTo(1);
        assertThat(other.requests().peakInFlight("GET sobjects/{object}/{id}")).isLessThanOrEqualTo(3);
    }

    @Test
    void connectionsAreMadeFromProperties() throws Exception {
        String id = other.org().insert("Account", Map.of("Name", "There"));
        var main = new Main();
        main.addProperty("camel.beans.europe", "#class:org.sftoolkit.camel.SfToolkitConnection");
        main.addProperty("camel.beans.europe.loginUrl", other.url());
        main.addProperty("camel.beans.europe.clientId", "other-client");
        main.addProperty("camel.beans.europe.clientSecret", "other-secret");
        main.addProperty("camel.beans.europe.requestTimeout", "5s");
        main.addProperty("camel.beans.europe.authType", "CLIENT_CREDENTIALS");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:fetch").to("sftoolkit:fetch:Account?connection=europe");
            }
        });
        main.start();
        try {
            SObject record = main.getCamelTemplate().requestBody("direct:fetch", id, SObject.class);
            assertThat(record).containsEntry("Name", "There");
            var bean = main.getCamelContext().getRegistry().lookupByNameAndType("europe", SfToolkitConnection.class);
            assertThat(bean.getRequestTimeout()).isEqualTo(5_000);
        } finally {
            main.stop();
        }
    }
}
