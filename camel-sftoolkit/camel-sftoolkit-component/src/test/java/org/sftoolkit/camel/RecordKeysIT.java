package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.error.MultipleChoicesException;
import org.sftoolkit.camel.error.PreconditionFailedException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.traffic.LoggedRequest;

class RecordKeysIT extends RouteTestSupport {

    private static final String BY_KEY = "?externalIdField=External_ID__c";

    private String insert(String name, Object key) {
        return emulator.org().insert("Account", Map.of("Name", name, "External_ID__c", key));
    }

    /** A blank is no plus in a path, and a zero is a key. */
    @Test
    void externalIdsMayHoldAnyCharacters() {
        for (String key :
                List.of("a/b", "a+b", "100%", "a&b=c", "what?", "#1", "a b", "Ä€\uD83D\uDE00", "0", "a'b\\c")) {
            Map<String, Object> record = new HashMap<>(Map.of("Name", "n " + key, "External_ID__c", key));
            SaveResult created = body("sftoolkit:save:Account" + BY_KEY, record, SaveResult.class);
            assertThat(created.created()).as(key).isTrue();
            assertThat(body("sftoolkit:fetch:Account" + BY_KEY, key, SObject.class))
                    .containsEntry("Id", created.id());
            List<?> found = body("sftoolkit:fetch:Account" + BY_KEY, List.of(key), List.class);
            assertThat(found).hasSize(1).doesNotContainNull();
            assertThat(body("sftoolkit:save:Account" + BY_KEY, record, SaveResult.class)
                            .created())
                    .isFalse();
            Exchange deleted = send("sftoolkit:delete:Account" + BY_KEY, key);
            assertThat(deleted.getException()).as(key).isNull();
        }
        assertThat(emulator.org().count("Account")).isZero();
    }

    @Test
    void aNameThatNoFieldCanHaveIsRefusedAtItsRecordAndTheOthersAreLoaded() {
        for (String operation : List.of("save:Account", "save:Account?via=BULK", "bulk:Account")) {
            for (Object name : Arrays.asList(null, 1, "1st", "_x", "a b", "")) {
                var wrong = new HashMap<Object, Object>(Map.of("Name", "wrong"));
                wrong.put(name, "x");
                List<Object> list = List.of(wrong, new HashMap<>(Map.of("Name", "right")));
                Exchange exchange = send("sftoolkit:" + operation, list);
                assertThat(exchange.getException()).as(operation + " " + name).isNull();
                assertThat(exchange.getMessage().getHeader(SfToolkitConstants.FAILED))
                        .as(operation + " " + name)
                        .hasToString("1");
            }
        }
        assertThat(emulator.org().all("Account")).hasSize(18).allMatch(record -> "right".equals(record.get("Name")));
    }

    @Test
    void aListIsDeletedByExternalId() {
        insert("a", "K1");
        insert("b", "K2");
        SaveResults results =
                body("sftoolkit:delete:Account" + BY_KEY, List.of("K2", "K9", "K1", "K2"), SaveResults.class);
        assertThat(results).extracting(SaveResult::success).containsExactly(true, false, true, true);
        assertThat(results.get(1).errors().get(0).statusCode()).isEqualTo("NOT_FOUND");
        assertThat(results.get(3).id()).isEqualTo(results.get(0).id());
        assertThat(emulator.org().count("Account")).isZero();
        assertThat(body(
                                "sftoolkit:delete:Account" + BY_KEY + "&notFound=IGNORE",
                                List.of("K1", "K2"),
                                SaveResults.class)
                        .failed())
                .isEmpty();
    }

    @Test
    void idsOfEitherLengthAndTwiceAreAskedForOnceAndAnsweredAtEachPlace() {
        String id = insert("a", "K1");
        String other = insert("b", "K2");
        List<?> found =
                body("sftoolkit:fetch:Account?fields=Id,Name", List.of(id.substring(0, 15), other, id, id), List.class);
        assertThat(found).extracting(record -> ((SObject) record).id()).containsExactly(id, other, id, id);
        SaveResults deleted =
                body("sftoolkit:delete:Account", List.of(id, id.substring(0, 15), other), SaveResults.class);
        assertThat(deleted.failed()).isEmpty();
        assertThat(emulator.requests().list("DELETE composite/sobjects"))
                .extracting(LoggedRequest::records)
                .containsExactly(2);
    }

