package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.traffic.LoggedRequest;

class SaveListIT extends SaveTestSupport {

    @Test
    void aRecordThatCannotBeEncodedIsReportedAtItsPlace() {
        SaveResults results = save(
                SAVE,
                List.of(
                        account("Name", "a"),
                        account("Name", "b", "SLAExpirationDate__c", java.time.LocalDateTime.now()),
                        account("Name", "c")));
        assertThat(codes(results)).containsExactly("-", "INVALID_VALUE", "-");
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }

    @Test
    void withAllOrNoneARecordRefusedBeforeSendingKeepsTheOthersBack() {
        SaveResults results = save(
                SAVE + "allOrNone=true&mode=UPDATE",
                List.of(
                        account("Id", emulator.org().insert("Account", account("Name", "x")), "Name", "y"),
                        account("Name", "b")));
        assertThat(codes(results)).containsExactly("ALL_OR_NONE_OPERATION_ROLLED_BACK", "MISSING_ARGUMENT");
        assertThat(emulator.org().all("Account").get(0)).containsEntry("Name", "x");
        assertThat(emulator.requests().count("PATCH composite/sobjects")).isZero();
    }

    @Test
    void updateOnlyNeverCreatesInAList() {
        emulator.org().insert("Account", account("Name", "old", "External_ID__c", "K1"));
        SaveResults results = save(
                BY_KEY + "updateOnly=true",
                List.of(account("Name", "new", "External_ID__c", "K1"), account("Name", "no", "External_ID__c", "K2")));
        assertThat(codes(results)).containsExactly("-", "NOT_FOUND");
        assertThat(results.get(0).created()).isFalse();
        assertThat(emulator.org().all("Account")).singleElement().satisfies(a -> assertThat(a)
                .containsEntry("Name", "new"));
    }

    @Test
    void keysThatStandInARequestTwice() {
        List<Map<String, Object>> twice = List.of(
                account("Name", "1", "External_ID__c", "K"),
                account("Name", "other", "External_ID__c", "L"),
                account("Name", "2", "External_ID__c", "K"));
        assertThat(codes(save(BY_KEY + "duplicateKeys=FAIL", twice)))
                .containsExactly("DUPLICATE_VALUE", "-", "DUPLICATE_VALUE");
        SaveResults first = save(BY_KEY + "duplicateKeys=FIRST", twice);
        assertThat(first).extracting(SaveResult::skipped).containsExactly(false, false, true);
        assertThat(first.get(2).id()).isEqualTo(first.get(0).id());
        assertThat(emulator.org().find("Account", first.get(0).id()).orElseThrow())
                .containsEntry("Name", "1");
        SaveResults last = save(BY_KEY + "duplicateKeys=LAST", twice);
        assertThat(last).extracting(SaveResult::skipped).containsExactly(true, false, false);
        assertThat(emulator.org().find("Account", first.get(0).id()).orElseThrow())
                .containsEntry("Name", "2");
    }

    @Test
    void duplicatesOfAnIdAreSeenInEitherLength() {
        String id = emulator.org().insert("Account", account("Name", "x"));
        SaveResults results = save(
                SAVE + "duplicateKeys=LAST",
                List.of(account("Id", id, "Name", "1"), account("Id", id.substring(0, 15), "Name", "2")));
        assertThat(codes(results)).containsExactly("-", "-");
        assertThat(emulator.org().find("Account", id).orElseThrow()).containsEntry("Name", "2");
        assertThat(emulator.requests().list().stream()
                        .mapToInt(LoggedRequest::records)
                        .max())
                .hasValue(1);
    }

    @Test
    void oneRequestIsNeverTooLargeInBytes() {
        String text = "x".repeat(30_000);
        SaveResults results = save(SAVE, list(400, i -> account("Name", "a" + i, "Description", text)));
        assertThat(results.failed()).isEmpty();
        List<LoggedRequest> requests = emulator.requests().list().stream()
                .filter(request -> request.resource().equals("composite/sobjects"))
                .toList();
        assertThat(requests).hasSize(3).allSatisfy(request -> assertThat(request.bodySize())
                .isLessThan(5_100_000));
    }

