package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;

/** {@code dryRun=true}: results as of a real run but for the Ids of new records, and not one request that writes. */
class DryRunIT extends SaveTestSupport {

    private static final String DRY = "dryRun=true";

    /** Logins and retrieve are POSTs that read; a query of any length is a GET or a composite of GETs. */
    private List<String> writes() {
        return emulator.requests().list().stream()
                .filter(request -> !request.method().equals("GET"))
                .map(request -> request.method() + ' ' + request.path())
                .filter(line -> !line.contains("/oauth2/token") && !line.endsWith("/composite/sobjects/Account"))
                .toList();
    }

    private void nothingWasWritten(int accounts) {
        assertThat(writes()).isEmpty();
        assertThat(emulator.org().all("Account")).hasSize(accounts);
    }

    @Test
    void aListIsPlannedAndNotWritten() {
        String known = emulator.org().insert("Account", Map.of("Name", "Old", "External_ID__c", "k1"));
        String byId = emulator.org().insert("Account", Map.of("Name", "Older"));
        var fresh = account("Name", "New");
        SaveResults results = save(
                BY_KEY + DRY,
                List.of(
                        account("Name", "A", "External_ID__c", "k1"),
                        account("Name", "B", "External_ID__c", "k2"),
                        account("Name", "C", "Id", byId),
                        account("Name", "D", "Id", "001000000000999AAA"),
                        fresh));
        assertThat(results).extracting(SaveResult::created).containsExactly(false, true, false, false, true);
        assertThat(results).extracting(SaveResult::id).containsExactly(known, null, byId, "001000000000999AAA", null);
        assertThat(codes(results)).containsExactly("-", "-", "-", "NOT_FOUND", "-");
        assertThat(fresh).doesNotContainKey("Id");
        nothingWasWritten(2);
        assertThat(emulator.org().find("Account", known).orElseThrow()).containsEntry("Name", "Old");
    }

    @ParameterizedTest
    @CsvSource({"BULK", "AUTO", "REST"})
    void theResultsAreThoseOfARealRun(String via) {
        emulator.org().insert("Account", Map.of("Name", "Old", "External_ID__c", "k1"));
        List<Map<String, Object>> records = list(450, i -> account("Name", "N" + i, "External_ID__c", "k" + i));
        String uri = BY_KEY + "via=" + via + (via.equals("REST") ? "" : "&pollInterval=5")
                + (via.equals("AUTO") ? "&bulkThreshold=100" : "");
        Exchange planned = send(uri + "&" + DRY, records);
        nothingWasWritten(1);
        Exchange real = send(uri, records);
        assertThat(emulator.org().all("Account")).hasSize(450);
        assertThat(outcomes(planned)).isEqualTo(outcomes(real)).hasSize(450);
        assertThat(planned.getMessage().getHeader("CamelSfToolkitVia"))
                .isEqualTo(real.getMessage().getHeader("CamelSfToolkitVia"));
        assertThat(planned.getMessage().getHeader("CamelSfToolkitSucceeded")).isEqualTo(450);
    }

    private static List<String> outcomes(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(SaveResults.class).stream()
                .map(result ->
                        result.index() + " " + result.success() + " " + result.created() + " " + result.skipped())
                .toList();
    }

    @Test
    void aRecordKeepsItsChanges() {
        String id = emulator.org().insert("Account", Map.of("Name", "Old"));
        SObject record = body("sftoolkit:fetch:Account?fields=Id,Name", id, SObject.class);
        record.put("Name", "New");
        SaveResult planned = body(SAVE + DRY + "&onlyChanges=true&reload=true", record, SaveResult.class);
        assertThat(planned.success()).isTrue();
        assertThat(record.changedFields()).contains("Name");
        nothingWasWritten(1);
        SaveResult unchanged = body(
                SAVE + DRY + "&onlyChanges=true",
                body("sftoolkit:fetch:Account?fields=Id,Name", id, SObject.class),
                SaveResult.class);
        assertThat(unchanged.skipped()).isTrue();
    }

    @Test
    void oneRecordThatIsNotThereFailsAsInARealRun() {
        assertThat(send(SAVE + DRY, account("Id", "001000000000999AAA", "Name", "x"))
                        .getException())
                .isInstanceOf(RequestRejectedException.class);
        assertThat(send(BY_KEY + DRY + "&updateOnly=true", account("External_ID__c", "none"))
                        .getException())
                .isInstanceOf(RequestRejectedException.class);
        assertThat(send("sftoolkit:delete:Account?dryRun=true", "001000000000999AAA")
                        .getException())
                .isInstanceOf(NotFoundException.class);
        nothingWasWritten(0);
    }

