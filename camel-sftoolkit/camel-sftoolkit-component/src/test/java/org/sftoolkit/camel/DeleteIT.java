package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;

class DeleteIT extends RouteTestSupport {

    private List<String> seed(int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(emulator.org().insert("Account", Map.of("Name", "Company " + i, "External_ID__c", "K" + i)));
        }
        return ids;
    }

    @Test
    void oneIsDeletedById() {
        String id = seed(2).get(0);
        SaveResult result = body("sftoolkit:delete:Account", id, SaveResult.class);
        assertThat(result.success()).isTrue();
        assertThat(result.id()).isEqualTo(id);
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }

    @Test
    void manyAreDeletedTwoHundredACall() {
        Exchange exchange = send("sftoolkit:delete:Account", seed(450));
        SaveResults results = exchange.getMessage().getBody(SaveResults.class);
        assertThat(results).hasSize(450).allMatch(SaveResult::success);
        assertThat(exchange.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(3);
        assertThat(emulator.org().count("Account")).isZero();
    }

    @Test
    void manyAreDeletedByExternalIdAndMissingOnesReported() {
        seed(3);
        SaveResults results = body(
                "sftoolkit:delete:Account?externalIdField=External_ID__c",
                List.of("K2", "none", "K0"),
                SaveResults.class);
        assertThat(results).extracting(SaveResult::success).containsExactly(true, false, true);
        assertThat(results.get(1).errors().get(0).statusCode()).isEqualTo("NOT_FOUND");
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }

    @Test
    void aRecordThatIsGoneIsAnErrorUnlessIgnored() {
        String id = seed(1).get(0);
        body("sftoolkit:delete:Account", id, SaveResult.class);
        assertThat(send("sftoolkit:delete:Account", id).getException()).isInstanceOf(NotFoundException.class);
        assertThat(body("sftoolkit:delete:Account?notFound=IGNORE", id, SaveResult.class)
                        .success())
                .isTrue();
        assertThat(body("sftoolkit:delete:Account?notFound=IGNORE", List.of(id), SaveResults.class)
                        .failed())
                .isEmpty();
        assertThat(body("sftoolkit:delete:Account", List.of(id), SaveResults.class)
                        .failed())
                .hasSize(1);
    }

    @Test
    void clearIdTakesTheIdFromTheRecord() {
        Map<String, Object> record = new LinkedHashMap<>(Map.of("Id", seed(1).get(0), "Name", "x"));
        body("sftoolkit:delete:Account?clearId=true", record, SaveResult.class);
        assertThat(record).containsOnlyKeys("Name");
    }

    @Test
    void reloadReadsIntoTheSameObjects() {
        List<String> ids = seed(2);
        var map = new LinkedHashMap<String, Object>(Map.of("Id", ids.get(0)));
        var record = SObject.of("Account", Map.of("Id", ids.get(1), "Name", "mine"));
        var body = List.of(map, record);
        Exchange exchange = send("sftoolkit:reload:Account?fields=Id,Name", body);
        assertThat(exchange.getMessage().getBody()).isSameAs(body);
        assertThat(map).containsEntry("Name", "Company 0");
        assertThat(record).containsEntry("Name", "Company 1");
        assertThat(record.changedFields()).isEmpty();
    }

    @Test
    void aReloadThatFailsChangesNothing() {
        var there = new LinkedHashMap<String, Object>(Map.of("Id", seed(1).get(0)));
        var gone = new LinkedHashMap<String, Object>(Map.of("Id", "001000000000001AAA"));
        Exchange exchange = send("sftoolkit:reload:Account?fields=Name&notFound=FAIL", List.of(there, gone));
        assertThat(exchange.getException()).isInstanceOf(NotFoundException.class);
        assertThat(there).containsOnlyKeys("Id");
    }
}
