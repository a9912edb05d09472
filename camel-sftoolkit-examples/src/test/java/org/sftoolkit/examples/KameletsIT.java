package org.sftoolkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
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
