package org.sftoolkit.camel.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.transport.BodyInput;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.RetryPolicy;

class PagesOfRowsTest {

    private final List<Promise<Response>> underWay = new ArrayList<>();
    private int most;

    private static Future<Response> answered(Request request, String csv) {
        WriteStream<Buffer> body = request.sink().open(200, MultiMap.caseInsensitiveMultiMap());
        body.write(Buffer.buffer(csv));
        body.end();
        return Future.succeededFuture(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()));
    }

    private static final ResumableCsv.Check ANYTHING = new ResumableCsv.Check() {
        @Override
        public long rows(MultiMap headers) {
            return -1;
        }

        @Override
        public char delimiter() {
            return ',';
        }

        @Override
        public void header(String row) {}

        @Override
        public void end(long rows, MultiMap headers) {}
    };

    /** Pages with these texts, and locators after the first: page-1, page-2. */
    private static final class Pages implements PageSequence {

        private final Iterator<String> bodies;
        private int given;
        private boolean closed;

        Pages(String... bodies) {
            this.bodies = List.of(bodies).iterator();
        }

        @Override
        public ResumableCsv next() {
            if (!bodies.hasNext()) {
                return null;
            }
            String body = bodies.next();
            return new ResumableCsv(
                    "results",
                    () -> new BodyInput(1000).from(request -> answered(request, body), Request.get("/x")),
                    ANYTHING,
                    time -> Future.succeededFuture(),
                    new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), new Random(1)),
                    given++ == 0);
        }

        @Override
        public String locator() {
            return given < 2 ? null : "page-" + (given - 1);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static JoinedCsv joined(String... pages) {
        return new JoinedCsv(new Pages(pages));
    }

    @Test
    void bytesComeOneByOneTooAndAreNotSigned() throws IOException {
        try (var csv = joined("Id\nü", "Id\n2\n")) {
            for (byte b : "Id\nü\n2\n".getBytes(StandardCharsets.UTF_8)) {
                assertThat(csv.read()).isEqualTo(b & 0xFF);
            }
            assertThat(csv.read()).isEqualTo(-1);
        }
    }

    @Test
    void whoeverReadsHearsFromWhichPageEverythingWouldComeAgain() throws IOException {
        List<String> from = new ArrayList<>();
        try (var csv = new JoinedCsv(new Pages("Id\n0\n", "Id\n1\n", "Id\n2\n", "Id\n3\n"), from::add)) {
            assertThat(csv.locator()).isNull();
            csv.readNBytes("Id\n0\n1\n".length());
            assertThat(csv.locator()).isEqualTo("page-1");
            assertThat(from)
                    .as("rows of the first page may still be on their way")
                    .isEmpty();
            csv.readNBytes(1);
            assertThat(from).containsExactly("page-1");
            assertThat(csv.readAllBytes()).hasSize("\n3\n".length());
            assertThat(from).as("behind the last page nothing is read again").containsExactly("page-1", "page-2");
        }
    }

    @Test
    void resultsThatAreClosedBeforeTheirEndFail() throws IOException {
        var pages = new Pages("Id\n1\n");
        var csv = new JoinedCsv(pages);
        csv.readNBytes(3);
        assertThat(pages.closed).isFalse();
        csv.close();
        assertThat(pages.closed).isTrue();
        assertThatThrownBy(csv::read)
                .isInstanceOf(IOException.class)
                .hasMessage("the results were closed before they were read to their end");
        var whole = joined("Id\n1\n");
        whole.readAllBytes();
        whole.close();
        assertThat(whole.read()).isEqualTo(-1);
    }

    @Test
    void pagesAreJoinedAtTheEndsOfRowsWhetherOrNotTheLastOneIsWritten() throws IOException {
        String whole = "\"Id\"\n\"1\"\n\"2\"\n\"3\"\n";
        assertThat(text(joined("\"Id\"\n\"1\"\n", "\"Id\"\n\"2\"\n", "\"Id\"\n\"3\"\n")))
                .isEqualTo(whole);
        assertThat(text(joined("\"Id\"\n\"1\"", "\"Id\"\n\"2\"", "\"Id\"\n\"3\"\n")))
                .isEqualTo(whole);
        assertThat(text(joined("\"Id\"\n\"1\"", "\"Id\"", "\"Id\"\n"))).startsWith("\"Id\"\n\"1\"");
    }

    @Test
    void aDamagedAnswerIsRequestedAgainAfterThePausesOfTheConnection() throws IOException {
        Iterator<String> bodies = List.of("\"Id\"\n\"1", "\"Id\"\n\"1", "\"Id\"\n\"1", "\"Id\"\n\"1\"\n")
                .iterator();
        List<Duration> pauses = new ArrayList<>();
        var page = new ResumableCsv(
                "results",
                () -> new BodyInput(1000).from(request -> answered(request, bodies.next()), Request.get("/x")),
                ANYTHING,
                time -> {
                    pauses.add(time);
                    return Future.succeededFuture();
                },
                new RetryPolicy(3, Duration.ofSeconds(40), Duration.ofHours(1), new Random(1)),
                true);
        assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("\"Id\"\n\"1\"\n");
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));
        assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(80));
    }

    private static String text(JoinedCsv csv) throws IOException {
        try (csv) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Future<Response> begun(Request request) {
        Promise<Response> answer = Promise.promise();
        underWay.add(answer);
        most = Math.max(most, underWay.size());
        request.sink().open(200, MultiMap.caseInsensitiveMultiMap());
        return answer.future().onComplete(done -> underWay.remove(answer));
    }

    @Test
    void noMorePagesAreUnderWayThanAskedFor() throws IOException {
        var call = TestCalls.context(this::begun, null, null);
        var job = BulkClient.read(JsonNodeFactory.instance
                .objectNode()
                .put("id", "750")
                .put("operation", "query")
                .put("object", "Account")
                .put("state", "JobComplete")
                .put("numberRecordsProcessed", 9));
        var locators = IntStream.range(0, 9).mapToObj(i -> "l" + i).toList();
        var source = new QueryPageSource(call, job, new QueryPageCheck(job, List.of(), true));
        var pages = new ParallelPages(source, new ResultPages(locators, null), 3);
        for (int i = 0; i < 9; i++) {
            assertThat(pages.next()).isNotNull();
            assertThat(pages.locator()).isEqualTo("l" + i);
            underWay.get(0).complete(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()));
        }
        assertThat(pages.next()).isNull();
        assertThat(most).isEqualTo(3);
        pages.close();
    }
}
