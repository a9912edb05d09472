package org.sftoolkit.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sftoolkit.camel.error.SandboxRequiredException;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** Runs the pages of the cookbook about orgs, limits and watching. A test has its page's name. */
@Timeout(60)
class OperatingRecipesIT {

    @Test
    void severalOrgs() throws Exception {
        try (Recipe recipe = Recipe.of("several-orgs")) {
            recipe.set("camel.beans.europe.loginUrl", recipe.org().url())
                    .set("camel.beans.america.loginUrl", recipe.otherOrg().url());
            for (String bean : List.of("europe", "america")) {
                recipe.set("camel.beans." + bean + ".clientId", "emulator-client")
                        .set("camel.beans." + bean + ".clientSecret", "emulator-secret");
            }
            recipe.org().org().insert("Account", Recipe.account("ACME", "Acme"));
            recipe.start();
            assertThat(recipe.send("direct:copy", null).getException()).isNull();
            assertThat(Recipe.names(recipe.otherOrg())).containsExactly("Acme");
        }
    }

    @Test
    void rehearse() throws Exception {
        try (Recipe recipe = Recipe.of("rehearse").start()) {
            List<Map<String, Object>> accounts = List.of(Recipe.account("ACME", "Acme"));
            Exchange rehearsed = recipe.send("direct:rehearse", accounts, Map.of("CamelSfToolkitDryRun", true));
            assertThat(rehearsed.getException()).isNull();
            assertThat(recipe.send("direct:rehearse", accounts).getException())
                    .isInstanceOf(SandboxRequiredException.class);
            assertThat(recipe.org().org().count("Account")).isZero();
        }
    }

    @Test
    void jobsThatOutliveTheProcess() throws Exception {
        try (Recipe recipe =
                Recipe.of("jobs-that-outlive-the-process").set("jobs.delay", 50).start()) {
            String csv = "External_ID__c,Name\nA1,Acme\nA2,\n";
            recipe.write("inbox/accounts.csv", csv);
            await().until(() -> recipe.org().requests().count("GET jobs/ingest/{job}/failedResults") == 1);
            assertThat(Recipe.names(recipe.org())).containsExactly("Acme");
            int jobs = recipe.org().bulk().jobs().size();
            recipe.write("inbox/accounts.csv", csv);
            await().until(() -> recipe.files("inbox/.failed").size() == 1);
            assertThat(recipe.org().bulk().jobs()).hasSize(jobs);
        }
    }

    @Test
    void apiBudget() throws Exception {
        try (Recipe recipe = Recipe.of("api-budget").start()) {
            for (int i = 0; i < 5; i++) {
                recipe.send("direct:contact", Recipe.contact("C" + i, "Ripley"));
            }
            // the org writes a request down when it has been answered
            await().until(() -> recipe.org().requests().count("PATCH composite/sobjects/Contact/External_ID__c") > 0);
            assertThat(recipe.org().org().count("Contact")).isEqualTo(5);
            assertThat(recipe.org().requests().count("PATCH composite/sobjects/Contact/External_ID__c"))
                    .isEqualTo(1);
            recipe.org().usage().setUsed(900_000);
            assertThat(recipe.send("sftoolkit:limits", null).getException()).isNull();
            assertThat(recipe.send("sftoolkit:limits", null).getException()).hasMessageContaining("apiBudget");
        }
    }

    @Test
    void reactToLimits() throws Exception {
        try (Recipe recipe = Recipe.of("react-to-limits")
                .set("limits.pause", 10)
                .set("limits.retryParkedAfter", 1000)
                .set("camel.component.sftoolkit.maxRetries", 0)
                .start()) {
            recipe.org()
                    .faults()
                    .next(2, FaultPlan.when("sobjects/*"), Fault.limitReached(Fault.Limit.CONCURRENT))
                    .next(1, FaultPlan.when("sobjects/*"), Fault.limitReached(Fault.Limit.DAILY));
            recipe.send("direct:contact", Recipe.contact("C1", "Ripley"));
            assertThat(recipe.org().requests().count("PATCH sobjects/Contact/*"))
                    .isEqualTo(3);
            assertThat(recipe.org().org().count("Contact")).isZero();
            await().until(() -> recipe.org().org().count("Contact") == 1);
        }
    }

    @Test
    void apexRest() throws Exception {
        try (Recipe recipe = Recipe.of("apex-rest").start()) {
            recipe.org()
                    .faults()
                    .next(FaultPlan.when("POST /services/apexrest/orders"), Fault.answer(201, "{\"number\":\"O-1\"}"));
            Exchange done = recipe.send("direct:order", Map.of("sku", "x", "quantity", 2));
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getBody()).isEqualTo(Map.of("number", "O-1"));
            assertThat(done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(201);
        }
    }

    @Test
    void watchInProduction() throws Exception {
        try (Recipe recipe = Recipe.of("watch-in-production", settings -> settings.dailyLimit(5_000))) {
            int port = freePort();
            recipe.set("camel.management.port", port).start();
            var alerts = new LinkedBlockingQueue<String>();
            recipe.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:alert").process(exchange -> alerts.add(exchange.getProperty("left", String.class)));
                }
            });
            assertThat(alerts.poll(20, TimeUnit.SECONDS)).isEqualTo("4999");
            var health = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/observe/health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("UP");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
