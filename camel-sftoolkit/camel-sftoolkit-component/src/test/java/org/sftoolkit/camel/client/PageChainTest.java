package org.sftoolkit.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.query.FakePages;
import org.sftoolkit.camel.query.QueryClient;
import org.sftoolkit.camel.query.QueryRequest;
import org.sftoolkit.camel.transport.Response;

/** Chains of pages end, and what they gave is what was announced. */
class PageChainTest {

    private static final String FIRST = "/query?q=SELECT%20Id%20FROM%20Account";

    private final Map<String, String> pages = new HashMap<>();
    private final Map<String, Integer> asked = new LinkedHashMap<>();
    private final QueryClient client = new QueryClient(request -> {
        asked.merge(request.path(), 1, Integer::sum);
        String json = pages.getOrDefault(request.path(), pages.get("*"));
        return Future.succeededFuture(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(json)));
    });

    private static String rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(FakePages::row).collect(Collectors.joining(","));
    }

    private static String page(long total, String more, int from, int to) {
        return "{\"totalSize\":" + total + "," + more + ",\"records\":[" + rows(from, to) + "]}";
    }

    private static String next(String address) {
        return "\"done\":false,\"nextRecordsUrl\":\"/services/data/v66.0/query/" + address + "\"";
    }

    private Future<List<SObject>> all() {
        return client.all("SELECT Id FROM Account");
    }

    /** Whatever the length of the circle, each page is read once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void aChainThatComesBackToAPageEnds(int length) {
        pages.put(FIRST, page(1_000_000, next("p0"), 0, 1));
        for (int i = 0; i < length; i++) {
            pages.put("/services/data/v66.0/query/p" + i, page(1_000_000, next("p" + (i + 1) % length), i + 1, i + 2));
        }
        assertThat(all().cause())
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("refer back")
                .hasMessageContaining("/services/data/v66.0/query/p0");
        assertThat(asked).hasSize(length + 1).allSatisfy((page, times) -> assertThat(times)
                .isEqualTo(1));
    }

    @Test
    void aCircleLongerThanWhatIsRememberedEndsToo() {
        var chain = new PageChain("pages");
        assertThatThrownBy(() -> IntStream.iterate(0, i -> (i + 1) % 10_000)
                        .limit(100_000)
                        .forEach(i -> chain.follow("p" + i, 1)))
                .isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void aLongChainIsFollowed() {
        var chain = new PageChain("pages");
        IntStream.range(0, 100_000).forEach(i -> chain.follow("p" + i, i % 7));
    }

    @Test
    void pagesWithoutRowsEndTheChain() {
        var chain = new PageChain("pages of the query");
        assertThatThrownBy(() -> IntStream.range(0, 1_000).forEach(i -> chain.follow("p" + i, 0)))
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("without an entry");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a child list that names itself | refer back",
                "a child list that goes A B A | refer back",
            })
    void aListOfChildrenThatComesBackEnds(String what, String why) {
        boolean itself = what.endsWith("itself");
        String child = "{\"attributes\":{\"type\":\"Contact\"},\"Id\":\"003\"}";
        pages.put(
                FIRST,
                "{\"totalSize\":1,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"Account\"},\"Id\":\"001\","
                        + "\"Contacts\":{\"totalSize\":900," + next("a") + ",\"records\":[" + child + "]}}]}");
        pages.put(
                "/services/data/v66.0/query/a",
                "{\"totalSize\":900," + next(itself ? "a" : "b") + ",\"records\":[" + child + "]}");
        pages.put("/services/data/v66.0/query/b", "{\"totalSize\":900," + next("a") + ",\"records\":[" + child + "]}");
        assertThat(all().cause())
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining(why);
        assertThat(asked.values()).allMatch(times -> times == 1);
    }

    @Test
    void aListOfChildrenThatEndsTooEarlyFails() {
        pages.put(
                FIRST,
                "{\"totalSize\":1,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"Account\"},\"Id\":\"001\","
                        + "\"Contacts\":{\"totalSize\":2,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"Contact\"},"
                        + "\"Id\":\"003\"}]}}]}");
        assertThat(all().cause()).isInstanceOf(UnreadableResponseException.class);
    }

    /** The announced number of rows, the rows that come, and what the last page says. */
    @ParameterizedTest
    @CsvSource({
        "3, 2, '\"done\":true', false",
        "3, 4, '\"done\":true', false",
        "3, 3, '\"done\":true', true",
        "3, 3, '\"done\":false', false",
        "3, 3, '\"about\":1', true",
        "-1, 3, '\"done\":true', true",
        "-1, 3, '\"about\":1', false",
        "0, 0, '\"done\":true', true",
        "1, 0, '\"done\":true', false",
        "0, 0, '\"done\":false', false",
        "0, 0, '\"about\":1', true"
    })
    void theRowsAreAsManyAsAnnounced(long total, int come, String end, boolean right) {
        pages.put(FIRST, page(total, end, 0, come));
        Future<List<SObject>> single = all();
        assertThat(single.succeeded()).isEqualTo(right);
        int first = Math.min(1, come);
        pages.put(FIRST, page(total, next("b"), 0, first));
        pages.put("/services/data/v66.0/query/b", page(total, end, first, come));
        Future<List<SObject>> two = all();
        assertThat(two.succeeded()).isEqualTo(right);
        for (Future<List<SObject>> answer : List.of(single, two)) {
            if (right) {
                assertThat(answer.result()).hasSize(come);
            } else {
                assertThat(answer.cause())
                        .isInstanceOfSatisfying(
                                UnreadableResponseException.class, failure -> assertThat(failure.retryable())
                                        .as("asked for again")
                                        .isTrue());
            }
        }
    }

    @Test
    void emptyAnswerIsNotTheEndOfTheRows() {
        pages.put(FIRST, "");
        assertThat(all().cause()).isInstanceOf(UnreadableResponseException.class);
        assertThat(client.count(QueryRequest.of("SELECT Id FROM Account")).cause())
                .isInstanceOf(UnreadableResponseException.class);
    }
}
