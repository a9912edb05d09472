package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.operation.OnPartialFailure;
import org.sftoolkit.emulator.fault.Fault;

/** Loads in an org that has no more bulk jobs to give in its 24 hours. */
class BulkWithoutJobsIT extends RouteTestSupport {

    private static final String REASON = "; reason=LIMIT_EXCEEDED: Max bulk v2 jobs";

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setPollInterval(5);
        // belongs to save and must not change what a load does
        options.setOnPartialFailure(OnPartialFailure.FAIL);
    }

    private void noJobIsLeft() {
        emulator.faults().always(when("POST jobs/ingest"), Fault.status(400, "LIMIT_EXCEEDED", "Max bulk v2 jobs"));
    }

    /** What came out, read within the exchange. */
    private record Loaded(Exchange exchange, List<BulkRow> successful, List<BulkRow> failed, List<String> counts) {

        Object via() {
            return exchange.getMessage().getHeader(SfToolkitConstants.VIA);
        }
    }

    private Loaded load(String uri, Object body) {
        var successful = new ArrayList<BulkRow>();
        var failed = new ArrayList<BulkRow>();
        var counts = new ArrayList<String>();
        String from = "direct:load" + context.getRoutes().size();
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(from).to(uri).process(exchange -> {
                        BulkResult result = exchange.getMessage().getBody(BulkResult.class);
                        result.successful().forEachRemaining(successful::add);
                        result.failed().forEachRemaining(failed::add);
                        counts.add(result.processedCount() + "-" + result.failedCount());
                        counts.add(String.valueOf(result.jobIds().size()));
                    });
                }
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        Exchange exchange = send(from, body);
        assertThat(exchange.getException()).isNull();
        return new Loaded(exchange, successful, failed, counts);
    }

    private static List<Map<String, Object>> named(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> Map.<String, Object>of("Name", "Company " + i))
                .toList();
    }

    @Test
    void recordsAreWrittenThroughRestWithTheResultThatJobsGive() {
        List<Map<String, Object>> records = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            var record = new LinkedHashMap<String, Object>();
            record.put("Name", i == 7 ? null : "Company " + i);
            record.put("AnnualRevenue", new BigDecimal("12.5"));
            record.put("NumberOfEmployees", i);
            records.add(record);
        }
        Loaded byJob = load("sftoolkit:bulk:Account?matchRows=true", records);
        noJobIsLeft();
        Loaded byRest = load("sftoolkit:bulk:Account?matchRows=true", records);
        assertThat(byJob.via()).isNull();
        assertThat(byRest.via()).isEqualTo("REST" + REASON);
        assertThat(byRest.counts()).containsExactly("450-1", "0");
        assertThat(byRest.exchange().getMessage().getHeader(SfToolkitConstants.JOB_ID))
                .isNull();
        assertThat(byRest.exchange().getMessage().getHeader(SfToolkitConstants.FAILED, Long.class))
                .isEqualTo(1);
        assertThat(comparable(byRest.successful()))
                .isEqualTo(comparable(byJob.successful()))
                .hasSize(449);
        assertThat(byRest.failed()).singleElement().satisfies(row -> {
            assertThat(row.index()).isEqualTo(7);
            assertThat(row.error().statusCode()).isEqualTo("REQUIRED_FIELD_MISSING");
            assertThat(row.record("Account")).containsEntry("NumberOfEmployees", "7");
        });
        assertThat(emulator.org().all("Account")).hasSize(898);
        assertThat(emulator.org().all("Account").stream()
                        .map(account -> account.get("AnnualRevenue"))
                        .distinct())
                .as("numbers are the same either way")
                .hasSize(1);
    }

    /** By place: what does not differ from load to load. */
    private static Map<Integer, String> comparable(List<BulkRow> rows) {
        var byPlace = new TreeMap<Integer, String>();
        rows.forEach(row -> byPlace.put(
                row.index(),
                row.created() + " " + row.id().length() + " " + row.cells().get("Name")));
        return byPlace;
    }

    @Test
    void csvIsWrittenThroughRestTooByWhatEachActionMeans() {
        noJobIsLeft();
        Loaded inserted = load(
                "sftoolkit:bulk:Account?bulkOperation=UPSERT&externalIdField=External_ID__c&columnDelimiter=SEMICOLON",
                "External_ID__c;Name;Phone\nK1;\"A; \"\"b\"\"\";1\nK2;B;2\n;C;3\n");
        assertThat(inserted.successful()).extracting(BulkRow::created).containsExactly(true, true);
        assertThat(inserted.failed()).as("no key, and so nothing is written").hasSize(1);
        Loaded upserted = load(
                "sftoolkit:bulk:Account?bulkOperation=UPSERT&externalIdField=External_ID__c",
                "External_ID__c,Name,Phone\nK1,D,#N/A\nK2,B,\n");
        assertThat(upserted.successful()).extracting(BulkRow::created).containsExactly(false, false);
        Map<String, Object> first = account("K1");
        assertThat(first.get("Name")).isEqualTo("D");
        assertThat(first.get("Phone")).as("#N/A empties the field").isNull();
        assertThat(account("K2").get("Phone")).as("an empty cell leaves it").isEqualTo("2");
        Loaded updated = load(
                "sftoolkit:bulk:Account?bulkOperation=UPDATE",
                "Id,Name\n" + first.get("Id") + ",E\n001000000000999AAA,F\n");
        assertThat(updated.successful()).extracting(BulkRow::id).containsExactly((String) first.get("Id"));
        assertThat(updated.failed()).hasSize(1);
        assertThat(account("K1").get("Name")).isEqualTo("E");
        Loaded deleted = load("sftoolkit:bulk:Account?bulkOperation=DELETE", "Id\n" + first.get("Id") + "\n");
        assertThat(deleted.counts()).containsExactly("1-0", "0");
        assertThat(emulator.org().all("Account")).hasSize(1);
        assertThat(emulator.requests().count("PUT jobs/ingest/{job}/batches")).isZero();
    }

    private Map<String, Object> account(String key) {
        return emulator.org().all("Account").stream()
                .filter(account -> key.equals(account.get("External_ID__c")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLoadThatGetsNoFurtherJobInTheMiddleGoesOnThroughRest() {
        emulator.faults().next(2, when("POST jobs/ingest"), Fault.delay(Duration.ZERO));
        noJobIsLeft();
        Loaded loaded = load("sftoolkit:bulk:Account?maxJobBytes=1000&concurrency=1&matchRows=true", named(500));
        assertThat(loaded.via()).isEqualTo("BULK,REST" + REASON);
        assertThat(loaded.counts()).containsExactly("500-0", "2");
        assertThat(loaded.successful())
                .extracting(BulkRow::index)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 500).boxed().toList());
        assertThat(emulator.org().all("Account")).hasSize(500);
    }

    @Test
    void theJobsOfALoadThatWentThroughRestInPartCanBeAskedFor() {
        emulator.faults().next(2, when("POST jobs/ingest"), Fault.delay(Duration.ZERO));
        noJobIsLeft();
        BulkResult result = send("sftoolkit:bulk:Account?maxJobBytes=1000&concurrency=1", named(500))
                .getMessage()
                .getBody(BulkResult.class);
        assertThat(result.jobs()).anyMatch(job -> job.id() == null);
        Exchange asked = send("sftoolkit:bulkJob?action=info", result);
        assertThat(asked.getException()).isNull();
        assertThat(asked.getMessage().getBody(List.class)).hasSize(2);
    }

    @Test
    void aLoadThatBreaksBehindRowsThatWentThroughRestNamesNoJobForThem() {
        emulator.faults()
                .next(when("POST jobs/ingest"), Fault.status(400, "LIMIT_EXCEEDED", "Max bulk v2 jobs"))
                .next(when("POST jobs/ingest"), Fault.status(400, "INVALIDENTITY", "no such object"));
        assertThat(send("sftoolkit:bulk:Account?maxJobBytes=100&concurrency=1", named(20))
                        .getException())
                .isInstanceOf(BulkJobException.class)
                .hasMessageContaining("no such object")
                .hasMessageContaining("rows of this load went through REST")
                .hasMessageNotContaining("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"await=false", "bulkOperation=HARD_DELETE", "assignmentRuleId=01Q000000000001AAA"})
    void whatOnlyAJobCanDoFailsByTheLimitAndSendsNoRow(String option) {
        noJobIsLeft();
        Object body = option.contains("HARD") ? "Id\n001000000000999AAA\n" : named(3);
        String object = option.contains("Rule") ? "Lead" : "Account";
        assertThat(send("sftoolkit:bulk:" + object + "?" + option, body).getException())
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("Max bulk v2 jobs")
                .hasMessageContaining("via=AUTO")
                .hasMessageContaining(option.replaceFirst("=01Q.*", ""));
        assertThat(emulator.org().all("Account")).isEmpty();
    }

    @Test
    void aLoadOfMoreRowsThanTheirResultsMayTakeFailsByTheLimit() {
        noJobIsLeft();
        assertThat(send("sftoolkit:bulk:Account", named(50_001)).getException())
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("50000 rows");
        assertThat(emulator.org().all("Account")).isEmpty();
    }
}
