package org.sftoolkit.camel.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

class GroupedSaveTest {

    private record UnderWay(Set<String> parents, int size, Promise<Response> answer) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<UnderWay> underWay = new ArrayList<>();
    private int most;

    private Future<Response> send(Request request) {
        JsonNode records = json(((Body.Bytes) request.body()).content().get()).path("records");
        Set<String> parents = new HashSet<>();
        records.forEach(record -> parents.add(record.path("AccountId").asText()));
        assertThat(underWay).allSatisfy(other -> assertThat(other.parents()).doesNotContainAnyElementsOf(parents));
        Promise<Response> answer = Promise.promise();
        underWay.add(new UnderWay(parents, records.size(), answer));
        most = Math.max(most, underWay.size());
        return answer.future();
    }

    private static JsonNode json(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int ids;

    private void answer(UnderWay request) {
        underWay.remove(request);
        String rows = String.join(
                ",",
                IntStream.range(0, request.size())
                        .mapToObj(i -> "{\"id\":\"003%012dAAA\",\"success\":true,\"errors\":[]}".formatted(ids++))
                        .toList());
        request.answer()
                .complete(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("[" + rows + "]")));
    }

    private static CallOptions options() {
        return TestCalls.options("Contact", set -> {
            set.setGroupBy("AccountId");
            set.setConcurrency("4");
            set.setBatchSize(5);
        });
    }

    @Test
    void childrenOfOneParentAreNeverInTwoRequestsAtATime() {
        var random = new Random(7);
        List<SourceRecord> records = IntStream.range(0, 300)
                .mapToObj(i -> SourceRecord.of(Map.of("LastName", "c" + i, "AccountId", "parent" + random.nextInt(9))))
                .toList();
        var call = TestCalls.context(this::send, options(), TestCalls.DIRECT);
        Future<Outcome> outcome = new SaveMany(call, Records.of(records)).save();
        while (!underWay.isEmpty()) {
            answer(underWay.get(random.nextInt(underWay.size())));
        }
        assertThat(outcome.isComplete()).isTrue();
        assertThat(outcome.succeeded()).as("%s", outcome.cause()).isTrue();
        assertThat((SaveResults) outcome.result().body()).hasSize(300).allSatisfy(result -> assertThat(result.success())
                .isTrue());
        assertThat(most).as("different parents go together").isBetween(2, 4);
    }
}
