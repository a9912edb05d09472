package org.sftoolkit.camel.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.BodyInput;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.RetryPolicy;

class ResumableCsvTest {

    private static final String PAGE = "\"Id\",\"Name\"\n\"1\",\"a\"\n\"2\",\"b\"\n";

    /** One answer: what comes of it before its end, and how it ends. */
    private record Scripted(String text, String type, Exception broken) {}

    private final Deque<Scripted> answers = new ArrayDeque<>();
    private final List<String> headers = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private final List<WriteStream<Buffer>> bodies = new ArrayList<>();
    private int requests;
    private Runnable atSecondRequest = () -> {};
    private long announced = -1;
    private IOException refusedHeader;
    private IOException refusedEnd;

    private final ResumableCsv.Check check = new ResumableCsv.Check() {
        @Override
        public long rows(MultiMap answered) {
            return announced;
        }

        @Override
        public char delimiter() {
            return ',';
        }

        @Override
        public void header(String row) throws IOException {
            headers.add(row);
            if (refusedHeader != null) {
                IOException once = refusedHeader;
                refusedHeader = null;
                throw once;
            }
        }

        @Override
        public void end(long rows, MultiMap answered) throws IOException {
            ends.add(rows);
            if (refusedEnd != null) {
                throw refusedEnd;
            }
        }
    };

    private void whole(String text) {
        answers.add(new Scripted(text, "text/csv; charset=UTF-8", null));
    }

    private void broken(String text) {
        answers.add(new Scripted(
                text, "TEXT/CSV", new TransportException("cut", "GET /results", true, true, new IOException("cut"))));
    }

    private BodyInput request() {
        requests++;
        if (requests == 2) {
            atSecondRequest.run();
        }
        Scripted next = answers.size() > 1 ? answers.poll() : answers.peek();
        return new BodyInput(1 << 20).from(request -> answer(request, next), Request.get("/results"));
    }

