package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.bulk.BulkSettings;

/** Loads through bulk jobs, against the embedded org. */
class BulkIT extends RouteTestSupport {

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.field(
                "Account",
                "{\"name\":\"Ext__c\",\"label\":\"Ext\",\"type\":\"string\",\"length\":80,\"externalId\":true,"
                        + "\"unique\":true,\"createable\":true,\"updateable\":true,\"nillable\":true,\"custom\":true}");
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setPollInterval(5);
        options.setMaxPollInterval(20);
    }

    @Test
    void recordsOfAnyKindBecomeRows() {
        String parent = emulator.org().insert("Account", Map.of("Name", "Parent", "Ext__c", "p"));
        var withNull = new HashMap<String, Object>(Map.of("LastName", "Two", "Birthdate", LocalDate.of(2000, 2, 29)));
        withNull.put("FirstName", null);
        SObject third = SObject.of("Contact", Map.of("LastName", "T\"h,r\nee", "Account", Map.of("Ext__c", "p")));
        BulkResult result = load("sftoolkit:bulk:Contact", List.of(Map.of("LastName", "One"), withNull, third));
        assertThat(result.processedCount()).isEqualTo(3);
        assertThat(result.failedCount()).isZero();
        assertThat(result.jobs()).singleElement().extracting(JobInfo::state).isEqualTo("JobComplete");
        assertThat(emulator.org().all("Contact"))
                .extracting(row -> row.get("LastName"))
                .containsExactly("One", "Two", "T\"h,r\nee");
        assertThat(emulator.org().all("Contact").get(1).get("Birthdate")).isEqualTo(LocalDate.of(2000, 2, 29));
        assertThat(emulator.org().all("Contact").get(2).get("AccountId")).isEqualTo(parent);
        assertThat(list(result.successful())).hasSize(3).allMatch(row -> row.success() && row.created());
        assertThat(list(result.failed())).isEmpty();
        assertThat(list(result.unprocessed())).isEmpty();
    }

    @Test
    void valuesKeepTheirMeaning() {
        var record = new LinkedHashMap<String, Object>();
        record.put("Name", "Deal");
        record.put("StageName", "Prospecting");
        record.put("CloseDate", LocalDate.of(2026, 12, 31));
        record.put("Amount", new BigDecimal("1234567.89"));
        record.put("IsPrivate", true);
        BulkResult result = load("sftoolkit:bulk:Opportunity?fields=Name,StageName,CloseDate,Amount", List.of(record));
        assertThat(list(result.failed())).isEmpty();
        assertThat(emulator.org().all("Opportunity").get(0).get("Amount")).isEqualTo(new BigDecimal("1234567.89"));
        BulkResult tasks = load(
                "sftoolkit:bulk:Task",
                List.of(Map.of(
                        "Subject", "Call",
                        "Status", "Not Started",
                        "Priority", "Normal",
                        "IsReminderSet", true,
                        "ReminderDateTime", Instant.parse("2026-01-02T03:04:05Z"))));
        assertThat(list(tasks.failed())).isEmpty();
        assertThat(emulator.org().all("Task").get(0).get("ReminderDateTime"))
                .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void recordsThatHaveAnIdAreInsertedWithoutItAndStayAsTheyWere() {
        Map<String, Object> values = Map.of("Id", "001000000000009AAA", "Name", "A");
        List<Map<String, Object>> records = List.of(
                values,
                Collections.unmodifiableMap(new HashMap<>(values)),
                new HashMap<>(values),
                SObject.of("Account", values));
        BulkResult result = load("sftoolkit:bulk:Account", records);
        assertThat(result.failedCount()).isZero();
        assertThat(emulator.org().all("Account")).hasSize(4);
        assertThat(records).allSatisfy(record -> assertThat(record).isEqualTo(values));
    }

    @Test
    void nullClearsAndAbsentLeavesAlone() {
        String one = emulator.org().insert("Account", Map.of("Name", "A", "Phone", "1", "Industry", "Energy"));
        String two = emulator.org().insert("Account", Map.of("Name", "B", "Phone", "2", "Industry", "Energy"));
        var clears = new HashMap<String, Object>(Map.of("Id", one));
        clears.put("Phone", null);
        load("sftoolkit:bulk:Account?bulkOperation=UPDATE", List.of(clears, Map.of("Id", two, "Industry", "Media")));
        assertThat(emulator.org().find("Account", one).orElseThrow().get("Phone"))
                .isNull();
        assertThat(emulator.org().find("Account", one).orElseThrow().get("Industry"))
                .isEqualTo("Energy");
        assertThat(emulator.org().find("Account", two).orElseThrow().get("Phone"))
                .isEqualTo("2");
        assertThat(emulator.org().find("Account", two).orElseThrow().get("Industry"))
                .isEqualTo("Media");
    }

    @Test
    void refusedRowsComeBackReadyToBeSentAgain() {
        Exchange exchange = send(
                "sftoolkit:bulk:Account",
                List.of(Map.of("Name", "Good"), Map.of("Phone", "12", "Parent", Map.of("Ext__c", "x"))));
        BulkResult result = exchange.getMessage().getBody(BulkResult.class);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.SUCCEEDED, Integer.class))
                .isEqualTo(1);
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.FAILED, Integer.class))
                .isEqualTo(1);
        BulkRow failed = list(result.failed()).get(0);
        assertThat(failed.error().statusCode()).isNotBlank();
        assertThat(failed.retryable()).isFalse();
        assertThat(failed.record("Account"))
                .containsEntry("Phone", "12")
                .containsEntry("Parent", Map.of("Ext__c", "x"))
                .doesNotContainKey("Name");
        assertThat(exchange.getMessage().getHeader(SfToolkitConstants.JOB_ID))
                .isEqualTo(result.jobIds().get(0));
    }

    @Test
    void upsertAndDeleteByKey() {
        emulator.org().insert("Account", Map.of("Name", "Old", "Ext__c", "a"));
        BulkResult result = load(
                "sftoolkit:bulk:Account?externalIdField=Ext__c",
                List.of(Map.of("Ext__c", "a", "Name", "New"), Map.of("Ext__c", "b", "Name", "Other")));
        assertThat(list(result.successful())).extracting(BulkRow::created).containsExactlyInAnyOrder(true, false);
        List<String> ids = list(load(
                                "sftoolkit:bulk:Account?externalIdField=Ext__c",
                                List.of(Map.of("Ext__c", "b", "Name", "x")))
                        .successful())
                .stream()
                .map(BulkRow::id)
                .toList();
        load("sftoolkit:bulk:Account?bulkOperation=DELETE", ids);
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactly("New");
    }

    @Test
    void unevenRecordsAreNeverHeldAndNeverLost() {
        Stream<Map<String, Object>> records = IntStream.range(0, 1_000).mapToObj(i -> {
            Map<String, Object> record = new LinkedHashMap<>(Map.of("Name", "N" + i));
            if (i >= 500) {
                record.put("Phone", "P" + i);
            }
            return record;
        });
        BulkResult result = load("sftoolkit:bulk:Account", records.iterator());
        assertThat(result.jobs()).hasSize(2);
        assertThat(emulator.org().count("Account")).isEqualTo(1_000);
        assertThat(emulator.org().all("Account"))
                .filteredOn(row -> row.get("Phone") != null)
                .hasSize(500);
    }

    @Test
    void csvIsPassedThroughWhateverItsLineEnding() {
        String csv = "\uFEFFName,Phone\r\n\"A\r\n\"\"x\"\"\",1\r\nB,#N/A";
        BulkResult result =
                load("sftoolkit:bulk:Account", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
        assertThat(list(result.failed())).isEmpty();
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactlyInAnyOrder("A\r\n\"x\"", "B");
    }

    @Test
    void wrongHeaderIsRefusedBeforeAnyJobIsMade() {
        assertThatThrownBy(() -> load("sftoolkit:bulk:Account", "Name;Phone\nA;1\n"))
                .hasStackTraceContaining("With columnDelimiter=COMMA it is one column: is the delimiter SEMICOLON?");
        assertThatThrownBy(() -> load("sftoolkit:bulk:Account?bulkOperation=UPDATE", "Name,Phone\nA,1\n"))
                .hasRootCauseMessage("bulkOperation=UPDATE needs the column Id, but the input has [Name, Phone]");
        assertThat(emulator.bulk().jobs()).isEmpty();
    }

    @Test
    void failedJobRaisesWithItsOwnMessageAndItsRows() {
        Exchange exchange = send("sftoolkit:bulk:Account", List.of(Map.of("Name", "A", "Foo__c", "x")));
        BulkJobException failure = exchange.getException(BulkJobException.class);
        assertThat(failure).hasMessageContaining("InvalidBatch : Field name not found : Foo__c");
        assertThat(failure.state()).isEqualTo("Failed");
        assertThat(failure.jobId()).startsWith("750");
        assertThat(failure.retryable()).isFalse();
        assertThat(list(failure.result().unprocessed())).singleElement().satisfies(row -> {
            assertThat(row.cells()).containsEntry("Name", "A");
            assertThat(row.retryable()).isTrue();
        });
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(Map.of("Name", "A", "Foo__c", "x")));
    }

    @Test
    void handlesAreGivenAtOnceWithoutAwait() {
        emulator.bulk().change(BulkSettings.standard().manual());
        Exchange exchange = send("sftoolkit:bulk:Account?await=false", List.of(Map.of("Name", "A")));
        List<?> jobs = exchange.getMessage().getBody(List.class);
        assertThat(jobs).singleElement().isInstanceOfSatisfying(JobInfo.class, job -> assertThat(job.state())
                .isEqualTo("UploadComplete"));
        assertThat(emulator.org().count("Account")).isZero();
    }

    @Test
    void jobContinuesAfterJobTimeout() {
        emulator.bulk().change(BulkSettings.standard().manual());
        Exchange exchange = send("sftoolkit:bulk:Account?jobTimeout=50", List.of(Map.of("Name", "A")));
        BulkJobException failure = exchange.getException(BulkJobException.class);
        assertThat(failure).hasMessageContaining("jobTimeout=50").hasMessageContaining(failure.jobId());
        emulator.bulk().runAll();
        assertThat(emulator.org().count("Account")).isEqualTo(1);
        assertThat(emulator.bulk().jobs())
                .singleElement()
                .extracting(job -> job.state().wireName())
                .isEqualTo("JobComplete");
    }

    @Test
    void emptyInputMakesNoJob() {
        BulkResult result = load("sftoolkit:bulk:Account", List.of());
        assertThat(result.jobs()).isEmpty();
        assertThat(list(result.successful())).isEmpty();
    }

    private BulkResult load(String uri, Object body) {
        Exchange exchange = send(uri, body);
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange.getMessage().getBody(BulkResult.class);
    }

    private static List<BulkRow> list(Iterator<BulkRow> rows) {
        List<BulkRow> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        return all;
    }

    @Test
    void aLoadOfSevenJobsArrivesEqualToItsInput() {
        String text = "naïve \"quoted\", 株式会社; \t line\nbreak |".repeat(6);
        int size = 6_500_000 / (text.getBytes(StandardCharsets.UTF_8).length + 30);
        Iterator<Map<String, Object>> rows = IntStream.range(0, size)
                .mapToObj(
                        i -> Map.<String, Object>of("Ext__c", "k" + i, "Name", "Company " + i, "Description", text + i))
                .iterator();
        BulkResult result = load(
                "sftoolkit:bulk:Account?bulkOperation=UPSERT&externalIdField=Ext__c&maxJobBytes=1000000"
                        + "&columnDelimiter=SEMICOLON&concurrency=3",
                rows);
        assertThat(result.jobs()).hasSize(7);
        assertThat(result.failedCount()).isZero();
        Map<Object, Object> stored = new HashMap<>();
        emulator.org().all("Account").forEach(row -> stored.put(row.get("Ext__c"), row.get("Description")));
        assertThat(stored).hasSize(size);
        IntStream.range(0, size).forEach(i -> assertThat(stored.get("k" + i)).isEqualTo(text + i));
    }

    @Test
    void aRecordWithoutAnyFieldIsRefusedAndNotLost() {
        BulkResult alone = body("sftoolkit:bulk:Account", List.of(Map.of()), BulkResult.class);
        assertThat(alone.failedCount()).isEqualTo(1);
        assertThat(emulator.requests().count("POST jobs/ingest")).isZero();
        BulkResult result = body(
                "sftoolkit:bulk:Account",
                List.of(
                        Map.of("Name", "a"),
                        Map.of(),
                        Map.of("attributes", Map.of("type", "Account")),
                        Map.of("Name", "b")),
                BulkResult.class);
        assertThat(result.processedCount()).isEqualTo(4);
        assertThat(result.failedCount()).isEqualTo(2);
        BulkResult chosen = body(
                "sftoolkit:bulk:Account?fields=Name,Phone",
                List.of(Map.of("Name", "c"), Map.of("Fax", "1")),
                BulkResult.class);
        assertThat(chosen.failedCount()).isEqualTo(1);
        assertThat(emulator.org().count("Account")).isEqualTo(3);
    }
}
