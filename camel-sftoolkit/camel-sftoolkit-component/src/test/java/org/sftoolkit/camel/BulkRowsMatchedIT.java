package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;

/** Rows of a bulk result tell which record of the input they belong to. */
class BulkRowsMatchedIT extends RouteTestSupport {

    private static final int ROWS = 300;

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setPollInterval(5);
    }

    /** Each third has no name and is refused; each tenth is equal to the one before. */
    private static String name(int place) {
        int same = place % 10 == 0 && place > 0 ? place - 1 : place;
        return same % 3 == 2 ? "" : "Company, number " + same;
    }

    private static List<Map<String, Object>> records() {
        List<Map<String, Object>> records = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> record = new HashMap<>();
            record.put("Name", name(i).isEmpty() ? null : name(i));
            record.put("Phone", "1");
            records.add(record);
        }
        return records;
    }

    private static String csv() {
        var csv = new StringBuilder("Name,Phone\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(name(i).isEmpty() ? "" : '"' + name(i) + '"').append(",1\n");
        }
        return csv.toString();
    }

    private static void assertMatched(BulkResult result) {
        List<Integer> places = new ArrayList<>();
        for (BulkRow row : result.successful()) {
            assertThat(row.cells().get("Name")).isEqualTo(name(row.index()));
            places.add(row.index());
        }
        for (BulkRow row : result.failed()) {
            assertThat(name(row.index())).isEmpty();
            places.add(row.index());
        }
        Collections.sort(places);
        assertThat(places).hasSize(ROWS).doesNotHaveDuplicates().startsWith(0).endsWith(ROWS - 1);
        assertThat((Iterable<BulkRow>) result.successful()).as("read once more").allMatch(row -> row.index() >= 0);
    }

    @Test
    void rowsOfRecordsAndOfCsvTellTheirPlaceInTheInput() {
        String uri = "sftoolkit:bulk:Account?matchRows=true&maxJobBytes=1000";
        assertMatched(body(uri, records(), BulkResult.class));
        assertMatched(body(uri, csv(), BulkResult.class));
    }

    @Test
    void aRowThatIsSentAgainKeepsItsPlace() {
        emulator.faults().lockRows(2, "Account", "Name", "Company, number 7");
        BulkResult result =
                body("sftoolkit:bulk:Account?matchRows=true&retryRecords=3&retryDelay=1", records(), BulkResult.class);
        assertMatched(result);
        assertThat(result.jobs()).hasSizeGreaterThan(1);
    }

    @Test
    void upsertsAreKnownByTheirKey() {
        List<Map<String, Object>> records = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            records.add(Map.of("External_ID__c", "K" + i, "Name", "Company", "AnnualRevenue", i + ".50"));
        }
        Collections.shuffle(records, new Random(7));
        BulkResult result =
                body("sftoolkit:bulk:Account?matchRows=true&externalIdField=External_ID__c", records, BulkResult.class);
        assertThat((Iterable<BulkRow>) result.successful()).hasSize(50).allMatch(row -> records.get(row.index())
                .get("External_ID__c")
                .equals(row.cells().get("External_ID__c")));
        BulkResult unmatched = body("sftoolkit:bulk:Account?externalIdField=External_ID__c", records, BulkResult.class);
        assertThat((Iterable<BulkRow>) unmatched.successful())
                .hasSize(50)
                .allMatch(row -> row.index() == BulkRow.UNKNOWN);
    }
}
