package org.sftoolkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.SfToolkitConfiguration;
import org.sftoolkit.camel.SfToolkitConnection;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.DrivenClock;
import org.sftoolkit.emulator.SalesforceEmulator;

class KameletsIT {

    @Test
    void recordsAreSavedAndDeletedWithClientCredentials() throws Exception {
        try (SalesforceEmulator org = SalesforceEmulator.builder().start();
                CamelContext context = started()) {
            send(
                    context,
                    "sftoolkit-save-sink",
                    secret(org, Map.of("externalIdField", "External_ID__c")),
                    account("Acme"));
            send(
                    context,
                    "sftoolkit-save-sink",
                    secret(org, Map.of("externalIdField", "External_ID__c")),
                    account("Acme 2"));
            assertThat(org.org().all("Account")).extracting("Name").containsExactly("Acme 2");
            Object id = org.org().all("Account").get(0).get("Id");
            send(context, "sftoolkit-delete-sink", secret(org, Map.of()), List.of(id));
            assertThat(org.org().count("Account")).isZero();
        }
    }

    @Test
    void recordsAreLoadedInBulkWithAJwt() throws Exception {
        var keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        try (SalesforceEmulator org =
                        SalesforceEmulator.builder().jwtKey(keys.getPublic()).start();
                CamelContext context = started()) {
            var options = new HashMap<String, Object>(Map.of(
                    "sObject", "Account",
                    "bulkOperation", "INSERT",
                    "loginUrl", org.url(),
                    "clientId", "emulator-client",
                    "userName", "user@example.com",
                    "privateKey", "RAW(" + pem + ")"));
            send(context, "sftoolkit-bulk-sink", options, List.of(account("Acme"), account("Umbrella")));
            assertThat(org.org().all("Account")).extracting("Name").containsExactlyInAnyOrder("Acme", "Umbrella");
        }
    }

    @Test
    void changedRecordsArePolled() throws Exception {
        try (SalesforceEmulator org = SalesforceEmulator.builder().start();
                CamelContext context = started()) {
            org.org().insert("Account", Map.of("Name", "Acme"));
            try (var consumer = context.createConsumerTemplate()) {
                Map<?, ?> record = consumer.receiveBody(
                        uri("sftoolkit-query-source", secret(org, Map.of("settleDelay", 0, "delay", 100))),
                        20_000,
                        Map.class);
                assertThat(record.get("Name")).isEqualTo("Acme");
            }
        }
    }

    @Test
    void deletionsArePolledToo() throws Exception {
        var clock = new DrivenClock(Instant.parse("2026-03-01T12:00:00Z"));
        try (SalesforceEmulator org = SalesforceEmulator.builder().clock(clock).start();
                CamelContext context = started()) {
            String id = org.org().insert("Account", Map.of("Name", "Acme"));
            clock.advance(Duration.ofMinutes(1));
            try (var consumer = context.createConsumerTemplate()) {
                String uri = uri("sftoolkit-changes-source", secret(org, Map.of("delay", 100)));
                Exchange created = consumer.receive(uri, 20_000);
                assertThat(created.getMessage().getHeader("CamelSfToolkitChange"))
                        .hasToString("CREATED");
                consumer.doneUoW(created);
                clock.advance(Duration.ofMinutes(2));
                org.org().delete("Account", id);
                clock.advance(Duration.ofMinutes(3));
                Exchange deleted = consumer.receive(uri, 20_000);
                assertThat(deleted.getMessage().getHeaders())
                        .containsEntry("CamelSfToolkitId", id)
                        .extractingByKey("CamelSfToolkitChange")
                        .hasToString("DELETED");
                consumer.doneUoW(deleted);
            }
        }
    }