    @Test
    void oneRequestHoldsTenRunsOfTypesAtMost() {
        var records = new ArrayList<SObject>();
        for (int i = 0; i < 25; i++) {
            records.add(
                    SObject.of(i % 2 == 0 ? "Account" : "Contact", account(i % 2 == 0 ? "Name" : "LastName", "n" + i)));
        }
        SaveResults results = save("sftoolkit:save", records);
        assertThat(results.failed()).isEmpty();
        assertThat(results)
                .extracting(SaveResult::index)
                .containsExactlyElementsOf(IntStream.range(0, 25).boxed().toList());
        assertThat(emulator.requests().count("POST composite/sobjects")).isEqualTo(3);
    }

    @Test
    void reloadReadsAListBackTwoThousandAtATime() {
        List<Map<String, Object>> records = list(450, i -> account("Name", "a" + i));
        save(SAVE + "reload=true&fields=Id,Name,CreatedDate", records);
        assertThat(records)
                .allSatisfy(record -> assertThat(record.get("CreatedDate")).isNotNull());
        assertThat(emulator.requests().count("POST composite/sobjects")).isEqualTo(3);
        assertThat(emulator.requests().list().stream()
                        .filter(request -> request.resource().contains("{object}"))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void readOnlyFieldsStayBehindByTheOrgsDescription() {
        String id = emulator.org().insert("Account", account("Name", "x"));
        SObject fetched = body("sftoolkit:fetch:Account", id, SObject.class);
        fetched.put("Name", "y");
        assertThat(send(SAVE, fetched).getException()).isNotNull();
        assertThat(body(SAVE + "stripReadOnly=true", fetched, SaveResult.class).success())
                .isTrue();
        fetched.put("Name", "z");
        assertThat(save(SAVE + "stripReadOnly=true", List.of(fetched)).failed()).isEmpty();
        assertThat(emulator.org().find("Account", id).orElseThrow()).containsEntry("Name", "z");
        assertThat(codes(save(SAVE + "stripReadOnly=true", List.of(account("Nonsense__c", 1)))))
                .containsExactly("INVALID_FIELD");
    }

    @Test
    void writesCarrySalesforcesHeadersOfTheNamedOptions() {
        body(
                SAVE + "assignmentRule=false&duplicateRule=allowSave&updateMru=false",
                account("Name", "x"),
                SaveResult.class);
        save(
                SAVE + "assignmentRule=true&duplicateRule=RAW(allowSave=true,includeRecordDetails)",
                List.of(account("Name", "y")));
        List<LoggedRequest> writes = emulator.requests().list().stream()
                .filter(request ->
                        request.method().equals("POST") && !request.resource().contains("oauth2"))
                .toList();
        assertThat(writes.get(0).headers())
                .containsEntry("sforce-auto-assign", "FALSE")
                .containsEntry("sforce-duplicate-rule-header", "allowSave=true")
                .containsEntry("sforce-mru", "updateMru=false");
        assertThat(writes.get(1).headers())
                .containsEntry("sforce-auto-assign", "TRUE")
                .containsEntry("sforce-duplicate-rule-header", "allowSave=true; includeRecordDetails=true");
    }

    @Test
    void childrenOfOneParentNeverStandInTwoRequestsAtATime() {
        List<String> parents = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            parents.add(emulator.org().insert("Account", account("Name", "p" + i)));
        }
        SaveResults results = save(
                "sftoolkit:save:Contact?groupBy=AccountId&batchSize=5&concurrency=4",
                list(200, i -> account("LastName", "c" + i, "AccountId", parents.get(i % 4))));
        assertThat(results.failed()).isEmpty();
        assertThat(results).extracting(SaveResult::index).isSorted();
        assertThat(emulator.org().count("Contact")).isEqualTo(200);
    }

    @Test
    void progressIsReportedInOrderBeforeTheRouteContinues() {
        var heard = new java.util.concurrent.CopyOnWriteArrayList<org.sftoolkit.camel.operation.Progress>();
        var events = new java.util.concurrent.CopyOnWriteArrayList<Object>();
        context.getRegistry().bind("hearing", (org.sftoolkit.camel.operation.ProgressListener) heard::add);
        context.getManagementStrategy().addEventNotifier(new org.apache.camel.support.EventNotifierSupport() {
            @Override
            public void notify(org.apache.camel.spi.CamelEvent event) {
                if (event instanceof SfToolkitProgressEvent) {
                    events.add(event);
                }
            }
        });
        save(SAVE + "batchSize=10&progressListener=#hearing", list(35, i -> account("Name", "a" + i)));
        assertThat(heard)
                .extracting(org.sftoolkit.camel.operation.Progress::done)
                .hasSize(4)
                .isSorted()
                .endsWith(35L);
        assertThat(heard).allSatisfy(progress -> assertThat(progress.total()).isEqualTo(35));
        assertThat(events).hasSize(4);
    }

    @Test
    void aListOfUpdatesChangesRecordsAndCreatesNone() {
        List<Map<String, Object>> records = list(
                450,
                i -> account("Id", emulator.org().insert("Account", account("Name", "old" + i)), "Name", "new" + i));
        emulator.requests().reset();
        SaveResults results = save(SAVE + "concurrency=2", records);
        assertThat(results.failed()).isEmpty();
        assertThat(results).noneMatch(SaveResult::created);
        assertThat(emulator.requests().count("PATCH composite/sobjects")).isEqualTo(3);
        assertThat(emulator.requests().count("POST composite/sobjects")).isZero();
        assertThat(emulator.requests().peakInFlight()).isLessThanOrEqualTo(2);
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactlyElementsOf(
                        records.stream().map(record -> record.get("Name")).toList());
    }

    @Test
    void unchangedRecordsKeepTheirPlaceAmongTheResults() {
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String id = emulator.org().insert("Account", account("Name", "n" + i));
            SObject read = body("sftoolkit:fetch:Account?fields=Name", id, SObject.class);
            if (i % 2 == 0) {
                read.put("Name", "changed" + i);
            }
            records.add(read);
        }
        SaveResults results = save(SAVE + "onlyChanges=true", records);
        assertThat(results).extracting(SaveResult::skipped).containsExactly(false, true, false, true, false, true);
        assertThat(results).extracting(SaveResult::record).containsExactlyElementsOf(records);
        assertThat(results).allMatch(SaveResult::success);
    }

