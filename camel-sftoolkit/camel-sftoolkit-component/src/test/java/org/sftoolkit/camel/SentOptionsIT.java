package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.emulator.traffic.LoggedRequest;

/** Options of which only the org can know: they go out in the words that Salesforce wants. */
class SentOptionsIT extends RouteTestSupport {

    @BeforeEach
    void keepBodies() {
        emulator.requests().keepBodies(1_000);
    }

    private LoggedRequest only(String method, String resource) {
        List<LoggedRequest> found = emulator.requests().list().stream()
                .filter(request ->
                        request.method().equals(method) && request.resource().equals(resource))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void aHardDeleteIsAskedForAndLeavesNothingToRestore() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        String other = emulator.org().insert("Account", Map.of("Name", "Umbrella"));
        BulkResult result = body(
                "sftoolkit:bulk:Account?bulkOperation=HARD_DELETE&pollInterval=20",
                List.of(Map.of("Id", id)),
                BulkResult.class);
        assertThat(result.failedCount()).isZero();
        assertThat(only("POST", "jobs/ingest").body()).contains("\"operation\":\"hardDelete\"");
        body(
                "sftoolkit:bulk:Account?bulkOperation=DELETE&pollInterval=20",
                List.of(Map.of("Id", other)),
                BulkResult.class);
        List<?> kept = body("sftoolkit:query?soql=SELECT Id FROM Account&includeDeleted=true", null, List.class);
        assertThat(kept).singleElement().asString().contains(other);
    }

    @Test
    void aLoadNamesItsAssignmentRule() {
        send(
                "sftoolkit:bulk:Lead?assignmentRuleId=01Q000000000001AAA&pollInterval=20",
                List.of(Map.of("LastName", "Doe", "Company", "Acme")));
        assertThat(only("POST", "jobs/ingest").body()).contains("\"assignmentRuleId\":\"01Q000000000001AAA\"");
    }

    @Test
    void aQueryAsksForPagesOfItsSize() {
        send("sftoolkit:query:Account?fields=Id&queryBatchSize=300", null);
        assertThat(only("GET", "query").headers()).containsEntry("sforce-query-options", "batchSize=300");
    }
}
