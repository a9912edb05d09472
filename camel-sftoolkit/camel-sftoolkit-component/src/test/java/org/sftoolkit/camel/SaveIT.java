package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.fault.Fault;

class SaveIT extends RouteTestSupport {

    private static final String BY_KEY = "sftoolkit:save:Account?externalIdField=External_ID__c";

    private static Map<String, Object> account(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private Map<String, Object> stored(String id) {
        return emulator.org().find("Account", id).orElseThrow();
    }

    @Test
    void aRecordWithoutIdIsInsertedAndGetsIt() {
        Map<String, Object> record = account("Name", "Acme");
        Exchange exchange = send("sftoolkit:save:Account", record);
        SaveResult result = exchange.getMessage().getBody(SaveResult.class);
        assertThat(result.success()).isTrue();
        assertThat(result.created()).isTrue();
        assertThat(result.record()).isSameAs(record);
        assertThat(record).containsEntry("Id", result.id());
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitId")).isEqualTo(result.id());
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitCreated")).isEqualTo(true);
        assertThat(stored(result.id())).containsEntry("Name", "Acme");
    }

    @Test
    void aRecordWithIdIsUpdatedAndAbsentFieldsAreLeftAlone() {
        String id = emulator.org().insert("Account", account("Name", "Acme", "Phone", "1", "Website", "http://a"));
        SaveResult result = body("sftoolkit:save:Account", account("Id", id, "Phone", null), SaveResult.class);
        assertThat(result.created()).isFalse();
        assertThat(stored(id)).containsEntry("Website", "http://a");
        assertThat(stored(id).get("Phone")).isNull();
    }

    @Test
    void aValueOfTheExternalIdUpserts() {
        SaveResult first = body(BY_KEY, account("Name", "Acme", "External_ID__c", "K1"), SaveResult.class);
        SaveResult second = body(BY_KEY, account("Name", "Acme 2", "External_ID__c", "K1"), SaveResult.class);
        assertThat(first.created()).isTrue();
        assertThat(second.created()).isFalse();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(stored(first.id())).containsEntry("Name", "Acme 2");
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }

    @Test
    void onlyChangedFieldsAreSentAndUnchangedRecordsNotAtAll() {
        String id = emulator.org().insert("Account", account("Name", "Acme", "Phone", "1"));
        SObject record = body("sftoolkit:fetch:Account", id, SObject.class);
        emulator.requests().reset();
        SaveResult skipped = body("sftoolkit:save:Account?onlyChanges=true", record, SaveResult.class);
        assertThat(skipped.skipped()).isTrue();
        assertThat(emulator.requests().count()).isZero();
        record.put("Phone", "2");
        SaveResult saved = body("sftoolkit:save:Account?onlyChanges=true", record, SaveResult.class);
        assertThat(saved.success()).isTrue();
        assertThat(saved.skipped()).isFalse();
        assertThat(stored(id)).containsEntry("Phone", "2");
        assertThat(record.changedFields()).isEmpty();
    }

    @Test
    void aRefusedRecordIsATypedErrorAndTheBodyStays() {
        Map<String, Object> record = account("Nonsense__c", "x");
        Exchange exchange = send("sftoolkit:save:Account", record);
        assertThat(exchange.getException()).isInstanceOf(RequestRejectedException.class);
        assertThat(exchange.getMessage().getBody()).isSameAs(record);
        assertThat(record).doesNotContainKey("Id");
    }

    @Test
    void jsonTextAndBytesAreRecords() {
        SaveResult one = body("sftoolkit:save:Account", "{\"Name\":\"From JSON\"}", SaveResult.class);
        assertThat(stored(one.id())).containsEntry("Name", "From JSON");
        byte[] many = "[{\"Name\":\"A\"},{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"B\"}]".getBytes();
        SaveResults results = body("sftoolkit:save", many, SaveResults.class);
        assertThat(results.get(0).success()).isFalse();
        assertThat(results.get(0).errors().get(0).message()).contains("sftoolkit:save:Account");
        assertThat(results.get(1).success()).isTrue();
        assertThat(emulator.org().count("Contact")).isEqualTo(1);
    }

    @Test
    void aThousandMixedRecordsGiveAThousandResultsInOrder() {
        var input = new ArrayList<Object>();
        var known = new HashMap<Integer, String>();
        for (int i = 0; i < 1000; i++) {
            switch (i % 5) {
                case 0 -> input.add(account("Name", "New " + i));
                case 1 -> {
                    known.put(i, emulator.org().insert("Account", account("Name", "Old " + i)));
                    input.add(account("Id", known.get(i), "Name", "Updated " + i));
                }
                case 2 -> input.add(account("Name", "Keyed " + i, "External_ID__c", "K" + i));
                case 3 -> input.add(account("Name", "Bad " + i, "Nonsense__c", "x"));
                default -> input.add(account("Phone", "no name " + i));
            }
        }
        emulator.requests().reset();
        Exchange exchange = send(BY_KEY + "&concurrency=3", input);
        SaveResults results = exchange.getMessage().getBody(SaveResults.class);
        assertThat(results).hasSize(1000);
        for (int i = 0; i < 1000; i++) {
            SaveResult result = results.get(i);
            assertThat(result.index()).isEqualTo(i);
            assertThat(result.record()).isSameAs(input.get(i));
            assertThat(result.success()).as("record %d: %s", i, result).isEqualTo(i % 5 < 3);
            if (result.success()) {
                assertThat(stored(result.id()).get("Name")).isEqualTo(((Map<?, ?>) input.get(i)).get("Name"));
                assertThat(result.created()).isEqualTo(i % 5 != 1);
            } else {
                assertThat(result.errors().get(0).statusCode())
                        .isEqualTo(i % 5 == 3 ? "INVALID_FIELD" : "REQUIRED_FIELD_MISSING");
            }
        }
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitSucceeded")).isEqualTo(600);
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitFailed")).isEqualTo(400);
        assertThat((List<?>) exchange.getMessage().getHeader("CamelSfToolkitFailedRecords"))
                .hasSize(400);
        assertThat(emulator.requests().list()).allMatch(request -> request.records() <= 200);
        // 600 without key or Id, 200 with Id, 200 with key
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(5);
        assertThat(emulator.requests().peakInFlight()).isLessThanOrEqualTo(3);
    }

    @Test
    void failedRecordsCanBeSentAgainAsTheyStand() {
        var input = List.of(account("Name", "Good"), account("Phone", "1"));
        Exchange exchange = send("sftoolkit:save:Account", input);
        List<?> failed = exchange.getMessage().getHeader("CamelSfToolkitFailedRecords", List.class);
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0)).isSameAs(input.get(1));
        input.get(1).put("Name", "Mended");
        assertThat(body("sftoolkit:save:Account", failed, SaveResults.class).failed())
                .isEmpty();
    }

    @Test
    void partialFailureMayBeAnException() {
        Exchange exchange = send(
                "sftoolkit:save:Account?onPartialFailure=FAIL",
                List.of(account("Name", "Good"), account("Phone", "1")));
        assertThat(exchange.getException()).isInstanceOf(PartialFailureException.class);
        SaveResults results = ((PartialFailureException) exchange.getException()).results();
        assertThat(results).extracting(SaveResult::success).containsExactly(true, false);
    }

    @Test
    void allOrNoneHoldsForOneRequestAndIsRefusedBeyond() {
        var input = List.of(account("Name", "Good"), account("Phone", "1"));
        SaveResults results = body("sftoolkit:save:Account?allOrNone=true", input, SaveResults.class);
        assertThat(results.failed()).hasSize(2);
        assertThat(emulator.org().count("Account")).isZero();
        var many = new ArrayList<Object>();
        for (int i = 0; i < 201; i++) {
            many.add(account("Name", "A" + i));
        }
        emulator.requests().reset();
        assertThat(send("sftoolkit:save:Account?allOrNone=true", many).getException())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("allOrNone");
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void aListOfNullsGivesAFailureEach() {
        SaveResults results = body("sftoolkit:save:Account", Arrays.asList(null, null), SaveResults.class);
        assertThat(results).hasSize(2).allMatch(result -> !result.success());
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void anEmptyListSendsNothing() {
        Exchange exchange = send("sftoolkit:save:Account", List.of());
        assertThat(exchange.getMessage().getBody(SaveResults.class)).isEmpty();
        assertThat(emulator.requests().count()).isZero();
    }

    @Test
    void reloadReadsSavedRecordsBack() {
        SObject one = SObject.of("Account", account("Name", "Acme"));
        body("sftoolkit:save:Account?reload=true", one, SaveResult.class);
        assertThat(one).containsKeys("CreatedDate", "OwnerId");
        assertThat(one.changedFields()).isEmpty();
        var many = List.of(account("Name", "A"), account("Name", "B"));
        body("sftoolkit:save:Account?reload=true&fields=Id,CreatedDate", many, SaveResults.class);
        assertThat(many).allSatisfy(record -> assertThat(record).containsKeys("Id", "CreatedDate"));
    }

    @Test
    void aBatchOfMoreThanTenTypeRunsIsSplit() {
        var mixed = new ArrayList<Object>();
        for (int i = 0; i < 24; i++) {
            mixed.add(
                    i % 2 == 0
                            ? SObject.of("Account", account("Name", "A" + i))
                            : SObject.of("Contact", account("LastName", "C" + i)));
        }
        Exchange exchange = send("sftoolkit:save", mixed);
        assertThat(exchange.getMessage().getBody(SaveResults.class)).allMatch(SaveResult::success);
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(3);
    }

    @Test
    void aRecordThatCannotBeReadBackIsSavedAllTheSame() {
        emulator.faults().always(when("GET sobjects/{object}/{id}"), Fault.status(503));
        Exchange exchange = send("sftoolkit:save:Account?reload=true", "{\"Name\":\"Acme\"}");
        assertThat(exchange.getException()).isInstanceOfSatisfying(PartialFailureException.class, failure -> {
            assertThat(failure.retryable()).as("it would be created twice").isFalse();
            assertThat(failure.results()).singleElement().satisfies(result -> assertThat(result.id())
                    .isNotNull());
        });
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }
}
