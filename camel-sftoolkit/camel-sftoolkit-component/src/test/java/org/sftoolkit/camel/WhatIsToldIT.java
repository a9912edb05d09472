package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.ListTooLongException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.fault.Fault;

/** What is told of writes is what became of them, or that nobody knows. */
class WhatIsToldIT extends SaveTestSupport {

    private static final String BY_OLD_KEY = SAVE + "mode=INSERT&maxRetries=0&externalIdField=Non_Unique_Key__c";

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.field(
                "Account",
                "{\"name\":\"Exact__c\",\"label\":\"E\",\"type\":\"string\",\"length\":80,\"externalId\":true,\"unique\":true,"
                        + "\"caseSensitive\":true,\"createable\":true,\"updateable\":true,\"nillable\":true,\"custom\":true}");
        settings.field(
                "Account",
                "{\"name\":\"Number__c\",\"label\":\"N\",\"type\":\"double\",\"precision\":18,\"scale\":0,\"externalId\":true,"
                        + "\"unique\":true,\"createable\":true,\"updateable\":true,\"nillable\":true,\"custom\":true}");
    }

    @ParameterizedTest
    @CsvSource({"Old, New", "Same, Same"})
    void anInsertThatNeverHappenedIsNotTheOlderRecordOfItsKey(String old, String sent) {
        emulator.org().insert("Account", Map.of("Name", old, "Non_Unique_Key__c", "K"));
        emulator.faults()
                .next(1, when("POST sobjects/{object}"), Fault.dropConnection(Fault.Moment.BEFORE_PROCESSING))
                .next(1, when("POST composite/sobjects"), Fault.dropConnection(Fault.Moment.BEFORE_PROCESSING));
        Exchange one = send(BY_OLD_KEY, account("Name", sent, "Non_Unique_Key__c", "K"));
        assertThat(one.getException())
                .isInstanceOfSatisfying(TransportException.class, lost -> assertThat(lost.outcomeUnknown())
                        .isTrue());
        SaveResults list = save(BY_OLD_KEY, List.of(account("Name", sent, "Non_Unique_Key__c", "K")));
        assertThat(list.get(0).success()).isFalse();
        assertThat(list.get(0).retryable()).isFalse();
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }

    @Test
    void aDeleteIgnoresOnlyWhatSaysThatTheRecordIsNotThere() {
        String gone = emulator.org().insert("Account", Map.of("Name", "gone"));
        body("sftoolkit:delete:Account", gone, SaveResult.class);
        assertThat(send("sftoolkit:delete:Account?notFound=IGNORE", gone).getException())
                .isNull();
        assertThat(send("sftoolkit:delete:Acount?notFound=IGNORE", gone).getException())
                .as("an object that is misspelt")
                .isInstanceOf(NotFoundException.class);
        assertThat(send("sftoolkit:delete:Account?notFound=IGNORE&externalIdField=Exakt__c", "x")
                        .getException())
                .as("a field that is misspelt")
                .isNotNull();
        String there = emulator.org().insert("Account", Map.of("Name", "there"));
        for (String noId : List.of("Id\n" + there + "\n", there + "," + there, "ACME-17", there + "x")) {
            assertThat(send("sftoolkit:delete:Account?notFound=IGNORE", noId).getException())
                    .as(noId)
                    .isInstanceOf(NotFoundException.class);
        }
        emulator.faults()
                .next(
                        1,
                        when("DELETE composite/sobjects"),
                        Fault.answer(200, "[{\"id\":\"" + gone + "\",\"success\":false,\"errors\":[]}]"));
        SaveResults list = body("sftoolkit:delete:Account?notFound=IGNORE", List.of(gone), SaveResults.class);
        assertThat(list.get(0).success()).as("a failure that says nothing").isFalse();
        emulator.faults().next(1, when("DELETE sobjects/{object}/{id}"), Fault.htmlBody(404));
        assertThat(send("sftoolkit:delete:Account?notFound=IGNORE", gone).getException())
                .as("a page of a proxy")
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, false, 'false false true', ",
        "FIRST, false, 'true true true', 1",
        "LAST, false, 'true true true', 3",
        "FAIL, true, 'true false true', 1",
        "FIRST, true, 'true true true', 1",
        "LAST, true, 'true true true', 3"
    })
    void twinsInDifferentRequestsAreTwins(String policy, boolean streamed, String outcomes, String name) {
        List<Map<String, Object>> records = List.of(
                account("Name", "1", "External_ID__c", "Twin"),
                account("Name", "3", "External_ID__c", "twin"),
                account("Name", "other", "External_ID__c", "other"));
        String uri = BY_KEY + "batchSize=1&duplicateKeys=" + policy;
        SaveResults results = save(uri, streamed ? records.iterator() : records);
        assertThat(String.join(" ", results.stream().map(r -> "" + r.success()).toList()))
                .isEqualTo(outcomes);
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactlyInAnyOrderElementsOf(
                        name == null ? List.of((Object) "other") : List.of((Object) name, "other"));
    }

    @Test
    void theCaseOfAKeyCountsIfItsFieldRegardsIt() {
        String uri = SAVE + "externalIdField=Exact__c&batchSize=1";
        SaveResults results =
                save(uri, List.of(account("Name", "a", "Exact__c", "abc"), account("Name", "b", "Exact__c", "ABC")));
        assertThat(results).allMatch(SaveResult::success);
        assertThat(emulator.org().count("Account")).isEqualTo(2);
        List<?> read = body(
                "sftoolkit:fetch:Account?externalIdField=Exact__c&fields=Name",
                List.of("abc", "ABC", "Abc"),
                List.class);
        var names = new ArrayList<Object>();
        read.forEach(row -> names.add(row == null ? null : ((Map<?, ?>) row).get("Name")));
        assertThat(names).containsExactly("a", "b", null);
        SaveResults deleted =
                body("sftoolkit:delete:Account?externalIdField=Exact__c", List.of("abc", "ABC"), SaveResults.class);
        assertThat(deleted).allMatch(SaveResult::success);
    }

    @Test
    void keyThatIsNotANumberFailsItsRowOnly() {
        emulator.org().insert("Account", Map.of("Name", "one", "Number__c", 1));
        SaveResults deleted = body(
                "sftoolkit:delete:Account?externalIdField=Number__c&notFound=IGNORE",
                List.of("1.0", "one"),
                SaveResults.class);
        assertThat(deleted).extracting(SaveResult::success).containsExactly(true, false);
        assertThat(codes(deleted)).containsExactly("-", "INVALID_VALUE");
        SaveResults updated = save(
                SAVE + "externalIdField=Number__c&updateOnly=true",
                List.of(account("Name", "x", "Number__c", "none"), account("Name", "y", "Number__c", 9)));
        assertThat(codes(updated)).containsExactly("INVALID_VALUE", "NOT_FOUND");
    }

    @Test
    void anExceptionForAListHasItsHeadersToo() {
        var bad = account("Phone", "no name");
        Exchange exchange = send(SAVE + "onPartialFailure=FAIL", List.of(account("Name", "a"), bad));
        assertThat(exchange.getException()).isInstanceOf(PartialFailureException.class);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.SUCCEEDED))
                .isEqualTo(1);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.FAILED)).isEqualTo(1);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.FAILED_RECORDS))
                .isEqualTo(List.of(bad));
    }

    @Test
    void aListThatIsTooLongIsAFailureOfTheFamily() {
        save(SAVE, list(3, i -> account("Name", "a" + i)));
        assertThat(send("sftoolkit:query?maxListSize=2&soql=SELECT Id FROM Account", null)
                        .getException())
                .isInstanceOf(ListTooLongException.class)
                .hasMessageContaining("maxListSize=2");
    }

    @Test
    void requestLinesHoldNoData() {
        List<Exchange> failed = new ArrayList<>();
        failed.add(send("sftoolkit:fetch:Account?externalIdField=External_ID__c", "S3CRET/x"));
        failed.add(send("sftoolkit:delete:Account?externalIdField=External_ID__c", "S3CRET"));
        failed.add(send(BY_KEY + "updateOnly=true", account("External_ID__c", "S3CRET", "Name", "x")));
        failed.add(send(
                "sftoolkit:query:Account?fields=Id,Misspelt__c&where=RAW(Name = :name)", Map.of("name", "S3CRET")));
        assertThat(failed).allSatisfy(exchange -> {
            var failure = (SfToolkitException) exchange.getException();
            assertThat(failure.request()).isNotNull().doesNotContain("S3CRET");
        });
    }
}
