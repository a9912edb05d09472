package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.traffic.LoggedRequest;

class SaveFaultsIT extends SaveTestSupport {

    @Test
    void rowsThatMeetALockAreSentAgainWithoutTheOthers() {
        emulator.faults().lockRows(2, "Account", row -> "locked".equals(row.get("Name")));
        SaveResults results = save(
                SAVE + "retryRecords=3",
                List.of(account("Name", "a"), account("Name", "locked"), account("Name", "c")));
        assertThat(codes(results)).containsExactly("-", "-", "-");
        assertThat(emulator.org().count("Account")).isEqualTo(3);
        assertThat(emulator.requests().list().stream()
                        .filter(request -> request.resource().equals("composite/sobjects"))
                        .map(LoggedRequest::records))
                .containsExactly(3, 1, 1);
    }

    @Test
    void withoutRetryRecordsALockedRowFailsAsRetryable() {
        emulator.faults().lockRows(1, "Account", row -> "locked".equals(row.get("Name")));
        SaveResults results = save(SAVE, List.of(account("Name", "a"), account("Name", "locked")));
        assertThat(codes(results)).containsExactly("-", "UNABLE_TO_LOCK_ROW");
        assertThat(results.get(1).retryable()).isTrue();
    }

    @Test
    void withAllOrNoneALockSendsTheWholeRequestAgain() {
        emulator.faults().lockRows(1, "Account", row -> "locked".equals(row.get("Name")));
        SaveResults results = save(
                SAVE + "allOrNone=true&retryRecords=true", List.of(account("Name", "a"), account("Name", "locked")));
        assertThat(codes(results)).containsExactly("-", "-");
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }

    @Test
    void aBatchThatFailsAsAWholeIsToldOnEachOfItsRecordsWhileTheOthersGoOn() {
        emulator.faults().next(1, when("POST composite/sobjects"), Fault.status(400, "JSON_PARSER_ERROR", "broken"));
        SaveResults results = save(SAVE + "batchSize=10&concurrency=1", list(30, i -> account("Name", "a" + i)));
        assertThat(results.failed()).hasSize(10).allSatisfy(result -> assertThat(result.errors())
                .extracting(SaveError::statusCode)
                .containsExactly("JSON_PARSER_ERROR"));
        assertThat(results).extracting(SaveResult::index).isSorted();
        assertThat(emulator.org().count("Account")).isEqualTo(20);
    }

    @Test
    void anIteratorThatFailsMidwayTellsWhatWasWritten() {
        Iterator<Map<String, Object>> source = Stream.iterate(0, i -> i + 1)
                .map(i -> {
                    if (i == 25) {
                        throw new IllegalStateException("the source broke");
                    }
                    return account("Name", "a" + i);
                })
                .iterator();
        Exchange exchange = send(SAVE + "batchSize=10&concurrency=1", source);
        assertThat(exchange.getException()).isInstanceOfSatisfying(PartialFailureException.class, failure -> {
            assertThat(failure.getCause()).hasMessage("the source broke");
            assertThat(failure.results()).hasSize(25);
            assertThat(failure.results().succeeded()).hasSize(20).allSatisfy(result -> assertThat(result.id())
                    .isNotNull());
            assertThat(failure.results().failed())
                    .allSatisfy(result ->
                            assertThat(result.errors().get(0).statusCode()).isEqualTo("NOT_SENT"));
            assertThat(failure.retryable()).isFalse();
        });
        assertThat(emulator.org().count("Account")).isEqualTo(20);
    }

    @Test
    void anIteratorThatFailsAtOnceFailsTheExchangeAsItIs() {
        Iterator<Object> source = new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new IllegalStateException("no source");
            }

            @Override
            public Object next() {
                throw new IllegalStateException();
            }
        };
        assertThat(send(SAVE, source).getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no source");
    }

    @Test
    void aLostInsertIsLookedUpByItsExternalId() {
        emulator.faults().next(1, when("POST composite/sobjects"), Fault.dropConnection(Fault.Moment.BEFORE_ANSWER));
        SaveResults results = save(
                BY_KEY + "mode=INSERT",
                List.of(account("Name", "1", "External_ID__c", "A"), account("Name", "2", "External_ID__c", "B")));
        assertThat(results.failed()).isEmpty();
        assertThat(results).allSatisfy(result -> assertThat(result.id()).isNotNull());
        assertThat(emulator.org().count("Account")).isEqualTo(2);
        emulator.faults().next(1, when("POST sobjects/{object}"), Fault.dropConnection(Fault.Moment.BEFORE_ANSWER));
        SaveResult one = body(BY_KEY + "mode=INSERT", account("Name", "3", "External_ID__c", "C"), SaveResult.class);
        assertThat(one.created()).isTrue();
        assertThat(emulator.org().count("Account")).isEqualTo(3);
    }

    @Test
    void aReloadThatFailsTakesNothingBackThatWasWritten() {
        emulator.faults()
                .always(when("POST composite/sobjects/{object}"), Fault.status(400, "INVALID_FIELD", "not to be read"));
        Exchange exchange = send(SAVE + "reload=true&fields=Id,Name", list(2_300, i -> account("Name", "a" + i)));
        assertThat(exchange.getException()).isInstanceOfSatisfying(PartialFailureException.class, failure -> {
            assertThat(failure).hasMessageContaining("not to be read");
            assertThat(failure.results().succeeded()).hasSizeGreaterThanOrEqualTo(2_000);
            assertThat(failure.results().succeeded())
                    .as("what the org has is told")
                    .hasSize(emulator.org().count("Account"));
            assertThat(failure.retryable()).isFalse();
        });
    }

    @Test
    void aLostInsertWithoutAnExternalIdIsNotSaidToHaveBeenLookedUp() {
        emulator.faults().next(1, when("POST composite/sobjects"), Fault.dropConnection(Fault.Moment.BEFORE_ANSWER));
        SaveResults results = save(BY_KEY + "batchSize=200", List.of(account("Name", "1"), account("Name", "2")));
        assertThat(emulator.org().count("Account")).isEqualTo(2);
        assertThat(results.failed()).hasSize(2).allSatisfy(result -> {
            assertThat(result.retryable()).isFalse();
            assertThat(result.errors().get(0).message())
                    .contains("it is unknown whether Salesforce carried out the request")
                    .doesNotContain("looked up");
        });
    }

    @Test
    void aLostInsertIsToldThoughTheLoginIsRefusedAfterIt() {
        emulator.faults()
                .next(1, when("POST composite/sobjects"), Fault.dropConnection(Fault.Moment.BEFORE_ANSWER))
                .next(1, when("POST composite/sobjects"), Fault.expireSession());
        var records = list(2, i -> account("Name", "a" + i));
        Exchange exchange = template.request(SAVE + "batchSize=1&concurrency=1", sent -> {
            sent.getMessage().setBody(records);
            body("sftoolkit:limits", null, Object.class); // logs in
            emulator.faults().always(when("POST oauth2/token"), Fault.loginRefused("invalid_grant", "no"));
        });
        assertThat(emulator.org().count("Account")).isEqualTo(1);
        PartialFailureException failure = exchange.getException(PartialFailureException.class);
        SaveResults results = failure == null ? exchange.getMessage().getBody(SaveResults.class) : failure.results();
        assertThat(results).hasSize(2);
        assertThat(results.get(0).errors().get(0).message()).contains("is unknown");
    }
}