    @Test
    void withAllOrNoneAMissingRecordKeepsTheOthers() {
        insert("a", "K1");
        SaveResults results =
                body("sftoolkit:delete:Account" + BY_KEY + "&allOrNone=true", List.of("K1", "K9"), SaveResults.class);
        assertThat(results)
                .extracting(result -> result.errors().get(0).statusCode())
                .containsExactly("ALL_OR_NONE_OPERATION_ROLLED_BACK", "NOT_FOUND");
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }

    @Test
    void lockedRowsAreDeletedAgainWithoutTheOthers() {
        List<String> ids = List.of(insert("a", "K1"), insert("b", "K2"));
        emulator.faults().lockRows(1, "Account", row -> ids.get(1).equals(row.get("Id")));
        SaveResults results = body("sftoolkit:delete:Account?retryRecords=1", ids, SaveResults.class);
        assertThat(results.failed()).isEmpty();
        assertThat(emulator.requests().list("DELETE composite/sobjects"))
                .extracting(LoggedRequest::records)
                .containsExactly(2, 1);
    }

    @Test
    void conditionsHoldForOneRecord() {
        String id = insert("a", "K1");
        String past = Instant.now().minus(1, ChronoUnit.HOURS).toString();
        String future = Instant.now().plus(1, ChronoUnit.HOURS).toString();
        Exchange unchanged = send("sftoolkit:fetch:Account?ifModifiedSince=" + future, id);
        assertThat(unchanged.getException()).isNull();
        assertThat(unchanged.getMessage().getBody()).isNull();
        assertThat(body("sftoolkit:fetch:Account?ifModifiedSince=" + past, id, SObject.class))
                .containsKey("Name");
        Map<String, Object> record = new HashMap<>(Map.of("Id", id, "Name", "b"));
        assertThat(send("sftoolkit:save:Account?ifUnmodifiedSince=" + past, record)
                        .getException())
                .isInstanceOf(PreconditionFailedException.class);
        assertThat(send("sftoolkit:delete:Account?ifUnmodifiedSince=" + past, id)
                        .getException())
                .isInstanceOf(PreconditionFailedException.class);
        assertThat(emulator.org().find("Account", id).orElseThrow()).containsEntry("Name", "a");
        assertThat(send("sftoolkit:save:Account?ifUnmodifiedSince=" + future, record)
                        .getException())
                .isNull();
        assertThat(send("sftoolkit:save:Account?ifUnmodifiedSince=" + past, List.of(record))
                        .getException())
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void recordsThatShareAKeyCanBeFetchedByWhatTheFailureNames() {
        String first = insert("a", "K1");
        String second = insert("b", "K2");
        String path = "/services/data/v66.0/sobjects/Account/";
        emulator.faults()
                .next(
                        when("GET sobjects*"),
                        new Fault.Status(
                                300,
                                "application/json",
                                "[\"" + path + first + "\",\"" + path + second + "\"]",
                                Map.of()));
        var failure = (MultipleChoicesException)
                send("sftoolkit:fetch:Account" + BY_KEY, "K").getException();
        assertThat(failure.ids()).containsExactly(first, second);
        for (List<String> keys : List.of(failure.ids(), failure.choices())) {
            assertThat(body("sftoolkit:fetch:Account?fields=Name", keys, List.class))
                    .extracting(record -> ((SObject) record).get("Name"))
                    .containsExactly("a", "b");
        }
        SObject one =
                body("sftoolkit:fetch:Account?fields=Name", failure.choices().get(1), SObject.class);
        assertThat(one).containsEntry("Name", "b");
        assertThat(one.get("attributes")).isEqualTo(Map.of("type", "Account"));
    }
}
