package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.Response;

class ReplicationClientTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String COVERED = "\"latestDateCovered\":\"2026-03-01T12:01:00.000+0000\"";

    private final List<String> asked = new ArrayList<>();
    private String json;
    private final ReplicationClient client = new ReplicationClient(request -> {
        asked.add(request.path());
        return Future.succeededFuture(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(json)));
    });

    private Future<Replicated> updated(String answer) {
        json = answer;
        return client.updated("Account", NOON, NOON.plusSeconds(120));
    }

    private Future<Replicated> deleted(String answer) {
        json = answer;
        return client.deleted("Account", NOON, NOON.plusSeconds(120));
    }

    @Test
    void changesOfASpanAreAskedForByItsBounds() {
        Replicated changes = updated("{\"ids\":[\"001B\",\"001A\"],\"other\":{\"x\":[1]},"
                        + "\"earliestDateAvailable\":\"2026-02-01T00:00:00.000+0000\"," + COVERED + "}")
                .result();
        assertThat(asked)
                .containsExactly(
                        "/sobjects/Account/updated?start=2026-03-01T12%3A00%3A00Z" + "&end=2026-03-01T12%3A02%3A00Z");
        assertThat(changes.records().keySet()).containsExactly("001A", "001B");
        assertThat(changes.earliest()).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(changes.covered()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void aRecordThatWasDeletedTwiceHasItsLastTime() {
        Replicated deletions = deleted("{\"deletedRecords\":["
                        + "{\"id\":\"001A\",\"deletedDate\":\"2026-03-01T12:00:09.000+0000\",\"more\":[1]},"
                        + "{\"deletedDate\":\"2026-03-01T12:00:05.000+0000\",\"id\":\"001A\"},"
                        + "{\"id\":\"001B\",\"deletedDate\":\"2026-03-01T12:00:01.000+0000\"},"
                        + "{\"id\":\"001B\",\"deletedDate\":\"2026-03-01T12:00:02.000+0000\"}]," + COVERED + "}")
                .result();
        assertThat(asked.get(0)).startsWith("/sobjects/Account/deleted?");
        assertThat(deletions.records())
                .containsEntry("001A", NOON.plusSeconds(9))
                .containsEntry("001B", NOON.plusSeconds(2))
                .hasSize(2);
        assertThat(deletions.earliest()).isNull();
    }

    @Test
    void anAnswerThatLacksWhatThePositionNeedsIsRefused() {
        for (String incomplete : List.of(
                "{" + COVERED + "}",
                "{\"deletedRecords\":[]," + COVERED + "}",
                "{\"ids\":null," + COVERED + "}",
                "{\"ids\":[]}",
                "{\"ids\":[],\"latestDateCovered\":\"today\"}")) {
            assertThat(updated(incomplete).cause()).as(incomplete).isInstanceOf(UnreadableResponseException.class);
        }
        for (String incomplete : List.of(
                "{\"deletedRecords\":[{\"id\":\"001A\"}]," + COVERED + "}",
                "{\"deletedRecords\":[{\"deletedDate\":\"2026-03-01T12:00:01.000+0000\"}]," + COVERED + "}",
                "{\"ids\":[]," + COVERED + "}")) {
            assertThat(deleted(incomplete).cause()).as(incomplete).isInstanceOf(UnreadableResponseException.class);
        }
        assertThat(updated("{\"ids\":[]," + COVERED + "}").succeeded()).isTrue();
    }
}
