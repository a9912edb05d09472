package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.StopSignal;

/** Jobs of an extract or a load, and where a restart reads them on. */
class BulkExtractSourceTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant END = NOON.minusSeconds(30);
    private static final Cursor START = Cursor.beginning("extract:Account");
    private static final Cursor IN_JOB = START.window(END).load("job7:0");

    /** An org whose jobs all give the same rows. */
    private static final class Org implements BulkExtractSource.Jobs {

        private final List<String> made = new ArrayList<>();
        private final List<String> opened = new ArrayList<>();
        private final List<String> abandoned = new ArrayList<>();
        private final List<Integer> requested = new ArrayList<>();
        private List<SObject> rows = List.of();
        private Future<Void> making = Future.succeededFuture();
        private Future<Void> running = Future.succeededFuture();
        private StopSignal unwanted;
        private boolean closed;

        @Override
        public Future<String> start(String soql, boolean includeDeleted) {
            made.add(soql + (includeDeleted ? ", with deleted ones" : ""));
            return making.map("job" + made.size());
        }

        @Override
        public Future<BulkExtractSource.Rows> rows(String jobId, StopSignal wanted) {
            opened.add(jobId);
            unwanted = wanted;
            return running.map(ended -> new BulkExtractSource.Rows() {
                private int at;

                @Override
                public Future<List<SObject>> next(int most) {
                    requested.add(most);
                    int to = Math.min(rows.size(), at + Math.min(most, 1_500));
                    List<SObject> some = rows.subList(at, to);
                    at = to;
                    return Future.succeededFuture(some);
                }

                @Override
                public void close() {
                    closed = true;
                }
            });
        }

        @Override
        public void abandon(String jobId) {
            abandoned.add(jobId);
        }
    }

    private final Org org = new Org();

    private BulkExtractSource source(boolean extract, boolean includeDeleted) {
        return new BulkExtractSource(
                org,
                () -> Future.succeededFuture(NOON.plusMillis(400)),
                (from, until) -> Future.succeededFuture("from " + from + " until " + until),
                PolledQuery.of("Account", List.of(), includeDeleted),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                extract);
    }

    private PollSource.Reading read(Cursor place) {
        return source(true, false).read(place);
    }

    private static SObject row(int number) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("Id", "001" + number);
        fields.put("SystemModstamp", NOON.minusSeconds(9_000 + number).atOffset(ZoneOffset.UTC));
        return SObject.read("Account", fields);
    }

    private void haveRows(int number) {
        org.rows = IntStream.rangeClosed(1, number)
                .mapToObj(BulkExtractSourceTest::row)
                .toList();
    }

    private static List<String> ids(Batch batch) {
        return batch.records().stream().map(record -> record.position().id()).toList();
    }

    @Test
    void anExtractMakesAJobAndGivesItsRowsUpToTheLast() {
        haveRows(2);
        var reading = read(START);
        Batch made = reading.next().result();
        assertThat(org.made).containsExactly("from null until " + END);
        assertThat(org.opened).as("before the position with the job is stored").isEmpty();
        assertThat(made).isEqualTo(Batch.step(START.window(END).load("job1:0")));
        Batch rows = reading.next().result();
        assertThat(org.opened).containsExactly("job1");
        assertThat(rows.records())
                .containsExactly(
                        new PolledRecord(
                                org.rows.get(0),
                                new Position(NOON.minusSeconds(9_001), "0011"),
                                Change.CREATED,
                                made.after().load("job1:1")),
                        new PolledRecord(
                                org.rows.get(1),
                                new Position(NOON.minusSeconds(9_002), "0012"),
                                Change.CREATED,
                                made.after().load("job1:2")));
        assertThat(rows.after()).isEqualTo(made.after().load("job1:2"));
        assertThat(rows.more()).isTrue();
        Batch last = reading.next().result();
        assertThat(last).isEqualTo(Batch.idle(rows.after().extracted()));
        assertThat(last.after().run()).as("all may come again").isEqualTo(1);
        assertThat(org.opened).hasSize(1);
        assertThat(org.abandoned).isEmpty();
    }

    @Test
    void aLoadIsFollowedFromTheEndOfItsWindow() {
        var reading = source(false, true).read(START);
        Cursor made = reading.next().result().after();
        assertThat(org.made).containsExactly("from null until " + END + ", with deleted ones");
        Batch last = reading.next().result();
        assertThat(last).isEqualTo(Batch.idle(made.closed()));
        assertThat(last.after().from()).isEqualTo(END);
        assertThat(last.after().run()).isZero();
    }

    @Test
    void aFurtherExtractIsOfTheTimeSinceTheLast() {
        Cursor done = START.window(NOON.minusSeconds(3_600)).extracted();
        read(done).next();
        assertThat(org.made).containsExactly("from " + NOON.minusSeconds(3_600) + " until " + END);
    }

    @Test
    void aRowWithoutIdAndTimeIsKnownByItsNumber() {
        org.rows =
                List.of(SObject.read("Account", new LinkedHashMap<>()), SObject.read("Account", new LinkedHashMap<>()));
        assertThat(ids(read(IN_JOB).next().result())).containsExactly("row1", "row2");
        assertThat(read(IN_JOB).next().result().records())
                .allSatisfy(record -> assertThat(record.position().stamp()).isEqualTo(END));
    }

    @Test
    void aRestartReadsTheSameJobOnBehindItsLastRow() {
        haveRows(4);
        Batch rows = read(IN_JOB.load("job7:2")).next().result();
        assertThat(ids(rows)).containsExactly("0013", "0014");
        assertThat(rows.records().get(0).after()).isEqualTo(IN_JOB.load("job7:3"));
        assertThat(rows.after()).isEqualTo(IN_JOB.load("job7:4"));
        assertThat(org.made).isEmpty();
        assertThat(org.opened).containsExactly("job7");
    }

    @Test
    void aRestartFarBehindTheBeginSkipsRowsAFewAtATime() {
        haveRows(3_100);
        assertThat(ids(read(IN_JOB.load("job7:3099")).next().result())).containsExactly("0013100");
        assertThat(org.requested).allMatch(most -> most <= 2_000);
    }

    @Test
    void aJobWithFewerRowsThanWereTakenIsDone() {
        haveRows(3);
        assertThat(read(IN_JOB.load("job7:5")).next().result())
                .isEqualTo(Batch.idle(IN_JOB.load("job7:5").extracted()));
    }

    static Stream<Throwable> endsOfAJob() {
        return Stream.of(
                notFound("NOT_FOUND"),
                new BulkJobException("failed", "job7", "Failed", false),
                new BulkJobException("aborted", "job7", "Aborted", false));
    }

    private static NotFoundException notFound(String code) {
        return new NotFoundException("no", new Answer(404, List.of(new ApiError(code, "no", List.of())), null));
    }

    @ParameterizedTest
    @MethodSource("endsOfAJob")
    void aJobThatIsGoneOrFailedGetsANewOneForItsWindowAtTheNextPoll(Throwable end) {
        var source = source(true, false);
        org.running = Future.failedFuture(end);
        assertThat(source.read(IN_JOB).next().cause()).isSameAs(end);
        assertThat(org.made).as("made by the poll that failed").isEmpty();
        org.running = Future.succeededFuture();
        haveRows(1);
        var reading = source.read(IN_JOB);
        assertThat(reading.next().result().after()).isEqualTo(IN_JOB.load("job1:0"));
        assertThat(org.made).containsExactly("from null until " + END);
        assertThat(ids(reading.next().result())).containsExactly("0011");
        assertThat(org.opened).containsExactly("job7", "job1");
    }

    static Stream<Throwable> troublesOnTheWay() {
        return Stream.of(
                notFound(""),
                new BulkJobException("not in time", "job7", "InProgress", true),
                new IllegalStateException("the connection broke"));
    }

    @ParameterizedTest
    @MethodSource("troublesOnTheWay")
    void aJobThatMayStillGiveItsRowsIsReadAgainAtTheNextPoll(Throwable trouble) {
        var source = source(true, false);
        org.running = Future.failedFuture(trouble);
        assertThat(source.read(IN_JOB).next().cause()).isSameAs(trouble);
        org.running = Future.succeededFuture();
        haveRows(1);
        assertThat(ids(source.read(IN_JOB).next().result())).containsExactly("0011");
        assertThat(org.made).isEmpty();
    }

    @Test
    void aJobIsAbandonedIfItsReadingWasGivenUpWhileItWasMade() {
        Promise<Void> making = Promise.promise();
        org.making = making.future();
        var reading = read(START);
        Future<Batch> made = reading.next();
        reading.close();
        making.complete();
        assertThat(made.cause()).hasMessage("the reading was given up");
        assertThat(org.abandoned).containsExactly("job1");
    }

    @Test
    void aReadingThatIsGivenUpEndsTheWaitForItsJobAndFreesRowsThatComeAllTheSame() {
        Promise<Void> running = Promise.promise();
        org.running = running.future();
        var reading = read(IN_JOB);
        Future<Batch> rows = reading.next();
        assertThat(org.unwanted.given()).isFalse();
        reading.close();
        assertThat(org.unwanted.given()).isTrue();
        running.complete();
        assertThat(rows.cause()).hasMessage("the reading was given up");
        assertThat(org.closed).isTrue();
        assertThat(org.requested).isEmpty();
    }

    @Test
    void aReadingThatIsGivenUpAmongItsRowsFreesThem() {
        haveRows(3);
        var reading = read(IN_JOB);
        reading.next();
        assertThat(org.closed).isFalse();
        reading.close();
        assertThat(org.closed).isTrue();
    }

    @Test
    void whatALookBackMayGiveAgainHasToBeRemembered() {
        var source = source(false, false);
        assertThat(source.horizon(START)).isNull();
        assertThat(source.horizon(IN_JOB)).isEqualTo(END.minusSeconds(600));
        assertThat(source.horizon(IN_JOB.closed())).isEqualTo(END);
    }
}
