package org.sftoolkit.camel.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

class QueryClientTest {

    private final List<Request> asked = new ArrayList<>();

    private Future<Response> answer(Request request, String json) {
        asked.add(request);
        return Future.succeededFuture(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(json)));
    }

    private static String page(int from, int to, String next) {
        return page(10, from, to, next);
    }

    private static String page(int total, int from, int to, String next) {
        String rows = IntStream.range(from, to)
                .mapToObj(i -> "{\"attributes\":{\"type\":\"Account\"},\"Id\":\"" + FakePages.id(i) + "\"}")
                .collect(Collectors.joining(","));
        return "{\"totalSize\":" + total + ",\"done\":" + (next == null) + ",\"records\":[" + rows + "]"
                + (next == null ? "" : ",\"nextRecordsUrl\":\"" + next + "\"") + "}";
    }

    @Test
    void toolingAndDeletedRowsHavePathsOfTheirOwn() {
        var client = new QueryClient(request -> answer(request, page(0, 0, 0, null)));
        client.rows(new QueryRequest("SELECT Id FROM ApexClass", false, true, 200, Map.of()))
                .page();
        client.rows(new QueryRequest("SELECT Id FROM Account", true, false, 0, Map.of()))
                .page();
        assertThat(asked.get(0).path()).isEqualTo("/tooling/query?q=SELECT%20Id%20FROM%20ApexClass");
        assertThat(asked.get(0).headers()).containsEntry("Sforce-Query-Options", "batchSize=200");
        assertThat(asked.get(1).path()).startsWith("/queryAll?q=");
    }

    /** Pages may have any size: only the address that a page names leads to the next one. */
    @Test
    void pagesAreFollowedByTheAddressesThatTheyName() {
        Map<String, String> pages = Map.of(
                "/query?q=SELECT%20Id%20FROM%20Account", page(0, 3, "/services/data/v66.0/query/01g-odd"),
                "/services/data/v66.0/query/01g-odd", page(3, 4, "/services/data/v66.0/query/01h-9999"),
                "/services/data/v66.0/query/01h-9999", page(4, 4, "/services/data/v66.0/query/01i-0"),
                "/services/data/v66.0/query/01i-0", page(4, 10, null));
        var client = new QueryClient(request -> answer(request, pages.get(request.path())));
        assertThat(client.all("SELECT Id FROM Account").result())
                .extracting(row -> row.id())
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(FakePages::id).toList());
        assertThat(asked).hasSize(4);
    }
}
