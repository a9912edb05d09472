package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResults;

/** What an exchange brings and cannot be meant is refused in the family, in words, before anything is written. */
class RefusedInputIT extends RouteTestSupport {

    private String account(String name) {
        return emulator.org().insert("Account", Map.of("Name", name));
    }

    private String contact(String name) {
        return emulator.org().insert("Contact", Map.of("LastName", name));
    }

    private List<Object> forms(String id) {
        return List.of(id, id.substring(0, 15), Map.of("Id", id), SObject.of("Account", Map.of("Id", id)));
    }

    @Test
    void idsOfAnotherObjectAreNotDeletedWhateverTheirForm() {
        String account = account("kept");
        String contact = contact("kept too");
        for (Object foreign : forms(account)) {
            for (List<Object> body : List.of(List.of(foreign), List.<Object>of(contact, foreign))) {
                for (String options : List.of("", "?notFound=IGNORE", "?allOrNone=true", "?batchSize=1")) {
                    Exchange done = send("sftoolkit:delete:Contact" + options, body);
                    assertThat(done.getException())
                            .as(options + body)
                            .isInstanceOf(InvalidBodyException.class)
                            .hasMessageContaining("003")
                            .hasMessageContaining("001");
                }
            }
            assertThat(send("sftoolkit:delete:Contact", foreign).getException()).isInstanceOf(NotFoundException.class);
            assertThat(send("sftoolkit:delete:Contact?notFound=IGNORE", foreign).getException())
                    .isInstanceOf(NotFoundException.class);
        }
        assertThat(emulator.org().count("Account")).isEqualTo(1);
        assertThat(emulator.org().count("Contact")).isEqualTo(1);
    }

    @Test
    void idsOfSeveralObjectsAreDeletedIfTheRouteNamesNone() {
        SaveResults results = body("sftoolkit:delete", List.of(account("a"), contact("c")), SaveResults.class);
        assertThat(results.failed()).isEmpty();
        assertThat(emulator.org().count("Account")).isZero();
    }

