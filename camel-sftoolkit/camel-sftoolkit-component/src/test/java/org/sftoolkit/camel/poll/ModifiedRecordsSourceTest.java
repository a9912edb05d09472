package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.LogContext;

/** Windows of the replication resources, from noon on. */
class ModifiedRecordsSourceTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** An org that keeps what it was asked for; times are minutes after noon. */
    private static final class Org implements ChangeReader {

        private final List<String> asked = new ArrayList<>();
        private final Map<String, Instant> changed = new TreeMap<>();
        private final Map<String, Instant> deleted = new TreeMap<>();
        private Instant now = minute(10).plusSeconds(30);
        private Instant covered;
        private Instant deletionsCovered;
        private Instant earliest;
        private String refusal;
        private int longest = Integer.MAX_VALUE;

        @Override
        public Future<Instant> now() {
            return Future.succeededFuture(now);
        }

        private Future<Replicated> answer(Map<String, Instant> records, Instant from, Instant start, Instant end) {
            Instant until = records == deleted && deletionsCovered != null ? deletionsCovered : covered;
            boolean tooLong = start.until(end, java.time.temporal.ChronoUnit.MINUTES) > longest;
            String code = tooLong ? "EXCEEDED_ID_LIMIT" : refusal;
            return code == null
                    ? Future.succeededFuture(new Replicated(records, from, until == null ? end : until))
                    : Future.failedFuture(new RequestRejectedException(
                            "no", new Answer(400, List.of(new ApiError(code, "no", List.of())), null)));
        }

        @Override
        public Future<Replicated> updated(Instant start, Instant end) {
            asked.add(at(start) + "-" + at(end));
            return answer(changed, null, start, end);
        }

        @Override
        public Future<Replicated> deleted(Instant start, Instant end) {
            return answer(deleted, earliest, start, end);
        }

        @Override
        public Future<List<SObject>> records(List<String> ids) {
            asked.add(ids.size() + " records");
            return Future.succeededFuture(
                    Arrays.asList(ids.stream().map(this::record).toArray(SObject[]::new)));
        }

        private SObject record(String id) {
            if (deleted.containsKey(id) || id.startsWith("gone")) {
                return null;
            }
            var fields = new LinkedHashMap<String, Object>();
            fields.put("Id", id);
            fields.put("SystemModstamp", minute(3).atOffset(ZoneOffset.UTC));
            fields.put("CreatedDate", minute(id.startsWith("new") ? 3 : -9).atOffset(ZoneOffset.UTC));
            return SObject.read("Account", fields);
        }

        @Override
        public Instant stamp(SObject record) {
            return ((OffsetDateTime) record.get("SystemModstamp")).toInstant();
        }

        @Override
        public SObject deleted(String id) {
            return SObject.read("Account", new LinkedHashMap<>(Map.of("Id", id, "IsDeleted", true)));
        }
    }

    private final Org org = new Org();

    private static Instant minute(int minute) {
        return NOON.plusSeconds(60L * minute);
    }

    private static long at(Instant time) {
        return NOON.until(time, java.time.temporal.ChronoUnit.MINUTES);
    }

    private PollSource.Reading read(Cursor cursor, boolean resync) {
        return new ModifiedRecordsSource(org, resync, LogContext.NONE).read(cursor);
    }

    private Future<Batch> next(Cursor cursor) {
        return read(cursor, false).next();
    }

    private static Cursor since(Instant start) {
        return Cursor.since("changes:Account", start);
    }

    private static List<String> told(Batch batch) {
        return batch.records().stream()
                .map(record -> record.record().get("Id") + " " + record.change())
                .toList();
    }

    @Test
    void changesAndDeletionsOfAWindowComeById() {
        org.changed.put("new1", null);
        org.changed.put("old1", null);
        org.deleted.put("lost", minute(5));
        PollSource.Reading reading = read(since(NOON.plusSeconds(30)), false);
        Batch batch = reading.next().result();
        assertThat(told(batch)).containsExactly("lost DELETED", "new1 CREATED", "old1 UPDATED");
        assertThat(batch.records())
                .extracting(PolledRecord::position)
                .containsExactly(
                        new Position(minute(5), "lost"),
                        new Position(minute(3), "new1"),
                        new Position(minute(3), "old1"));
        assertThat(batch.more()).isTrue();
        Cursor after = batch.records().get(1).after();
        assertThat(after.until()).isEqualTo(minute(10));
        assertThat(after.at()).isEqualTo(new Position(minute(10), "new1"));

        Batch end = reading.next().result();
        assertThat(end.records()).isEmpty();
        assertThat(end.more()).isFalse();
        assertThat(end.after().from()).isEqualTo(minute(10));
        assertThat(end.after().until()).isNull();
        assertThat(org.asked).containsExactly("0-10", "3 records");

        assertThat(told(next(after).result()))
                .as("after the record that is done")
                .containsExactly("old1 UPDATED");
    }

    @Test
    void aWindowThatIsNotCoveredAnyMoreAsItWasBeginsAgain() {
        org.changed.put("a", null);
        org.changed.put("b", null);
        Cursor before = since(NOON).window(minute(9)).at(new Position(minute(9), "a"));
        assertThat(told(next(before).result())).containsExactly("b UPDATED");
        org.covered = minute(8);
        assertThat(told(next(before).result())).containsExactly("a UPDATED", "b UPDATED");
        assertThat(told(next(since(NOON).window(minute(8))).result())).containsExactly("a UPDATED", "b UPDATED");
    }

    @Test
    void aRecordThatIsNoLongerThereIsLeftToALaterWindow() {
        org.changed.put("gone1", null);
        org.changed.put("old1", null);
        assertThat(told(next(since(NOON)).result())).containsExactly("old1 UPDATED");
    }

    @Test
    void manyRecordsAreReadInSeveralSteps() {
        for (int i = 0; i < 2_001; i++) {
            org.changed.put(String.format("old%04d", i), null);
        }
        PollSource.Reading reading = read(since(NOON), false);
        assertThat(reading.next().result().records()).hasSize(2_000);
        assertThat(told(reading.next().result())).containsExactly("old2000 UPDATED");
        assertThat(reading.next().result().more()).isFalse();
        assertThat(org.asked).containsExactly("0-10", "2000 records", "1 records");
    }

    @ParameterizedTest
    @CsvSource({"119, false", "120, true", "179, true"})
    void aWindowIsAtLeastTwoMinutesLong(int seconds, boolean asked) {
        org.now = NOON.plusSeconds(seconds);
        Batch batch = next(since(NOON)).result();
        assertThat(batch.more()).isFalse();
        assertThat(org.asked.isEmpty()).isNotEqualTo(asked);
        assertThat(batch.after().from()).isEqualTo(asked ? minute(2) : NOON);
    }

    @Test
    void aWindowThatEndsWithinAMinuteIsAskedForToItsEnd() {
        next(since(NOON).window(minute(5).plusSeconds(1)));
        next(since(NOON).window(minute(5)));
        assertThat(org.asked).startsWith("0-6").endsWith("0-5");
    }

    @ParameterizedTest
    @CsvSource({"4, , 4", ", 4, 4", "3, 4, 3", "4, 3, 3", "30, 30, 10"})
    void theWindowEndsWhereBothListsAreComplete(Integer covered, Integer deletions, int end) {
        org.covered = covered == null ? null : minute(covered);
        org.deletionsCovered = deletions == null ? null : minute(deletions);
        assertThat(next(since(NOON)).result().after().from()).isEqualTo(minute(end));
    }

    @Test
    void nothingIsDoneUntilTheListsGoFurther() {
        org.changed.put("old1", null);
        for (Instant covered : List.of(NOON, minute(-1))) {
            org.covered = covered;
            Batch batch = next(since(NOON)).result();
            assertThat(batch.records()).isEmpty();
            assertThat(batch.more()).isFalse();
            assertThat(batch.after()).isEqualTo(since(NOON));
        }
    }

    @Test
    void aPositionAheadOfTheOrgsClockIsFoundAndThenRefused() {
        assertThat(next(since(org.now.plusSeconds(120))).result().after().ahead())
                .isFalse();
        Batch batch = next(since(minute(13))).result();
        assertThat(batch.after().ahead()).isTrue();
        assertThat(batch.more()).isTrue();
        assertThat(next(batch.after()).cause())
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("later than the clock");
        assertThat(org.asked).isEmpty();
    }

    @Test
    void aWindowWithTooManyChangesIsHalved() {
        org.longest = 3;
        org.now = minute(20);
        org.changed.put("old1", null);
        PollSource.Reading reading = read(since(NOON), false);
        assertThat(told(reading.next().result())).containsExactly("old1 UPDATED");
        assertThat(org.asked).containsExactly("0-20", "0-10", "0-5", "0-2", "1 records");
        assertThat(reading.next().result().after().from()).isEqualTo(minute(2));
    }

    @Test
    void theShortestWindowIsNotHalved() {
        org.longest = 1;
        org.now = minute(3);
        assertThat(next(since(NOON)).cause()).isInstanceOf(RequestRejectedException.class);
        assertThat(org.asked).containsExactly("0-3", "0-2");
    }

    @Test
    void anotherRefusalIsAFailure() {
        org.refusal = "INVALID_TYPE";
        for (boolean resync : new boolean[] {true, false}) {
            assertThat(read(since(NOON), resync).next().cause()).isInstanceOf(RequestRejectedException.class);
        }
        assertThat(org.asked).containsExactly("0-10", "0-10");
    }

    @ParameterizedTest
    @CsvSource({"log, its log of deletions begins at 2026-03-01T12:01:00Z", "date, Salesforce keeps changes for 30 days"
    })
    void aGapIsAFailureOrALoadOfEverything(String kind, String reason) {
        org.earliest = kind.equals("log") ? minute(1) : NOON;
        org.refusal = kind.equals("log") ? null : "INVALID_REPLICATION_DATE";
        assertThat(next(since(NOON)).cause())
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("since the watermark 2026-03-01T12:00:00Z: " + reason);
        Batch again = read(since(NOON), true).next().result();
        assertThat(again.after()).isEqualTo(since(NOON).restarted());
        assertThat(again.more()).isTrue();
    }

    @Test
    void whatWasDeliveredIsRememberedFromTheMinuteOfTheWindow() {
        assertThat(new ModifiedRecordsSource(org, false, LogContext.NONE).horizon(since(NOON.plusSeconds(59))))
                .isEqualTo(NOON);
    }
}
