package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;

class IdHeaderIT extends RouteTestSupport {

    private static final String KEY = "externalIdField=External_ID__c";

    private String insert(String object, Map<String, Object> fields) {
        return emulator.org().insert(object, fields);
    }

    private Exchange run(Object body, String steps) throws Exception {
        yaml(
                """
                - route:
                    from:
                      uri: direct:in
                      steps:
                """
                        + steps.indent(8));
        var exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return template.send("direct:in", exchange);
    }

    @Test
    void idOfASavedRecordIsNotUsedForAnotherObject() throws Exception {
        String contact = insert("Contact", Map.of("LastName", "Doe"));
        Exchange done = run(
                new HashMap<>(Map.of("Name", "Acme")),
                """
                - to: sftoolkit:save:Account
                - setBody: { constant: %s }
                - to: sftoolkit:fetch:Contact?fields=Id,LastName
                """
                        .formatted(contact));
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(SObject.class)).containsEntry("LastName", "Doe");
        assertThat(done.getMessage().getHeader("CamelSfToolkitId")).isEqualTo(contact);
    }

    @Test
    void theIdOfASavedRecordIsReadForTheSameObject() throws Exception {
        Exchange done = run(
                new HashMap<>(Map.of("Name", "Acme")),
                """
                - to: sftoolkit:save:Account
                - setBody: { constant: "something else" }
                - to: sftoolkit:fetch:account?fields=Name
                """);
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(SObject.class)).containsEntry("Name", "Acme");
    }

    @Test
    void idOfASavedRecordIsNotUsedAsExternalId() throws Exception {
        insert("Account", Map.of("Name", "Umbrella", "External_ID__c", "K2"));
        Exchange done = run(
                new HashMap<>(Map.of("Name", "Acme", "External_ID__c", "K1")),
                """
                - to: sftoolkit:save:Account?externalIdField=External_ID__c
                - setBody: { constant: K2 }
                - to: sftoolkit:delete:Account?externalIdField=External_ID__c
                """);
        assertThat(done.getException()).isNull();
        assertThat(emulator.org().all("Account"))
                .extracting(record -> record.get("External_ID__c"))
                .containsExactly("K1");
    }

    @Test
    void headerSetByTheRouteIsAlwaysUsed() throws Exception {
        String other = insert("Account", Map.of("Name", "Umbrella", "External_ID__c", "K2"));
        Exchange done = run(
                new HashMap<>(Map.of("Name", "Acme", "External_ID__c", "K1")),
                """
                - to: sftoolkit:save:Account?externalIdField=External_ID__c
                - setHeader: { name: CamelSfToolkitId, constant: K2 }
                - to: sftoolkit:fetch:Account?externalIdField=External_ID__c
                """);
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(SObject.class).id()).isEqualTo(other);
        Exchange direct = send("sftoolkit:fetch:Account?" + KEY, "something else", Map.of("CamelSfToolkitId", "K1"));
        assertThat(direct.getMessage().getBody(SObject.class)).containsEntry("Name", "Acme");
    }

    @Test
    void aFileIsNotUploadedInPlaceOfTheRecordBefore() throws Exception {
        Exchange done = run(
                new HashMap<>(Map.of("Name", "Acme")),
                """
                - to: sftoolkit:save:Account
                - setBody: { constant: "content" }
                - to: sftoolkit:upload
                """);
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(SaveResult.class).created()).isTrue();
        assertThat(emulator.org().all("ContentVersion")).hasSize(1);
    }

    @Test
    void idOfAPolledRecordIsNotUsedForAnotherObject() throws Exception {
        String account = insert("Account", Map.of("Name", "Acme", "External_ID__c", "K1"));
        insert("Contact", Map.of("LastName", "Doe", "AccountId", account));
        yaml(
                """
                - route:
                    from:
                      uri: sftoolkit:query:Contact
                      parameters: { fields: "Id,AccountId", delay: 100, initialDelay: 10, settleDelay: 0 }
                      steps:
                        - setBody: { simple: "${body[AccountId]}" }
                        - to: sftoolkit:fetch:Account?fields=Name,External_ID__c
                        - to: mock:parent
                        - setBody: { constant: K1 }
                        - to: sftoolkit:fetch:Account?externalIdField=External_ID__c
                        - to: mock:keyed
                """);
        for (String mock : List.of("mock:parent", "mock:keyed")) {
            getMockEndpoint(mock).expectedMinimumMessageCount(1);
            getMockEndpoint(mock).assertIsSatisfied();
            assertThat(getMockEndpoint(mock)
                            .getReceivedExchanges()
                            .get(0)
                            .getMessage()
                            .getHeader("CamelSfToolkitId"))
                    .isEqualTo(account);
        }
    }
}