    @Test
    void theSameListIsDeletedWithOneDescriptionIfThePrefixIsNotKnown() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            ids.add(emulator.org()
                    .insert("Attachment", Map.of("Name", "f" + i, "ParentId", account("p" + i), "Body", "eA==")));
        }
        Exchange done = send("sftoolkit:delete:Attachment", ids);
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(2);
        assertThat(emulator.org().count("Attachment")).isZero();
    }

    @Test
    void invalidHeaderFailsWithATypedException() {
        var softly = new SoftAssertions();
        refused(softly, "sftoolkit:query?soql=SELECT Id FROM Account WHERE Name = :nobody", "x", Map.of());
        refused(softly, "sftoolkit:query?soql=SELECT Id FROM Account WHERE Name = :n", null, Map.of("n", new Object()));
        refused(softly, "sftoolkit:query?soql=SELECT Id FROM Account WHERE Name IN :n", null, Map.of("n", List.of()));
        refused(softly, "sftoolkit:search?q=:n", null, Map.of("n", List.of("a")));
        refused(
                softly,
                "sftoolkit:save:Account?allowHeaderOverride=mode",
                Map.of("Name", "x"),
                Map.of("CamelSfToolkitMode", "MAYBE"));
        refused(softly, "sftoolkit:delete", "001000000000001AAA", Map.of());
        refused(softly, "sftoolkit:fetch", "001000000000001AAA", Map.of());
        refused(softly, "sftoolkit:reload", Map.of("Id", "001000000000001AAA"), Map.of());
        refused(softly, "sftoolkit:bulkJob?action=info", null, Map.of());
        refused(softly, "sftoolkit:query", null, Map.of());
        refused(softly, "sftoolkit:search", null, Map.of());
        refused(softly, "sftoolkit:raw?allowHeaderOverride=path", "x", Map.of());
        softly.assertAll();
        assertThat(emulator.requests().count()).isZero();
    }

    private void refused(SoftAssertions softly, String uri, Object body, Map<String, Object> headers) {
        Exception failure = send(uri, body, headers).getException();
        softly.assertThat(failure).as(uri).isInstanceOf(SfToolkitException.class);
        softly.assertThat(failure instanceof SfToolkitException typed && typed.retryable())
                .as(uri)
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "fetch", "reload", "download"})
    void anObjectThatIsMissingIsAskedForInTheWordsOfTheOperation(String operation) {
        Object body = operation.equals("reload") ? Map.of("Id", "001000000000001AAA") : "001000000000001AAA";
        assertThat(send("sftoolkit:" + operation, body).getException())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("sftoolkit:" + operation + ":Account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\ud800", "\udc00b", "\udc00\ud800"})
    void textThatSalesforceCannotStoreIsRefusedAsBind(String text) {
        for (String where : List.of("Name = :n", "Name IN :n", "Name IN (:n)", "Name LIKE :like(n)")) {
            for (Object value :
                    where.contains("like(") ? List.<Object>of(text) : List.<Object>of(text, List.of("a", text))) {
                assertThat(send("sftoolkit:query?soql=SELECT Id FROM Account WHERE " + where, null, Map.of("n", value))
                                .getException())
                        .as(where)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining(":n");
            }
        }
        assertThat(send("sftoolkit:search?q=:n", null, Map.of("n", text)).getException())
                .isInstanceOf(InvalidInputException.class);
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void aKeyThatStandsTwiceInJsonIsRefused() {
        String twice = "{\"Name\":\"a\",\"Phone\":\"1\",\"Name\":\"b\"}";
        var bodies = new HashMap<String, List<String>>();
        bodies.put(
                "sftoolkit:save:Account",
                List.of(twice, '[' + twice + ']', "[{\"Name\":\"x\"}," + twice + ']', "{\"Name\":\"x\"}\n" + twice));
        bodies.put("sftoolkit:bulk:Account?bulkOperation=INSERT", List.of('[' + twice + ']'));
        bodies.put(
                "sftoolkit:reload:Account", List.of("{\"Id\":\"001000000000001AAA\",\"Id\":\"001000000000002AAA\"}"));
        bodies.put(
                "sftoolkit:delete:Account", List.of("{\"Id\":\"001000000000001AAA\",\"Id\":\"001000000000002AAA\"}"));
        bodies.put(
                "sftoolkit:composite",
                List.of(
                        "{\"compositeRequest\":[{\"method\":\"GET\",\"method\":\"DELETE\",\"url\":\"/x\",\"referenceId\":\"a\"}]}"));
        bodies.forEach(
                (uri, all) -> all.forEach(json -> assertThat(send(uri, json).getException())
                        .as(uri + " of " + json)
                        .isInstanceOf(InvalidBodyException.class)
                        .hasMessageContaining("Duplicate")));
        assertThat(emulator.org().count("Account")).isZero();
    }

    @Test
    void bodyThatIsNotTextIsRefusedAsStatementContentAndJob() {
        var softly = new SoftAssertions();
        for (Object body :
                List.of(new Date(), LocalDate.EPOCH, 42, true, List.of("SELECT Id FROM Account"), new Object())) {
            for (String uri : List.of(
                    "sftoolkit:query",
                    "sftoolkit:bulkQuery",
                    "sftoolkit:search",
                    "sftoolkit:bulkJob?action=info",
                    "sftoolkit:raw?method=POST&path=/services/apexrest/x")) {
                boolean taken = body instanceof List && (uri.contains("bulkJob") || uri.contains("raw"));
                if (!taken) {
                    softly.assertThat(send(uri, body).getException())
                            .as(uri + " of " + body.getClass())
                            .isInstanceOf(InvalidBodyException.class);
                }
            }
        }
        softly.assertThat(send("sftoolkit:bulkJob?action=info", List.of(new Date()))
                        .getException())
                .isInstanceOf(InvalidBodyException.class);
        softly.assertAll();
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void aPartialFailureIsToldInWords() {
        Exchange done =
                send("sftoolkit:save:Account?onPartialFailure=FAIL", List.of(Map.of("Name", "a"), Map.of("Nmae", "b")));
        assertThat(done.getException())
                .isInstanceOf(PartialFailureException.class)
                .hasMessageStartingWith("1 of 2 records failed; the first: ")
                .hasMessageNotContaining("SaveError")
                .hasMessageNotContaining("[");
    }
}
