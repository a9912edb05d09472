package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.TransportException;

class BadInputIT extends RouteTestSupport {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sftoolkit:fetsch:Account | unknown operation 'fetsch': use one of fetch, reload",
                "sftoolkit:fetch:Account?fieldz=Id | fieldz",
                "sftoolkit:save:Account?mode=SAVE | mode=SAVE is not allowed: use one of AUTO, INSERT, UPDATE,"
                        + " UPSERT",
                "sftoolkit:save:Account?mode=UPSERT | mode=UPSERT needs externalIdField",
                "sftoolkit:save:Account?mode=INSERT&updateOnly=true | cannot be combined",
                "sftoolkit:bulkQuery?resume=750xx0000000001AAA&soql=RAW(SELECT Id FROM Account) | does not use soql",
                "sftoolkit:bulkQuery:Account?outputType=CSV&typed=true | does not use typed",
                "sftoolkit:save:Account?externalIdField=Id | Id is not an external id",
                "sftoolkit:save:Account?via=BULK&allOrNone=true | allOrNone",
                "sftoolkit:save:Account?via=BULK&groupBy=ParentId | groupBy",
                "sftoolkit:save:Account?via=AUTO&updateOnly=true | updateOnly",
                "sftoolkit:bulk:Account?bulkOperation=UPSERT | bulkOperation=UPSERT needs externalIdField",
                "sftoolkit:bulk:Account?bulkOperation=INSERT&externalIdField=Ext__c | does not use externalIdField",
                "sftoolkit:save:Account?concurrency=0 | concurrency=0",
                "sftoolkit:fetch:Account?notFound=IGNORE | notFound",
                "sftoolkit:fetch:Account?apiVersion=new | apiVersion=new",
                "sftoolkit:fetch:Account?loginUrl=acme | loginUrl=acme is not a URL",
                "sftoolkit:fetch:Account?loginUrl=https://acme.lightning.force.com | My Domain URL",
                "sftoolkit:fetch:Account?loginUrl=https://acme.my.salesforce.com/services/oauth2/token | the host"
                        + " only",
                "sftoolkit:fetch:Account?authType=TOKEN | authType=TOKEN needs accessToken (or tokenSource) and"
                        + " instanceUrl",
                "sftoolkit:fetch:Account?authType=PASSWORD | authType=PASSWORD needs userName and password",
            })
    void whatCanNeverWorkIsRefusedWhenTheEndpointIsMade(String uri, String said) {
        assertThatThrownBy(() -> context.getEndpoint(uri)).hasStackTraceContaining(said);
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void fieldsBesideAWholeStatementAreRefused() {
        for (String operation : java.util.List.of("query", "bulkQuery")) {
            String uri = "sftoolkit:" + operation + "?soql=RAW(SELECT Id FROM Account)&fields=Name";
            assertThatThrownBy(() -> context.getEndpoint(uri).createProducer())
                    .hasMessageContaining("does not use fields with soql");
        }
    }

    @Test
    void missingCredentialsAreNamed() {
        SfToolkitConfiguration options =
                context.getComponent("sftoolkit", SfToolkitComponent.class).getConfiguration();
        options.setClientId(null);
        options.setClientSecret(null);
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:fetch:Account"))
                .hasStackTraceContaining("no credentials: set clientId and clientSecret");
    }

    @ParameterizedTest
    @CsvSource({"upsert", "Upsert", "UPSERT"})
    void choicesKnowNoCase(String mode) {
        assertThat(context.getEndpoint("sftoolkit:save:Account?externalIdField=External_ID__c&mode=" + mode))
                .isNotNull();
    }

    @Test
    void aMisspeltObjectIsNamedWithItsCure() {
        assertThat(send("sftoolkit:save:Acount?externalIdField=Key__c", Map.of("Key__c", "x"))
                        .getException())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("check the name of the object")
                .hasMessageContaining("sobjects/Acount");
        Exchange list = send(
                "sftoolkit:save:Acount?externalIdField=Key__c&onPartialFailure=FAIL", List.of(Map.of("Key__c", "x")));
        assertThat(list.getException())
                .isInstanceOf(PartialFailureException.class)
                .hasMessageContaining("NOT_FOUND")
                .hasMessageContaining("sobjects/Acount");
    }

    @Test
    void aLoginHostThatIsSilentIsNamed() {
        Exchange exchange = send("sftoolkit:limits?maxRetries=0&loginUrl=http://localhost:1", null);
        assertThat(exchange.getException())
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("loginUrl=http://localhost:1");
    }

    @Test
    void anOperationWithoutConsumerSaysSo() {
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:save:Account").createConsumer(exchange -> {}))
                .hasMessageContaining("sftoolkit:save is a producer and cannot be used in 'from'");
    }

    @Test
    void aMissingObjectIsNamedWithItsCure() {
        assertThat(send("sftoolkit:fetch", "001000000000001AAA").getException())
                .hasMessageContaining("sftoolkit:fetch:Account");
        assertThat(send("sftoolkit:save", Map.of("Name", "x")).getException())
                .hasMessageContaining("sftoolkit:save:Account");
    }

    @Test
    void aBodyThatIsNotTakenFailsAndTellsWhatIs() {
        Exchange exchange = send("sftoolkit:save:Account", 42);
        assertThat(exchange.getException())
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("java.lang.Integer")
                .hasMessageContaining("a Map, an SObject, a bean, JSON or CSV")
                .hasCauseInstanceOf(InvalidPayloadException.class);
        assertThat(exchange.getMessage().getBody()).isEqualTo(42);
        assertThat(send("sftoolkit:bulk:Account", 42).getException()).hasMessageContaining("records: a Map");
        assertThat(send("sftoolkit:composite", 42).getException()).hasMessageContaining("CompositeRequest");
        assertThat(send("sftoolkit:upload:Attachment", 42).getException()).hasMessageContaining("an InputStream");
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void noBodyFailsAndTellsWhatMayStandWhere() {
        for (String uri : List.of(
                "sftoolkit:save:Account",
                "sftoolkit:bulk:Account",
                "sftoolkit:fetch:Account",
                "sftoolkit:delete:Account",
                "sftoolkit:reload:Account",
                "sftoolkit:upload:Attachment",
                "sftoolkit:composite")) {
            assertThat(send(uri, null).getException())
                    .as(uri)
                    .isInstanceOf(InvalidBodyException.class)
                    .hasMessageContaining("the body is empty (null)");
        }
        assertThat(send("sftoolkit:delete:Account", null).getException())
                .hasMessageContaining("Ids: text, numbers, records or JSON")
                .hasMessageContaining("the header CamelSfToolkitId");
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void aListWithinAListOfKeysIsNamedAndNotMissing() {
        for (Object wrong : List.of(List.of("001000000000001AAA"), new Object[] {"001000000000001AAA"}, new Object())) {
            assertThat(send("sftoolkit:fetch:Account?fields=Id", List.of("001000000000001AAA", wrong))
                            .getException())
                    .as("%s", wrong)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("the entry at place 1");
        }
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void aTextIsNotReloadedSinceNothingOfItChanges() {
        String json = "{\"Id\":\"001000000000001AAA\"}";
        for (Object body : List.of(json, "[" + json + "]", json.getBytes(StandardCharsets.UTF_8), List.of(json))) {
            assertThat(send("sftoolkit:reload:Account?fields=Id", body).getException())
                    .as("%s", body)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is a text, an immutable map, or a map with keys");
        }
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void aMapThatCannotBeChangedIsNotReloaded() {
        Map<String, Object> there = Map.of("Id", "001000000000001AAA");
        var changeable = new HashMap<>(there);
        for (Object body : List.of(
                there,
                Collections.unmodifiableMap(changeable),
                List.of(there),
                List.of(Collections.singletonMap("Id", "001000000000001AAA")))) {
            assertThat(send("sftoolkit:reload:Account?fields=Id", body).getException())
                    .as("%s", body.getClass())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("the entry at place 0 is a text, an immutable map, or a map with keys");
        }
        assertThat(send("sftoolkit:reload:Account?fields=Id", List.of(changeable, there))
                        .getException())
                .hasMessageContaining("the entry at place 1 is a text, an immutable map, or");
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void brokenJsonFailsAndSendsNothing() {
        for (String broken : java.util.List.of("{\"Name\":", "[{\"Name\":\"a\"}", "[{\"Name\":NaN}]")) {
            assertThat(send("sftoolkit:save:Account", broken).getException())
                    .isInstanceOf(InvalidBodyException.class)
                    .hasMessageContaining("the JSON cannot be read at line 1")
                    .hasMessageNotContaining("Feature");
        }
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void invalidIdIsNotFound() {
        assertThat(send("sftoolkit:fetch:Account", "nonsense").getException()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aBlankIdIsNamed() {
        assertThat(send("sftoolkit:fetch:Account", " ").getException()).hasMessageContaining("CamelSfToolkitId");
        assertThat(send("sftoolkit:delete:Account", " ").getException()).hasMessageContaining("CamelSfToolkitId");
        assertThat(emulator.requests().count()).isZero();
    }
}
