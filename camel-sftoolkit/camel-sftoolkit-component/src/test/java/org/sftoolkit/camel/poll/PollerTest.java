package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.PositionOvertakenException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.LogContext;

class PollerTest {

    private static final String SOURCE = "query:Account:SystemModstamp";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, String> texts = new HashMap<>();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Runnable> alarms = new ArrayList<>();
    private final List<Promise<Batch>> asked = new ArrayList<>();
    private final List<Cursor> readings = new ArrayList<>();
    private Promise<Instant> now = Promise.promise();

    /** Each page is asked for and answered by the test. */
    private final PollSource source = new PollSource() {
        @Override
        public Reading read(Cursor place) {
            readings.add(place);
            return () -> {
                asked.add(Promise.promise());
                return asked.get(asked.size() - 1).future();
            };
        }

        @Override
        public Instant horizon(Cursor place) {
            return NOON;
        }
    };

    private boolean failsAfterWrite;

    private void requireConnection() {
        if (failsAfterWrite) {
            throw new IllegalStateException("the connection broke");
        }
    }

    private Poller poller(StartPosition first) {
        return poller(first, Delivery.Form.RECORD);
    }

    private Poller poller(StartPosition first, Delivery.Form form) {
        var store = new PositionStore(
                new PositionStore.Texts() {
                    @Override
                    public String get(String key) {
                        return texts.get(key);
                    }

                    @Override
                    public void set(String key, String text) {
                        texts.put(key, text);
                    }

                    @Override
                    public boolean replace(String key, String expected, String text) {
                        boolean replaces = Objects.equals(texts.get(key), expected);
                        if (replaces) {
                            texts.put(key, text);
                            requireConnection();
                        }
                        return replaces;
                    }
                },
                "key",
                SOURCE,
                true,
                nanos::get,
                LogContext.NONE);
        var settings = new Poller.Settings(form, 10, 0, 10, false, Duration.ofMinutes(1));
        Alarm alarm = (time, ring) -> {
            alarms.add(ring);
            return () -> alarms.remove(ring);
        };
        return new Poller(
                source,
                store,
                null,
                first,
                settings,
                new Poller.Time(() -> now.future(), alarm, new LimitPace(nanos::get, LogContext.NONE)));
    }

    private static Batch batch(Cursor from, int second) {
        var position = new Position(NOON.plusSeconds(second), "001" + second);
        var record = new PolledRecord(
                SObject.read("Account", new java.util.LinkedHashMap<>(Map.of("Id", position.id()))),
                position,
                Change.CREATED,
                from.at(position));
        return new Batch(List.of(record), record.after(), true);
    }

    private static Cursor start() {
        return Cursor.since(SOURCE, NOON);
    }

    /** Takes over the first position. */
    private static void begin(Poller poller) {
        poller.begin();
        assertThat(poller.ready().result()).isTrue();
        assertThat(poller.next()).isNull();
    }

    /** Delivers the record of the next page, and ends the delivery. */
    private void deliver(Poller poller, Cursor from, int second) {
        ack(poller, take(poller, from, second));
        assertThat(poller.next()).isNull();
    }

    private Delivery take(Poller poller, Cursor from, int second) {
        Future<Boolean> page = poller.ready();
        asked.get(asked.size() - 1).complete(batch(from, second));
        assertThat(page.result()).isTrue();
        Delivery delivery = poller.next();
        assertThat(delivery).isNotNull();
        return delivery;
    }

    private static void ack(Poller poller, Delivery delivery) {
        poller.ack(delivery, null);
    }

