package org.sftoolkit.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.SalesforceEmulator;

/** The application of this module, booted by Quarkus, against an embedded org. */
@io.quarkus.test.junit.QuarkusTest
@QuarkusTestResource(OrgResource.class)
class QuarkusTest {

    @Inject
    CamelContext context;

    SalesforceEmulator org;

    @TestHTTPResource("/q/")
    URI actuators;

    @Test
    void aRouteInYamlSavesRecords() {
        await().atMost(Duration.ofMinutes(1)).until(() -> org.org().count("Account") == 2);
        assertThat(org.org().all("Account")).extracting("Name").containsExactlyInAnyOrder("Acme", "Umbrella");
    }

    @Test
    void callsAreCountedInTheRegistryOfQuarkus() {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(get("metrics")).contains("sftoolkit_requests"));
    }

    @Test
    void theApplicationIsHealthy() throws Exception {
        assertThat(get("health")).contains("\"status\": \"UP\"");
    }

    @Test
    void theHealthCheckOfTheComponentIsInCamelsRegistry() {
        assertThat(HealthCheckRegistry.get(context).resolveById("sftoolkit")).isInstanceOf(HealthCheck.class);
    }

    private String get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(actuators.resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
