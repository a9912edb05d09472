package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.Errors.assertError;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicationTest {

    private final DrivenClock clock = new DrivenClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SalesforceEmulator emulator =
            SalesforceEmulator.builder().clock(clock).accessToken("t").start();
    private final Client client = new Client(emulator.url(), "t");

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void updatedListsWhatChangedInTheSpanAndWhatIsCovered() {
        String before = account("before");
        clock.advance(Duration.ofMinutes(5));
        String within = account("within");
        emulator.org().update("Account", within, Map.of("Name", "again"));
        String deleted = account("deleted");
        emulator.org().delete("Account", deleted);
        clock.advance(Duration.ofMinutes(5));

        JsonNode json =
                updated("2026-03-01T12:05:59Z", "2026-03-01T12:10:00%2B0000").json();

        assertThat(texts(json.path("ids"))).containsExactly(within).doesNotContain(before);
        assertThat(json.path("latestDateCovered").asText()).isEqualTo("2026-03-01T12:10:00.000+0000");
    }

    @Test
    void deletedListsDeletionsThoughTheRecycleBinWasEmptied() {
        String kept = account("kept");
        String purged = account("purged");
        clock.advance(Duration.ofMinutes(1));
        emulator.org().delete("Account", kept);
        emulator.org().purge("Account", purged);
        clock.advance(Duration.ofMinutes(9));

        JsonNode json =
                deleted("2026-03-01T12:00:00%2B00:00", "2026-03-01T12:10:00Z").json();

        assertThat(json.path("deletedRecords").findValuesAsText("id")).containsExactly(kept, purged);
        assertThat(json.at("/deletedRecords/0/deletedDate").asText()).isEqualTo("2026-03-01T12:01:00.000+0000");
        assertThat(json.path("earliestDateAvailable").asText()).isEqualTo("2026-02-14T12:10:00.000+0000");
    }

    @Test
    void trimmedLogContainsItsStart() {
        emulator.org().delete("Account", account("gone"));
        clock.advance(Duration.ofMinutes(10));
        emulator.org().deleteLog().trim(clock.instant());

        JsonNode json = deleted("2026-03-01T12:00:00Z", "2026-03-01T12:10:00Z").json();

        assertThat(json.path("deletedRecords")).isEmpty();
        assertThat(json.path("earliestDateAvailable").asText()).isEqualTo("2026-03-01T12:10:00.000+0000");
    }

    @Test
    void aTransactionUnderWayHoldsBackWhatIsCoveredAndItsRowsBearItsBegin() {
        clock.advance(Duration.ofMinutes(2));
        var late = emulator.org().begin().insert("Account", Map.of("Name", "late"));
        clock.advance(Duration.ofMinutes(8));

        JsonNode before =
                updated("2026-03-01T12:00:00Z", "2026-03-01T12:10:00Z").json();
        String id = late.commit().get(0);
        JsonNode after = updated("2026-03-01T12:00:00Z", "2026-03-01T12:10:00Z").json();

        assertThat(before.path("ids")).isEmpty();
        assertThat(before.path("latestDateCovered").asText()).isEqualTo("2026-03-01T12:02:00.000+0000");
        assertThat(texts(after.path("ids"))).containsExactly(id);
        assertThat(after.path("latestDateCovered").asText()).isEqualTo("2026-03-01T12:10:00.000+0000");
        assertThat(emulator.org().find("Account", id).orElseThrow().get("SystemModstamp"))
                .isEqualTo(Instant.parse("2026-03-01T12:02:00Z"));
    }

    @Test
    void aSpanOfOneMinuteIsAnswered() {
        clock.advance(Duration.ofMinutes(10));
        assertThat(updated("2026-03-01T12:01:00Z", "2026-03-01T12:02:00Z").status())
                .isEqualTo(200);
        assertThat(deleted("2026-03-01T12:01:00Z", "2026-03-01T12:02:00Z").status())
                .isEqualTo(200);
    }

    @Test
    void spansThatAreTooShortOrTooOldAreRefused() {
        assertError(updated("2026-03-01T12:00:00Z", "2026-03-01T12:00:59Z"), 400, "INVALID_REPLICATION_DATE");
        assertError(updated("2026-01-29T12:00:00Z", "2026-03-01T12:00:00Z"), 400, "INVALID_REPLICATION_DATE");
        assertError(deleted("2026-02-13T12:00:00Z", "2026-03-01T12:00:00Z"), 400, "INVALID_REPLICATION_DATE");
        assertError(client.get("/sobjects/Account/updated?start=x&end=y"), 400, "INVALID_REPLICATION_DATE");
        assertError(client.get("/sobjects/Account/updated"), 400, "MISSING_ARGUMENT");
    }

    @Test
    void objectsThatAreNotReplicatedAreRefused() {
        assertError(
                client.get("/sobjects/ContentDocumentLink/updated?start=2026-03-01T11:00:00Z&end=2026-03-01T12:00:00Z"),
                400,
                "INVALID_TYPE");
    }

    @Test
    void anUndeletedRowIsListedAsUpdated() {
        String id = account("back");
        emulator.org().delete("Account", id);
        clock.advance(Duration.ofMinutes(5));
        emulator.org().undelete("Account", id);
        clock.advance(Duration.ofMinutes(5));

        assertThat(texts(updated("2026-03-01T12:02:00Z", "2026-03-01T12:10:00Z")
                        .json()
                        .path("ids")))
                .containsExactly(id);
    }

    private String account(String name) {
        return emulator.org().insert("Account", Map.of("Name", name));
    }

    private Client.Reply updated(String start, String end) {
        return client.get("/sobjects/Account/updated?start=" + start + "&end=" + end);
    }

    private Client.Reply deleted(String start, String end) {
        return client.get("/sobjects/Account/deleted?start=" + start + "&end=" + end);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