    @Test
    void aNodeThatLostItsLockMovesNothingBack() {
        Poller old = poller(StartPosition.of(NOON.toString()));
        begin(old);
        Delivery late = take(old, start(), 1);
        // the old node is paused; the next one takes over
        Poller fresh = poller(StartPosition.of(NOON.toString()));
        fresh.begin();
        deliver(fresh, start(), 1);
        fresh.finish();
        fresh.begin();
        deliver(fresh, start().at(new Position(NOON.plusSeconds(1), "0011")), 2);
        fresh.finish();
        String reached = texts.get("key");
        String log = texts.get("key/delivered");
        // the old one wakes up
        ack(old, late);
        assertThatThrownBy(old::finish)
                .isInstanceOf(PositionOvertakenException.class)
                .hasMessageContaining("another consumer has moved the position key");
        assertThat(texts).containsEntry("key", reached).containsEntry("key/delivered", log);
        // and goes on where the new one stands, if it is the one that has the lock again
        old.finish();
        assertThat(texts).containsEntry("key", reached);
        old.begin();
        assertThat(old.position()).isEqualTo(reached);
        deliver(old, start().at(new Position(NOON.plusSeconds(2), "0012")), 3);
        old.finish();
        assertThat(texts.get("key")).isNotEqualTo(reached);
        assertThat(old.watermark()).contains(NOON.plusSeconds(3));
        fresh.begin();
        Delivery stale = take(fresh, start().at(new Position(NOON.plusSeconds(2), "0012")), 3);
        ack(fresh, stale);
        assertThatThrownBy(fresh::finish).isInstanceOf(PositionOvertakenException.class);
        assertThat(texts.get("key")).isEqualTo(old.position());
    }

    @Test
    void aWriteWhoseOutcomeIsUnknownIsNotTakenForAnother() {
        Poller poller = poller(StartPosition.of(NOON.toString()));
        begin(poller);
        deliver(poller, start(), 1);
        failsAfterWrite = true;
        assertThatThrownBy(poller::finish).isInstanceOf(IllegalStateException.class);
        failsAfterWrite = false;
        poller.begin();
        deliver(poller, start().at(new Position(NOON.plusSeconds(1), "0011")), 2);
        poller.finish();
        assertThat(texts.get("key")).isEqualTo(poller.position());
        assertThat(poller.watermark()).contains(NOON.plusSeconds(2));
    }

    @Test
    void aPositionThatWasRemovedIsWrittenAgain() {
        Poller poller = poller(StartPosition.of(NOON.toString()));
        begin(poller);
        texts.clear();
        deliver(poller, start(), 1);
        poller.finish();
        assertThat(texts.get("key")).isEqualTo(poller.position());
    }

    @Test
    void oneOfTwoNodesBegins() {
        Poller first = poller(StartPosition.of(NOON.toString()));
        Poller second = poller(StartPosition.of(NOON.toString()));
        first.begin();
        second.begin();
        assertThat(first.ready().result()).isTrue();
        assertThat(second.ready().result()).isTrue();
        assertThat(first.next()).isNull();
        deliver(first, start(), 1);
        first.finish();
        String reached = texts.get("key");
        assertThatThrownBy(second::next).isInstanceOf(PositionOvertakenException.class);
        second.finish();
        assertThat(texts).containsEntry("key", reached);
        second.begin();
        assertThat(second.position()).isEqualTo(reached);
    }

    @Test
    void whatAnOperatorSetsWins() {
        Poller poller = poller(StartPosition.of(NOON.toString()));
        begin(poller);
        Delivery delivery = take(poller, start(), 1);
        Poller other = poller(StartPosition.of(NOON.toString()));
        other.set(NOON.minusSeconds(60).toString());
        String set = texts.get("key");
        ack(poller, delivery);
        assertThatThrownBy(poller::finish).isInstanceOf(PositionOvertakenException.class);
        assertThat(texts).containsEntry("key", set);
        poller.set(NOON.minusSeconds(90).toString());
        poller.begin();
        assertThat(poller.ready().result()).isTrue();
        assertThat(poller.next()).isNull();
        assertThat(poller.watermark()).contains(NOON.minusSeconds(90));
    }

    @Test
    void anAnswerAfterThePageTimeoutMovesNothing() {
        Poller poller = poller(StartPosition.of(NOON.toString()));
        begin(poller);
        Future<Boolean> page = poller.ready();
        alarms.get(0).run();
        assertThat(page.cause()).isInstanceOf(TimeoutException.class);
        poller.finish();
        poller.begin();
        Future<Boolean> again = poller.ready();
        asked.get(0).complete(batch(start(), 1));
        assertThat(again.isComplete()).as("by the answer to what was given up").isFalse();
        asked.get(1).complete(batch(start(), 1));
        assertThat(again.result()).isTrue();
        assertThat(poller.next().records().get(0).position().id()).isEqualTo("0011");
        assertThat(readings).containsExactly(start(), start());
        assertThat(alarms).as("alarms left").isEmpty();
    }

