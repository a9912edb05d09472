package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.fault.Fault;

/** {@code save?via=BULK} gives what {@code save} gives through REST: one result a record, in the order of the input. */
class SaveThroughBulkIT extends SaveTestSupport {

    private static final String BULK = SAVE + "via=BULK&pollInterval=20";

    @Test
    void resultsOfInsertsAreInTheOrderOfTheInputWithTheirIds() {
        var records = list(
                500, i -> account("Name", "n" + i, "Score__c", new BigDecimal("9122600.3").add(BigDecimal.valueOf(i))));
        Collections.shuffle(records, new Random(7));
        SaveResults results = save(BULK + "&maxJobBytes=3000", records);
        assertThat(results).hasSize(500).allMatch(SaveResult::success).allMatch(SaveResult::created);
        var names = new java.util.HashMap<Object, Object>();
        emulator.org().all("Account").forEach(row -> names.put(row.get("Id"), row.get("Name")));
        for (int i = 0; i < 500; i++) {
            assertThat(results.get(i).index()).isEqualTo(i);
            assertThat(names.get(results.get(i).id())).isEqualTo(records.get(i).get("Name"));
            assertThat(records.get(i).get("Id")).isEqualTo(results.get(i).id());
            assertThat(results.get(i).record()).isSameAs(records.get(i));
        }
    }

