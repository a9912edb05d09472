package org.sftoolkit.camel.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.UnreadableResponseException;

@Timeout(30)
class RowStreamTest {

    /** A page has begun; its rows have not. */
    private static final String HEAD = "{\"totalSize\":1,\"done\":true,\"records\":[";

    private static RowStream open(FakePages pages, int prefetch) {
        Future<RowStream> stream = pages.client().rows(QueryRequest.of("SELECT Id FROM Account")).stream(prefetch);
        if (!stream.isComplete()) {
            pages.begin(0, HEAD);
        }
        return stream.result();
    }

    private static List<String> read(RowStream rows, int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(rows.next().id());
        }
        return ids;
    }

    @Test
    void allRowsComeInOrder() {
        FakePages pages = FakePages.immediate(100, 5);
        RowStream rows = open(pages, 1);
        var ids = new ArrayList<String>();
        rows.forEachRemaining(row -> ids.add(row.id()));
        assertThat(ids).hasSize(500).isSorted().doesNotHaveDuplicates();
        assertThat(rows.hasNext()).isFalse();
        assertThat(pages.asked()).isEqualTo(5);
    }

    @Test
    void rowsCanBeReadBeforeTheirPageIsComplete() {
        FakePages pages = FakePages.onDemand(2, 1);
        Future<RowStream> stream = pages.client().rows(QueryRequest.of("SELECT Id FROM Account")).stream(1);
        String page = pages.page(0);
        int cut = page.indexOf("},{") + 4;
        int head = page.indexOf('[') + 1;
        pages.begin(0, page.substring(0, head));
        assertThat(stream.isComplete())
                .as("the route goes on before the first row")
                .isTrue();
        pages.more(0, page.substring(head, cut));
        assertThat(stream.result().next().id()).isEqualTo(FakePages.id(0));
        pages.more(0, page.substring(cut));
        pages.end(0);
        assertThat(stream.result().next().id()).isEqualTo(FakePages.id(1));
        assertThat(stream.result().hasNext()).isFalse();
    }

    @Test
    void bytesMayBeCutAnywhere() {
        FakePages pages = FakePages.onDemand(3, 1);
        RowStream rows = open(pages, 1);
        String page = "{\"attributes\":{\"type\":\"A\"},\"Id\":\"x\","
                + "\"N\":-12.50,\"T\":\"äöü€\\u00e9\\\"\",\"O\":{\"attributes\":{\"type\":\"B\"},\"Name\":null},"
                + "\"C\":{\"totalSize\":1,\"done\":true,\"records\":"
                + "[{\"attributes\":{\"type\":\"C\"},\"Id\":\"c\"}]}}]}";
        byte[] bytes = page.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            pages.more(0, io.vertx.core.buffer.Buffer.buffer(new byte[] {bytes[i]}));
        }
        pages.end(0);
        var row = rows.next();
        assertThat(row.get("T")).isEqualTo("äöü€é\"");
        assertThat(row.get("N")).isEqualTo(-12.5);
        assertThat(row.get("C"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(1);
        assertThat(rows.hasNext()).isFalse();
    }

    @Test
    void aReaderThatStopsEarlyCausesOneRequest() {
        FakePages pages = FakePages.immediate(2000, 500);
        RowStream rows = open(pages, 1);
        read(rows, 10);
        rows.close();
        assertThat(pages.asked()).isEqualTo(1);
        assertThatThrownBy(rows::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed with its exchange");
    }

    @Test
    void aSlowReaderHoldsOnePageAndThosePrefetched() {
        for (int prefetch : new int[] {0, 1, 3}) {
            FakePages pages = FakePages.immediate(100, 50);
            RowStream rows = open(pages, prefetch);
            for (int taken = 0; taken < 1000; taken++) {
                int pageBeingRead = taken / 100;
                assertThat(pages.asked())
                        .as("prefetch %d, %d rows taken", prefetch, taken)
                        .isLessThanOrEqualTo(pageBeingRead + 1 + prefetch);
                rows.next();
            }
            assertThat(pages.asked()).isEqualTo(11 + prefetch);
        }
    }

    @Test
    void theNextPageIsOnItsWayWhileOneIsRead() {
        FakePages pages = FakePages.immediate(100, 50);
        RowStream rows = open(pages, 1);
        read(rows, 50);
        assertThat(pages.asked()).isEqualTo(2);
        read(rows, 50);
        assertThat(pages.asked()).isEqualTo(3);
    }

    @Test
    void aFailedPageIsThrownAfterTheRowsBeforeIt() {
        FakePages pages = FakePages.onDemand(10, 3);
        var stream = pages.client().rows(QueryRequest.of("SELECT Id FROM Account")).stream(1);
        pages.arrive(0);
        RowStream rows = stream.result();
        read(rows, 5);
        var failure = new ServerException("down", true, null, new Answer(503, null, null));
        pages.fail(1, failure);
        read(rows, 5);
        assertThat(rows.hasNext()).as("the failure is something to give").isTrue();
        assertThatThrownBy(rows::next).isSameAs(failure);
        assertThatThrownBy(rows::next).isSameAs(failure);
        assertThat(pages.asked()).isEqualTo(2);
    }

    @Test
    void aFailureOfTheFirstRequestIsNoStream() {
        FakePages pages = FakePages.onDemand(10, 3);
        var stream = pages.client().rows(QueryRequest.of("SELECT Id FROM Account")).stream(1);
        pages.fail(0, new ServerException("down", true, null, new Answer(503, null, null)));
        assertThat(stream.cause()).isInstanceOf(ServerException.class);
    }

    @Test
    void aPageThatIsCutOffOrNoPageIsAFailure() {
        for (String body :
                List.of("{\"totalSize\":1,\"records\":[{\"Id\":\"x\"}", "<html>", "{}", "[]", "{\"records\":[]}x")) {
            FakePages pages = FakePages.onDemand(10, 3);
            var stream = pages.client().rows(QueryRequest.of("SELECT Id FROM Account")).stream(1);
            pages.begin(0, body);
            pages.end(0);
            assertThatThrownBy(() -> {
                        if (stream.failed()) {
                            throw stream.cause();
                        }
                        stream.result().forEachRemaining(row -> {});
                    })
                    .as(body)
                    .isInstanceOf(UnreadableResponseException.class);
        }
    }

    @Test
    void aReaderThatWaitsIsWokenByAFailureAndByClosing() throws Exception {
        FakePages pages = FakePages.onDemand(10, 3);
        RowStream rows = open(pages, 1);
        var reader = CompletableFuture.supplyAsync(() -> {
            try {
                return rows.next();
            } catch (RuntimeException e) {
                return e;
            }
        });
        rows.close();
        assertThat(reader.get(5, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readingOnAnEventLoopIsRefusedIfItWouldWait() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            FakePages pages = FakePages.onDemand(10, 3);
            RowStream rows = open(pages, 1);
            var refusal = new CompletableFuture<Throwable>();
            vertx.runOnContext(on -> {
                try {
                    rows.hasNext();
                    refusal.complete(null);
                } catch (RuntimeException e) {
                    refusal.complete(e);
                }
            });
            assertThat(refusal.get(5, TimeUnit.SECONDS)).hasMessageContaining("is an event loop and must not wait");
        } finally {
            vertx.close();
        }
    }

    @Test
    void manyThreadsMayReadTogether() {
        FakePages pages = FakePages.immediate(100, 20);
        RowStream rows = open(pages, 2);
        List<String> ids = Collections.synchronizedList(new ArrayList<>());
        var readers = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 4; i++) {
            readers.add(CompletableFuture.runAsync(() -> read(rows, 500).forEach(ids::add)));
        }
        await().atMost(20, TimeUnit.SECONDS).until(() -> readers.stream().allMatch(CompletableFuture::isDone));
        assertThat(ids).hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    void aRepeatedFurtherPageGivesNoRowTwice() {
        FakePages pages = FakePages.onDemand(10, 2);
        var stream = pages.client().rows(QueryRequest.of("SELECT Id FROM Account")).stream(1);
        pages.arrive(0);
        RowStream rows = stream.result();
        read(rows, 10);
        String page = pages.page(1);
        pages.begin(1, page.substring(0, page.indexOf(FakePages.row(15))));
        pages.arrive(1);
        var ids = new ArrayList<String>();
        rows.forEachRemaining(row -> ids.add(row.id()));
        assertThat(ids).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aRepeatedFirstPageInAnotherOrderGivesNoRowTwice() {
        FakePages pages = FakePages.onDemand(4, 1);
        var stream = pages.client().rows(QueryRequest.of("SELECT Id FROM Account")).stream(1);
        String rows = "{\"totalSize\":4,\"done\":true,\"records\":[";
        pages.begin(0, rows + FakePages.row(0) + "," + FakePages.row(1) + ",");
        pages.begin(
                0,
                rows + FakePages.row(3) + "," + FakePages.row(1) + "," + FakePages.row(2) + "," + FakePages.row(0)
                        + "]}");
        pages.end(0);
        var ids = new ArrayList<String>();
        stream.result().forEachRemaining(row -> ids.add(row.id()));
        assertThat(ids).containsExactly(FakePages.id(0), FakePages.id(1), FakePages.id(3), FakePages.id(2));
    }

    @Test
    void aRepeatedFirstPageWithoutIdsIsAFailure() {
        FakePages pages = FakePages.onDemand(4, 1);
        var stream = pages.client().rows(QueryRequest.of("SELECT Name FROM Account")).stream(1);
        String begun = "{\"totalSize\":4,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"A\"},\"Name\":\"x\"},";
        pages.begin(0, begun);
        pages.begin(0, begun);
        pages.end(0);
        RowStream rows = stream.result();
        rows.next();
        assertThatThrownBy(rows::next).hasMessageContaining("after 1 rows were delivered");
    }
}