    private Future<Response> answer(Request request, Scripted next) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (next.type() != null) {
            headers.set("Content-Type", next.type());
        }
        WriteStream<Buffer> body = request.sink().open(200, headers);
        bodies.add(body);
        // whatever comes, a first byte may come alone
        int first = Math.min(1, next.text().length());
        body.write(Buffer.buffer(next.text().substring(0, first)));
        body.write(Buffer.buffer(next.text().substring(first)));
        return next.broken() != null
                ? Future.failedFuture(next.broken())
                : Future.succeededFuture(new Response(200, headers, Buffer.buffer()));
    }

    private ResumableCsv page(boolean withHeader) {
        return new ResumableCsv(
                "results",
                this::request,
                check,
                time -> Future.succeededFuture(),
                new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), new Random(1)),
                withHeader);
    }

    private String read(boolean withHeader) throws IOException {
        try (ResumableCsv page = page(withHeader)) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void assertUnreadable(String... words) {
        assertThatThrownBy(() -> read(true))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(UnreadableResponseException.class)
                .hasMessageStartingWith("the results cannot be read: ")
                .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
    }

    @Test
    void aPageIsGivenWithItsHeaderOrWithout() throws IOException {
        whole(PAGE);
        assertThat(read(true)).isEqualTo(PAGE);
        assertThat(read(false)).isEqualTo("\"1\",\"a\"\n\"2\",\"b\"\n");
        assertThat(headers).containsExactly("\"Id\",\"Name\"\n", "\"Id\",\"Name\"\n");
        assertThat(ends).containsExactly(2L, 2L);
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void bytesComeOneByOneToo() throws IOException {
        whole(PAGE);
        var text = new StringBuilder();
        try (ResumableCsv page = page(true)) {
            for (int b = page.read(); b >= 0; b = page.read()) {
                text.append((char) b);
            }
            assertThat(page.rows()).isEqualTo(2);
            assertThat(page.headers().get("Content-Type")).startsWith("text/csv");
        }
        assertThat(text).hasToString(PAGE);
    }

    @Test
    void bytesAreNotSigned() throws IOException {
        whole("ü\n\u00ff\n");
        try (ResumableCsv page = page(true)) {
            assertThat(page.read()).isEqualTo(0xC3);
        }
    }

    @Test
    void itIsRequestedOnceThoughItIsBegunBefore() throws IOException {
        whole(PAGE);
        try (ResumableCsv page = page(true)) {
            page.begin().begin();
            assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(PAGE);
        }
        assertThat(requests).isEqualTo(1);
    }

    @Test
    void anAnswerThatBreaksIsContinuedWhereItBroke() throws IOException {
        for (int cut = 0; cut < PAGE.length(); cut++) {
            answers.clear();
            broken(PAGE.substring(0, cut));
            whole(PAGE);
            assertThat(read(true)).as("cut at %d", cut).isEqualTo(PAGE);
            answers.clear();
            broken(PAGE.substring(0, cut));
            broken(PAGE.substring(0, cut / 2));
            whole(PAGE);
            assertThat(read(false)).as("cut at %d", cut).isEqualTo("\"1\",\"a\"\n\"2\",\"b\"\n");
        }
    }

    @Test
    void breaksCountNoMoreOnceBytesHaveCome() throws IOException {
        var text = new StringBuilder("\"Id\"\n");
        for (int i = 0; i < 12; i++) {
            text.append('"').append(i).append("\"\n");
            broken(text.toString());
        }
        whole(text.toString());
        assertThat(read(true)).isEqualTo(text.toString());
        assertThat(requests).isEqualTo(13);
    }

    @Test
    void aCallWhoseAnswerIsNotTakenIsEnded() throws IOException {
        answers.add(new Scripted("<html>", "text/html", null));
        whole(PAGE);
        ResumableCsv page = page(true);
        page.readNBytes(3);
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(0).write(Buffer.buffer("more")).failed()).isTrue();
        assertThat(bodies.get(1).write(Buffer.buffer("more")).succeeded()).isTrue();
        page.close();
        assertThat(bodies.get(1).write(Buffer.buffer("more")).failed()).isTrue();
    }

    @Test
    void anAnswerThatIsRequestedWhileThePageIsClosedIsEnded() {
        broken(PAGE.substring(0, 20));
        whole(PAGE);
        ResumableCsv page = page(true);
        atSecondRequest = page::close;
        assertThatThrownBy(page::readAllBytes)
                .isInstanceOf(IOException.class)
                .hasMessage("the results were closed before they were read to their end");
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(1).write(Buffer.buffer("more")).failed()).isTrue();
    }

    @Test
    void anEmptyLineIsNotTheHeader() throws IOException {
        whole("\n" + PAGE);
        announced = 2;
        assertThat(read(false)).isEqualTo("\"1\",\"a\"\n\"2\",\"b\"\n");
    }

    @Test
    void aPageThatComesWithoutItsRowsFirstIsReadFromItsHeaderOn() throws IOException {
        announced = 2;
        for (String nothing : List.of("", "\n")) {
            whole(nothing);
            broken(PAGE.substring(0, 20));
            whole(PAGE);
            assertThat(read(false)).isEqualTo("\"1\",\"a\"\n\"2\",\"b\"\n");
            answers.clear();
        }
    }

    @Test
    void rowsOfWhichOneIsDamagedAreNotGivenOutBeforeTheyAreWhole() throws IOException {
        whole("\"Id\",\"Name\"\n\"1\"\n");
        whole(PAGE);
        assertThat(read(true)).isEqualTo(PAGE);
        answers.clear();
        String rows = "\"Id\"\n" + "\"123456789\"\n".repeat(2001);
        whole(rows + "1,2\n");
        whole(rows + "\"12\"\n");
        assertThat(read(true)).isEqualTo(rows + "\"12\"\n");
    }

    @Test
    void aLargePageIsContinuedBehindItsFirstBlocks() throws IOException {
        var text = new StringBuilder("\"Id\",\"Name\"\n");
        for (int i = 0; i < 5_000; i++) {
            text.append('"').append(i).append("\",\"name ").append(i).append("\"\n");
        }
        String page = text.toString();
        for (int cut : new int[] {8191, 8192, 8193, 16384, 60_000}) {
            answers.clear();
            broken(page.substring(0, cut));
            whole(page);
            announced = 5_000;
            assertThat(read(true)).isEqualTo(page);
        }
    }

    @Test
    void anAnswerThatChangedSinceItsFirstAttemptIsRefused() {
        broken(PAGE.substring(0, 20));
        whole(PAGE.replace("\"1\"", "\"9\""));
        assertUnreadable("their content has changed since the first attempt");
    }

    @Test
    void anAnswerThatIsShorterThanWhatWasReadIsRefused() {
        broken(PAGE.substring(0, 20));
        whole(PAGE.substring(0, 12));
        assertUnreadable("they are shorter than before");
    }

    @Test
    void anAnswerThatBreaksAgainAndAgainWithoutFurtherBytesEndsTyped() {
        broken(PAGE.substring(0, 20));
        assertThatThrownBy(() -> read(true))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(TransportException.class);
        assertThat(requests).isEqualTo(6);
    }

    @Test
    void aRefusalThatDoesNotPassIsNotRequestedAgain() {
        answers.add(new Scripted(
                "", "text/csv", new org.sftoolkit.camel.error.AuthenticationException("refused", (Throwable) null)));
        assertThatThrownBy(() -> read(true))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(SfToolkitException.class)
                .hasMessageContaining("refused");
        assertThat(requests).isEqualTo(1);
    }

    @Test
    void anAnswerOfAnotherTypeIsRequestedAgain() throws IOException {
        answers.add(new Scripted("<html>", " text/html ", null));
        whole(PAGE);
        assertThat(read(true)).isEqualTo(PAGE);
        answers.clear();
        answers.add(new Scripted("<html>", " text/html ", null));
        assertUnreadable("the answer is text/html instead of text/csv");
    }

    @Test
    void anAnswerWithoutATypeIsTaken() throws IOException {
        answers.add(new Scripted(PAGE, null, null));
        assertThat(read(true)).isEqualTo(PAGE);
    }

    @Test
    void aHeaderThatIsWrongIsNotGivenOut() throws IOException {
        refusedHeader = new IOException("the columns are others");
        whole(PAGE);
        assertThat(read(true)).isEqualTo(PAGE);
        assertThat(headers).hasSize(2);
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void rowsAreAsManyAsAnnounced() throws IOException {
        announced = 2;
        whole(PAGE);
        assertThat(read(true)).isEqualTo(PAGE);
        announced = 3;
        assertUnreadable("they ended after 2 rows of 3");
        announced = 1;
        assertUnreadable("more rows arrived than the 1 that Salesforce announced");
        announced = 0;
        assertUnreadable("more rows arrived than the 0 that Salesforce announced");
    }

    @Test
    void moreRowsThanAnnouncedAreNoticedBehindTheFirstBlockToo() {
        announced = 2000;
        whole("\"Id\"\n" + "\"123456789\"\n".repeat(2001));
        assertUnreadable("more rows arrived than the 2000");
    }

    @Test
    void aRowWithOtherCellsThanTheHeaderIsNotTaken() {
        whole(PAGE + "\"3\"\n");
        assertUnreadable("a row has 1 cells under a header of 2 columns");
        answers.clear();
        whole(PAGE + "\"3\"");
        assertUnreadable("a row has 1 cells");
        answers.clear();
        whole("\"Id\"\n" + "\"123456789\"\n".repeat(2001) + "1,2\n");
        assertUnreadable("a row has 2 cells under a header of 1 columns");
    }

    @Test
    void anAnswerThatEndsWithinQuotesIsNotWhole() {
        whole(PAGE + "\"3\",\"c");
        assertUnreadable("they ended after", "within quotes");
        announced = 3;
        assertUnreadable("they ended after 3 rows, within quotes");
    }

    @Test
    void anEndThatIsRefusedIsRequestedAgainAndThenFails() {
        refusedEnd = new IOException("there must be more");
        whole(PAGE);
        assertUnreadable("there must be more");
        assertThat(ends).containsOnly(2L).hasSize(4);
    }

    @Test
    void anAnswerWithoutAnyRowIsEmpty() throws IOException {
        whole("");
        try (ResumableCsv page = page(true)) {
            assertThat(page.readAllBytes()).isEmpty();
            assertThat(page.rows()).isZero();
        }
        answers.clear();
        whole("\n");
        assertThat(read(true)).isEmpty();
        assertThat(headers).isEmpty();
    }

    @Test
    void aHeaderMayBeLongButNotEndless() throws IOException {
        String header = "\"" + "c".repeat(20_000) + "\",\"d\"\n";
        whole(header + "1,2\n");
        assertThat(read(false)).isEqualTo("1,2\n");
        answers.clear();
        whole("\"" + "c".repeat(1 << 20));
        assertUnreadable("there is no header row in the first 1048576 bytes");
    }

    @Test
    void aPageThatIsClosedBeforeItsEndFails() throws IOException {
        whole(PAGE);
        ResumableCsv page = page(true);
        assertThat(page.read()).isEqualTo('"');
        page.close();
        assertThatThrownBy(page::read)
                .isInstanceOf(IOException.class)
                .hasMessage("the results were closed before they were read to their end");
        page(true).close();
    }

    @Test
    void behindItsEndAPageGivesNothingEvenIfItIsClosed() throws IOException {
        whole(PAGE);
        ResumableCsv page = page(true);
        page.readAllBytes();
        page.close();
        assertThat(page.read()).isEqualTo(-1);
    }
}