    @Test
    void equalRecordsAreToldApartByTheirPlacesOnly() {
        SaveResults results = save(BULK, list(6, i -> account("Name", "twin")));
        assertThat(results)
                .allMatch(SaveResult::success)
                .extracting(SaveResult::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void namesInAnotherCaseAreMatchedToo() {
        SaveResults results =
                save(BULK, List.of(account("name", "a", "PHONE", "1"), account("NAME", "b", "phone", "2")));
        assertThat(results).allMatch(SaveResult::success);
        assertThat(emulator.org().all("Account")).allSatisfy(row -> assertThat(row.get("Name"))
                .isEqualTo(row.get("Phone").equals("1") ? "a" : "b"));
    }

    @Test
    void insertsUpdatesAndUpsertsStandSideBySideAndFailuresAtTheirPlace() {
        String id = emulator.org().insert("Account", Map.of("Name", "Old"));
        emulator.org().insert("Account", Map.of("Name", "Old", "External_ID__c", "K1"));
        var bad = account("Phone", "no name");
        var records = List.of(
                account("Id", id.substring(0, 15), "Name", "Updated"),
                account("External_ID__c", "K1", "Name", "Upserted"),
                account("External_ID__c", "K2", "Name", "Created"),
                bad,
                account("Name", "Inserted"),
                account("Name", new Object()),
                account("Id", "001000000000000AAA", "Name", "Nobody"));
        Exchange exchange = send(BULK + "&externalIdField=External_ID__c", records);
        SaveResults results = exchange.getMessage().getBody(SaveResults.class);
        assertThat(results)
                .extracting(SaveResult::success)
                .containsExactly(true, true, true, false, true, false, false);
        assertThat(results)
                .extracting(SaveResult::created)
                .containsExactly(false, false, true, false, true, false, false);
        assertThat(codes(results).subList(3, 6)).containsExactly("REQUIRED_FIELD_MISSING", "-", "INVALID_VALUE");
        assertThat(results.get(0).id()).isEqualTo(id);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.SUCCEEDED))
                .isEqualTo(4);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.FAILED)).isEqualTo(3);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.FAILED_RECORDS, List.class))
                .containsExactly(bad, records.get(5), records.get(6));
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.VIA)).isEqualTo("BULK");
    }

    @Test
    void aFailureIsAnExceptionIfThatIsWanted() {
        Exchange exchange = send(BULK + "&onPartialFailure=FAIL", List.of(account("Name", "a"), account("Phone", "1")));
        assertThat(exchange.getException()).isInstanceOfSatisfying(PartialFailureException.class, failure -> {
            assertThat(failure.results()).extracting(SaveResult::success).containsExactly(true, false);
        });
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.FAILED_RECORDS, List.class))
                .hasSize(1);
    }

    @Test
    void onlyChangesAreSentAndUnchangedRecordsNot() {
        String one = emulator.org().insert("Account", Map.of("Name", "One", "Phone", "1"));
        String two = emulator.org().insert("Account", Map.of("Name", "Two", "Phone", "2"));
        @SuppressWarnings("unchecked")
        List<SObject> read =
                body("sftoolkit:fetch:Account?fields=Id,Name,Phone,BillingAddress", List.of(one, two), List.class);
        read.get(0).put("Name", "New");
        SaveResults results = save(BULK + "&onlyChanges=true", new ArrayList<>(read));
        assertThat(results).extracting(SaveResult::skipped).containsExactly(false, true);
        assertThat(read.get(0).changedFields()).isEmpty();
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactlyInAnyOrder("New", "Two");
    }

    @Test
    void aJobThatFailsIsToldOnItsRecordsAndTheOthersGoOn() {
        emulator.faults()
                .next(1, when("PUT jobs/ingest/{job}/batches"), Fault.status(400, "INVALIDJOB", "not this one"));
        SaveResults results =
                save(BULK + "&maxJobBytes=300&concurrency=1", list(40, i -> account("Name", "record " + i)));
        assertThat(results).hasSize(40);
        assertThat(results.failed()).isNotEmpty().hasSizeLessThan(40);
        assertThat(codes(results)).contains("INVALIDJOB");
        assertThat(results.succeeded()).hasSize(emulator.org().count("Account"));
    }

    @Test
    void recordsOfAStreamAreMatchedAndFailedOnesGivenBackAsTheirRow() {
        byte[] json = "[{\"Name\":\"a\"},{\"Phone\":\"1\"},{\"Name\":\"c\"}]".getBytes(StandardCharsets.UTF_8);
        SaveResults results = save(BULK, new ByteArrayInputStream(json));
        assertThat(results).extracting(SaveResult::success).containsExactly(true, false, true);
        assertThat(results.get(1).record()).isEqualTo(Map.of("Phone", "1"));
        assertThat(results.get(0).id()).isNotNull().isNotEqualTo(results.get(2).id());
    }

    @Test
    void listGoesThroughRestWithoutJobsLeft() {
        emulator.faults().always(when("POST jobs/ingest"), Fault.status(400, "LIMIT_EXCEEDED", "Max bulk v2 jobs"));
        var records =
                IntStream.range(0, 30).mapToObj(i -> account("Name", "r" + i)).toList();
        SaveResults results = save(SAVE + "via=AUTO&bulkThreshold=10", records);
        assertThat(results).hasSize(30).allMatch(SaveResult::success);
        assertThat(emulator.org().count("Account")).isEqualTo(30);
    }

    @Test
    void rowsThatMeetALockAreSentAgainInAJobWithoutTheOthers() {
        emulator.faults().lockRows(2, "Account", row -> "locked".equals(row.get("Name")));
        var records = List.of(account("Name", "a"), account("Name", "locked"), account("Name", "c"));
        SaveResults results = save(BULK + "&retryRecords=3", records);
        assertThat(codes(results)).containsExactly("-", "-", "-");
        assertThat(results).extracting(SaveResult::id).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(emulator.org().find("Account", results.get(1).id()).orElseThrow())
                .containsEntry("Name", "locked");
        assertThat(emulator.org().count("Account")).isEqualTo(3);
        assertThat(emulator.bulk().jobs()).hasSize(3);
    }

    @Test
    void withoutRetryRecordsALockedRowOfAJobFailsAsRetryable() {
        emulator.faults().lockRows(1, "Account", row -> "locked".equals(row.get("Name")));
        SaveResults results = save(BULK, List.of(account("Name", "a"), account("Name", "locked")));
        assertThat(codes(results)).containsExactly("-", "UNABLE_TO_LOCK_ROW");
        assertThat(results.get(1).retryable()).isTrue();
    }
}