    @Test
    void aStreamWhosePageFailedIsReadOnBehindWhatWasTaken() {
        var poller = poller(StartPosition.of(NOON.toString()), Delivery.Form.STREAM);
        begin(poller);
        assertThat(poller.ready().isComplete()).isFalse();
        Batch page = batch(start(), 1);
        asked.get(0).complete(page);
        Delivery stream = poller.next();
        assertThat(poller.peekOf(stream)).isEqualTo(page.records().get(0));
        poller.takeOf(stream);
        assertThat(poller.peekOf(stream)).isNull();
        var lost = poller.more(stream);
        asked.get(1).fail(new IllegalStateException("the connection broke"));
        assertThat(lost.cause()).hasMessage("the connection broke");

        var again = poller.more(stream);
        assertThat(readings).containsExactly(start(), page.after());
        asked.get(2).complete(Batch.idle(page.after()));
        assertThat(again.result()).isTrue();
        assertThat(poller.peekOf(stream)).isNull();
        assertThat(poller.more(stream).result()).isFalse();
    }

    @Test
    void aPositionSetWhileNowIsLookedUpWins() {
        Poller poller = poller(StartPosition.now());
        poller.begin();
        Future<Boolean> ready = poller.ready();
        poller.set("2026-01-01T00:00:00Z");
        now.complete(NOON);
        assertThat(ready.result()).isTrue();
        poller.next();
        assertThat(poller.watermark()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(texts.get("key")).isEqualTo(poller.position()).contains("2026-01-01T00:00:00Z");
    }

    @Test
    void aPositionSetWhileAPollRunsEndsItAndIsKeptWhateverEndsLater() {
        Poller poller = poller(StartPosition.of(NOON.toString()));
        begin(poller);
        Future<Boolean> page = poller.ready();
        asked.get(0).complete(batch(start(), 1));
        assertThat(page.result()).isTrue();
        Delivery delivery = poller.next();
        poller.set("BEGINNING");
        assertThat(poller.next()).isNull();
        assertThat(poller.ready().result()).as("the poll goes on").isFalse();
        poller.ack(delivery, null);
        poller.finish();
        String stored = texts.get("key");
        assertThat(CursorText.read(stored, SOURCE).from()).isNull();
        begin(poller);
        assertThat(texts.get("key")).isEqualTo(stored);
    }

    @Test
    void deliveriesOfAPollThatWasGivenUpMoveNothing() {
        Poller poller = poller(StartPosition.of(NOON.toString()));
        begin(poller);
        Future<Boolean> page = poller.ready();
        asked.get(0).complete(batch(start(), 1));
        assertThat(page.result()).isTrue();
        Delivery delivery = poller.next();
        poller.finish();
        poller.begin();
        poller.ack(delivery, null);
        assertThat(poller.watermark()).contains(NOON);
        assertThat(poller.inFlight()).isZero();
    }

    @Test
    void atALimitThereIsACallAMinuteUntilOnePasses() {
        Poller poller = poller(StartPosition.of(NOON.toString()));
        begin(poller);
        for (int minute = 1; minute <= 3; minute++) {
            Future<Boolean> page = poller.ready();
            asked.get(asked.size() - 1).fail(new LimitExceededException("used up", false, null, Answer.NONE));
            assertThat(page.result()).as("a poll that waits is no failure").isFalse();
            poller.finish();
            for (int i = 0; i < 50; i++) {
                poller.begin();
                assertThat(poller.ready().result()).isFalse();
                poller.finish();
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            }
            assertThat(asked).hasSize(minute);
            assertThat(poller.pace().trouble())
                    .hasValueSatisfying(
                            words -> assertThat(words).contains("used up").contains("next check in"));
            nanos.addAndGet(Duration.ofSeconds(11).toNanos());
            poller.begin();
        }
        Future<Boolean> page = poller.ready();
        asked.get(3).complete(batch(start(), 1));
        assertThat(page.result()).isTrue();
        assertThat(poller.pace().trouble()).isEmpty();
    }

    @Test
    void aPositionMovesBehindTheFirstDeliveryThatHasNotEnded() {
        var line = new DeliveryLine<>(0);
        var first = line.open();
        line.add("a", 1, 1);
        line.close(first);
        line.pass(2);
        var second = line.open();
        line.add("b", 1, 3);
        line.pass(4);
        line.done(second);
        assertThat(line.position()).isZero();
        assertThat(line.underWay("a")).isEqualTo(1);
        assertThat(line.underWay("b")).isNull();
        line.failed(first);
        assertThat(line.position()).isZero();
        assertThat(line.inFlight()).isZero();
        assertThat(line.isSettled()).isFalse();
    }

    @Test
    void aPositionPassesWhatHoldsNothingBehindADeliveryWhenThatHasEnded() {
        var line = new DeliveryLine<>(0);
        line.pass(1);
        assertThat(line.position()).isEqualTo(1);
        var delivery = line.open();
        line.add("a", 1, 2);
        line.pass(3);
        line.pass(4);
        assertThat(line.position()).isEqualTo(1);
        line.done(delivery);
        assertThat(line.position()).isEqualTo(4);
        line.pass(5);
        assertThat(line.position()).isEqualTo(5);
        assertThat(line.isSettled()).isTrue();
    }

    @Test
    void aClockIsBelievedIfItAgreesWithTheTimeElapsedOrThreeTimesWithItself() {
        Deque<Object> answers = new ArrayDeque<>();
        var clock = new OrgClock(
                () -> answers.peek() instanceof Instant
                        ? Future.succeededFuture((Instant) answers.poll())
                        : Future.failedFuture((Throwable) answers.poll()),
                nanos::get,
                () -> NOON);
        var missing = new UnreadableResponseException("no Date", true, Answer.NONE, null);
        answers.addAll(List.of(NOON));
        assertThat(clock.now().result()).as("as this machine's").isEqualTo(NOON);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        Instant right = NOON.plusSeconds(30);
        for (Object wrong :
                List.of(right.plusSeconds(3_600), right.minusSeconds(3_600), right.plusSeconds(9), missing)) {
            answers.addAll(List.of(wrong, right));
            assertThat(clock.now().result()).as("after %s", wrong).isEqualTo(right);
        }
        Instant moved = right.plusSeconds(86_400);
        answers.addAll(List.of(moved, moved, moved));
        assertThat(clock.now().result()).as("three agree").isEqualTo(moved);
        answers.addAll(List.of(
                NOON,
                NOON.plusSeconds(100),
                NOON.plusSeconds(200),
                NOON.plusSeconds(300),
                NOON.plusSeconds(400),
                NOON.plusSeconds(500)));
        assertThat(clock.now().cause())
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("contradict");
        assertThat(answers).isEmpty();
    }

    @Test
    void serversOfOneOrgMayDifferByAFewSeconds() {
        for (int seconds : List.of(-4, 4)) {
            Instant answer = NOON.plusSeconds(seconds);
            Deque<Instant> answers = new ArrayDeque<>(List.of(answer));
            var clock = new OrgClock(() -> Future.succeededFuture(answers.remove()), nanos::get, () -> NOON);
            assertThat(clock.now().result()).as("believed at once").isEqualTo(answer);
        }
        for (int seconds : List.of(-5, 5)) {
            Deque<Instant> answers = new ArrayDeque<>(List.of(NOON.plusSeconds(seconds), NOON));
            var clock = new OrgClock(() -> Future.succeededFuture(answers.poll()), nanos::get, () -> NOON);
            assertThat(clock.now().result()).as("asked again").isEqualTo(NOON);
        }
    }

    @Test
    void anOrgThatNeverTellsItsTimeFailsWithWhatItAnswered() {
        var missing = new UnreadableResponseException("no Date", true, Answer.NONE, null);
        var clock = new OrgClock(() -> Future.failedFuture(missing), nanos::get, () -> NOON);
        assertThat(clock.now().cause()).isSameAs(missing);
    }
}
