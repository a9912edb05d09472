package org.sftoolkit.camel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.rest.RawOperation.RawClient;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;

class RawClientTest {

    private final List<Request> asked = new ArrayList<>();
    private final RawClient client = new RawClient(request -> {
        asked.add(request);
        return Future.failedFuture("not wanted");
    });

    private Replay replay(HttpMethod method, String path) {
        client.send(method, path, Body.NONE, Map.of(), (status, headers) -> null);
        return asked.get(asked.size() - 1).replay();
    }

    @Test
    void onlyWhatCertainlyDoesNoHarmIsRepeated() {
        assertThat(replay(HttpMethod.GET, "/limits")).isEqualTo(Replay.SAFE);
        assertThat(replay(HttpMethod.POST, "/sobjects/Account")).isEqualTo(Replay.NEVER);
        assertThat(replay(HttpMethod.PATCH, "/sobjects/Account/001")).isEqualTo(Replay.IDEMPOTENT);
        assertThat(replay(HttpMethod.DELETE, "/services/data/v66.0/sobjects/Account/001"))
                .isEqualTo(Replay.IDEMPOTENT);
        for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)) {
            assertThat(replay(method, "/services/apexrest/Order")).isEqualTo(Replay.NEVER);
        }
        // a job takes one upload: a second one breaks it
        assertThat(replay(HttpMethod.PUT, "/jobs/ingest/750/batches")).isEqualTo(Replay.NEVER);
        assertThat(replay(HttpMethod.PUT, "/services/data/v66.0/jobs/ingest/750/batches/"))
                .isEqualTo(Replay.NEVER);
    }
}