    @Test
    void allOrNoneFailsAsAWhole() {
        String id = emulator.org().insert("Account", Map.of("Name", "Old"));
        SaveResults results = save(
                SAVE + DRY + "&allOrNone=true",
                List.of(account("Id", id, "Name", "a"), account("Id", "001000000000999AAA", "Name", "b")));
        assertThat(codes(results)).containsExactly("ALL_OR_NONE_OPERATION_ROLLED_BACK", "NOT_FOUND");
        nothingWasWritten(1);
    }

    @Test
    void nothingIsDeleted() {
        String one = emulator.org().insert("Account", Map.of("Name", "1", "External_ID__c", "k1"));
        String two = emulator.org().insert("Account", Map.of("Name", "2", "External_ID__c", "k2"));
        var record = new HashMap<String, Object>(Map.of("Id", one));
        SaveResult deleted = body("sftoolkit:delete:Account?dryRun=true&clearId=true", record, SaveResult.class);
        assertThat(deleted.id()).isEqualTo(one);
        assertThat(record).containsEntry("Id", one);
        SaveResults results = body(
                "sftoolkit:delete:Account?dryRun=true", List.of(one, "001000000000999AAA", two), SaveResults.class);
        assertThat(codes(results)).containsExactly("-", "NOT_FOUND", "-");
        SaveResults byKey = body(
                "sftoolkit:delete:Account?dryRun=true&externalIdField=External_ID__c&notFound=IGNORE",
                List.of("k2", "k3"),
                SaveResults.class);
        assertThat(byKey)
                .allMatch(SaveResult::success)
                .extracting(SaveResult::id)
                .containsExactly(two, null);
        nothingWasWritten(2);
    }

    @Test
    void jobsArePlannedAndNotMade() {
        List<Map<String, Object>> records = list(50, i -> account("Name", "N" + i));
        Exchange exchange = send("sftoolkit:bulk:Account?dryRun=true", records);
        assertThat(exchange.getException()).isNull();
        BulkResult result = exchange.getMessage().getBody(BulkResult.class);
        assertThat(result.processedCount()).isEqualTo(50);
        assertThat(result.failedCount()).isZero();
        assertThat(result.successful().hasNext()).isFalse();
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitJobId")).isNull();
        assertThat(result.jobs()).singleElement().satisfies(job -> {
            assertThat(job.state()).isEqualTo("DryRun");
            assertThat(job.operation()).isEqualTo("insert");
        });
        String csv = "Name\n" + "A\n".repeat(30);
        List<?> jobs = body("sftoolkit:bulk:Account?dryRun=true&await=false", csv, List.class);
        assertThat(jobs).singleElement().isInstanceOfSatisfying(JobInfo.class, job -> assertThat(job.processed())
                .isEqualTo(30));
        nothingWasWritten(0);
    }

    @Test
    void noFileIsSent() {
        SaveResult result =
                body("sftoolkit:upload:ContentVersion?dryRun=true&fileName=a.txt", "content", SaveResult.class);
        assertThat(result.created()).isTrue();
        assertThat(result.id()).isNull();
        assertThat(send("sftoolkit:upload:Document?dryRun=true", "x", Map.of("CamelSfToolkitId", "015000000000999AAA"))
                        .getException())
                .isInstanceOf(NotFoundException.class);
        nothingWasWritten(0);
    }

    @Test
    void aHeaderMayAskForIt() {
        Exchange planned =
                send(SAVE + "allowHeaderOverride=dryRun", account("Name", "x"), Map.of("CamelSfToolkitDryRun", "true"));
        assertThat(planned.getException()).isNull();
        assertThat(writes()).isEmpty();
        body(SAVE + "allowHeaderOverride=dryRun", account("Name", "x"), SaveResult.class);
        assertThat(writes()).hasSize(1);
    }

    @Test
    void aPlannedJobCannotBeAskedForBecauseItHasNoId() {
        List<?> planned = body("sftoolkit:bulk:Account?dryRun=true&await=false", "Name\nA\n", List.class);
        assertThat(send("sftoolkit:bulkJob?action=info", planned).getException())
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("dry run");
    }
}