    @Test
    void eventsArePublishedAndFollowed(@TempDir Path folder) throws Exception {
        try (SalesforceEmulator org = SalesforceEmulator.builder().start();
                CamelContext context = started()) {
            var login = secret(org, Map.of());
            login.remove("sObject");
            var publish = new HashMap<>(login);
            publish.put("event", "Order_Placed__e");
            send(context, "sftoolkit-publish-sink", publish, Map.of("Order_Number__c", "O-1"));
            var follow = new HashMap<>(login);
            follow.putAll(Map.of("channels", "Account,Order_Placed__e", "replayPreset", "EARLIEST"));
            follow.putAll(Map.of("changeTypes", "UPDATE", "watermarkFile", folder.resolve("positions")));
            String uri = uri("sftoolkit-subscribe-source", follow);
            try (var consumer = context.createConsumerTemplate()) {
                Exchange order = consumer.receive(uri, 20_000);
                assertThat(order.getMessage().getBody(SObject.class)).containsEntry("Order_Number__c", "O-1");
                consumer.doneUoW(order);
                String id = org.org().insert("Account", Map.of("Name", "Acme"));
                org.org().update("Account", id, Map.of("Name", "Umbrella"));
                Exchange change = consumer.receive(uri, 20_000);
                assertThat(change.getMessage().getBody(SObject.class)).containsEntry("Name", "Umbrella");
                consumer.doneUoW(change);
            }
        }
    }

    @Test
    void theComponentsLoginServesAKameletThatNamesNone() throws Exception {
        try (SalesforceEmulator org = SalesforceEmulator.builder().start();
                CamelContext context = started()) {
            SfToolkitConfiguration options =
                    context.getComponent("sftoolkit", SfToolkitComponent.class).getConfiguration();
            options.setLoginUrl(org.url());
            options.setClientId("emulator-client");
            options.setClientSecret("emulator-secret");
            send(context, "sftoolkit-save-sink", Map.of("sObject", "Account"), account("Acme"));
            assertThat(org.org().count("Account")).isEqualTo(1);
        }
    }

    @Test
    void aConnectionBeanServesAKameletThatNamesIt() throws Exception {
        try (SalesforceEmulator org = SalesforceEmulator.builder().start();
                CamelContext context = started()) {
            var connection = new SfToolkitConnection();
            connection.setLoginUrl(org.url());
            connection.setClientId("emulator-client");
            connection.setClientSecret("emulator-secret");
            context.getRegistry().bind("europe", connection);
            Map<String, Object> options = Map.of("sObject", "Account", "connection", "europe");
            for (String sink : List.of("sftoolkit-save-sink", "sftoolkit-bulk-sink")) {
                var more = new HashMap<>(options);
                if (sink.contains("bulk")) {
                    more.put("bulkOperation", "INSERT");
                }
                send(context, sink, more, List.of(account(sink.contains("bulk") ? "Bulk" : "Save")));
            }
            assertThat(org.org().count("Account")).isEqualTo(2);
        }
    }

    @Test
    void secretsOfAKameletMayHoldAnyCharacter() throws Exception {
        String hard = "p&q+r s%t=u#v?w";
        try (SalesforceEmulator org = SalesforceEmulator.builder()
                        .connectedApp("client&+%id", hard)
                        .start();
                CamelContext context = started()) {
            var options =
                    Map.<String, Object>of("sObject", "Account", "loginUrl", org.url(), "clientId", "RAW(client&+%id)");
            var inUri = new HashMap<>(options);
            inUri.put("clientSecret", "RAW(" + hard + ")");
            send(context, "sftoolkit-save-sink", inUri, account("in the URI"));
            var properties = new java.util.Properties();
            properties.setProperty("sf.secret", hard);
            context.getPropertiesComponent().setInitialProperties(properties);
            var placeholder = new HashMap<>(options);
            placeholder.put("clientSecret", "RAW({{sf.secret}})");
            send(context, "sftoolkit-save-sink", placeholder, account("of a property"));
            assertThat(org.org().count("Account")).isEqualTo(2);
        }
    }

    private static CamelContext started() {
        var context = new DefaultCamelContext();
        context.start();
        return context;
    }

    private static void send(CamelContext context, String kamelet, Map<String, Object> options, Object body)
            throws Exception {
        try (var template = context.createProducerTemplate()) {
            template.sendBody(uri(kamelet, options), body);
        }
    }

    private static String uri(String kamelet, Map<String, Object> options) {
        return "kamelet:" + kamelet + "?"
                + options.entrySet().stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining("&"));
    }

    private static Map<String, Object> secret(SalesforceEmulator org, Map<String, Object> more) {
        var options = new HashMap<String, Object>(more);
        options.put("sObject", "Account");
        options.put("loginUrl", org.url());
        options.put("clientId", "emulator-client");
        options.put("clientSecret", "emulator-secret");
        return options;
    }

    private static Map<String, Object> account(String name) {
        return new HashMap<>(Map.of("Name", name, "External_ID__c", name.substring(0, 4)));
    }
}