    @Test
    void singleAndListFollowTheSameRuleAndAnUpsertContainsNoId() {
        String known = emulator.org().insert("Account", account("Name", "old", "External_ID__c", "K1"));
        String other = emulator.org().insert("Account", account("Name", "other"));
        var record = account("Id", other, "External_ID__c", "K1", "Name", "by key");
        SaveResult one = body(BY_KEY + "batchSize=200", record, SaveResult.class);
        assertThat(one.id()).isEqualTo(known);
        record.put("Name", "by key again");
        assertThat(save(BY_KEY + "batchSize=200", List.of(record)).get(0).id()).isEqualTo(known);
        assertThat(emulator.org().find("Account", known).orElseThrow()).containsEntry("Name", "by key again");
        assertThat(emulator.org().find("Account", other).orElseThrow()).containsEntry("Name", "other");
        assertThat(record).containsEntry("Id", other);
    }

    @Test
    void aKeyThatNoRecordHasIsDoubted() {
        List<Map<String, Object>> records = List.of(new LinkedHashMap<>(Map.of("Name", "A")));
        String uri = "sftoolkit:save:Account?externalIdField=External_ID__c";
        assertThat(warnings(() -> body(uri, records, SaveResults.class)))
                .singleElement()
                .asString()
                .contains("1 records were sent as new records", "externalIdField=External_ID__c", "mode=UPSERT");
        List<Map<String, Object>> keyed = List.of(
                new LinkedHashMap<>(Map.of("Name", "B")),
                new LinkedHashMap<>(Map.of("Name", "C", "External_ID__c", "c")));
        assertThat(warnings(() -> send(uri, keyed))).noneMatch(line -> line.contains("sent as new records"));
    }
}
