package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.model.SObject;

/** Windows of a polled query; times are seconds after noon. */
class QuerySourceTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SOURCE = "query:Account:SystemModstamp";

    /** An org that keeps which spans it was asked for. */
    private static final class Org implements SpanReader {

        private final List<Span> spans = new ArrayList<>();
        private final Deque<List<SObject>> pages = new ArrayDeque<>();
        private Instant now = at(630).plusMillis(700);

        @Override
        public Future<Instant> now() {
            return Future.succeededFuture(now);
        }

        @Override
        public Rows open(Span span) {
            spans.add(span);
            return () -> Future.succeededFuture(pages.poll());
        }

        @Override
        public Instant stamp(SObject row) {
            return ((OffsetDateTime) row.get("SystemModstamp")).toInstant();
        }
    }

    private final Org org = new Org();

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private QuerySource source(int lookBack) {
        return new QuerySource(org, Duration.ofSeconds(30), Duration.ofSeconds(lookBack));
    }

    private static SObject row(int stamp, Integer created, boolean deleted) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("Id", "001" + stamp);
        fields.put("SystemModstamp", at(stamp).atOffset(ZoneOffset.UTC));
        fields.put("CreatedDate", created == null ? null : at(created).atOffset(ZoneOffset.UTC));
        fields.put("IsDeleted", deleted);
        return SObject.read("Account", fields);
    }

    private static SObject row(int stamp) {
        return row(stamp, stamp, false);
    }

    private static Position position(int stamp) {
        return new Position(at(stamp), "001" + stamp);
    }

    private static List<Position> positions(Batch batch) {
        return batch.records().stream().map(PolledRecord::position).toList();
    }

    @Test
    void allThatExistsIsReadUpToTheAgeThatARowHasToHave() {
        org.pages.add(List.of(row(-900), row(5)));
        org.pages.add(List.of(row(7)));
        Cursor window = Cursor.beginning(SOURCE).window(at(600));
        var reading = source(120).read(Cursor.beginning(SOURCE));
        Batch first = reading.next().result();
        assertThat(org.spans).containsExactly(new Span(null, at(600), null));
        assertThat(first.records())
                .extracting(PolledRecord::position, PolledRecord::change, PolledRecord::after)
                .containsExactly(
                        tuple(position(-900), Change.CREATED, window.at(position(-900))),
                        tuple(position(5), Change.CREATED, window.at(position(5))));
        assertThat(first.after()).isEqualTo(window.at(position(5)));
        assertThat(first.more()).isTrue();
        Batch second = reading.next().result();
        assertThat(positions(second)).containsExactly(position(7));
        assertThat(reading.next().result())
                .isEqualTo(Batch.idle(window.at(position(7)).closed()));
        assertThat(org.spans).as("one query for the pages of a window").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"300,180", "60,0", "120,0", "121,1"})
    void aWindowIsReadFromALookBackBeforeItButNeverFromBeforeTheStart(int from, int lower) {
        Cursor place = Cursor.since(SOURCE, NOON).window(at(from)).closed();
        source(120).read(place).next();
        assertThat(org.spans).containsExactly(new Span(at(lower), at(600), null));
        assertThat(source(120).horizon(place)).isEqualTo(at(lower));
    }

    @Test
    void behindALoadOfAllThatExistsNothingBoundsTheLookBack() {
        Cursor place = Cursor.beginning(SOURCE).window(at(60)).closed();
        source(120).read(place).next();
        assertThat(org.spans).containsExactly(new Span(at(-60), at(600), null));
    }

    @Test
    void aRestartReadsTheSameWindowOnBehindItsLastRecord() {
        Cursor place = Cursor.since(SOURCE, NOON).window(at(90)).at(position(50));
        org.pages.add(List.of(row(51)));
        Batch page = source(120).read(place).next().result();
        assertThat(org.spans).containsExactly(new Span(null, at(90), position(50)));
        assertThat(page.after()).isEqualTo(place.at(position(51)));
        source(120).read(Cursor.since(SOURCE, NOON).window(at(90))).next();
        assertThat(org.spans).endsWith(new Span(NOON, at(90), null));
    }

    @Test
    void nothingIsReadBeforeAWholeSecondHasPassed() {
        org.now = at(30).plusMillis(999);
        Cursor place = Cursor.since(SOURCE, NOON);
        assertThat(source(0).read(place).next().result()).isEqualTo(Batch.idle(place));
        assertThat(org.spans).isEmpty();
        org.now = at(31);
        source(0).read(place).next();
        assertThat(org.spans).containsExactly(new Span(NOON, at(1), null));
    }

    @ParameterizedTest
    @CsvSource({"0,5", "30,30", "600,60"})
    void aPositionLaterThanTheClockOfTheOrgIsReadFromNoMore(int lookBack, int tolerated) {
        org.now = NOON;
        Cursor little = Cursor.since(SOURCE, at(tolerated));
        assertThat(source(lookBack).read(little).next().result()).isEqualTo(Batch.idle(little));
        Cursor much = Cursor.since(SOURCE, at(tolerated + 1));
        var reading = source(lookBack).read(much);
        assertThat(reading.next().result()).isEqualTo(Batch.step(much.foundAhead()));
        org.now = at(9_000);
        assertThat(reading.next().cause())
                .as("however late it gets")
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("is later than the clock of the org");
        assertThat(org.spans).isEmpty();
    }

    @Test
    void aRowThatChangedSinceTheQueryBelongsToALaterWindow() {
        org.pages.add(List.of(row(599), row(600), row(601)));
        Batch page = source(0).read(Cursor.since(SOURCE, NOON)).next().result();
        assertThat(positions(page)).containsExactly(position(599));
        assertThat(page.after().at()).isEqualTo(position(599));
    }

    @Test
    void aRowThatWasCommittedLateAndShowsOnAFurtherPageMovesThePositionPastNothing() {
        org.pages.add(List.of(row(100), row(590)));
        org.pages.add(List.of(row(479), row(480), row(595)));
        var reading = source(120).read(Cursor.since(SOURCE, NOON));
        assertThat(reading.next().result().after().at()).isEqualTo(position(590));
        Batch further = reading.next().result();
        assertThat(positions(further)).containsExactly(position(479), position(480), position(595));
        assertThat(further.after().at()).isEqualTo(position(479));
        assertThat(further.records().get(2).after()).isEqualTo(further.after());
    }

    @ParameterizedTest
    @CsvSource({
        "400, 300,  false, CREATED",
        "400, 299,  false, UPDATED",
        "400,    ,  false, UPDATED",
        "400, 400,  true,  DELETED",
        "299, 299,  false, CREATED",
        "299, 298,  false, UPDATED",
    })
    void whatAWindowShowsWasCreatedInItOrUpdated(int stamp, Integer created, boolean deleted, Change change) {
        org.pages.add(List.of(row(stamp, created, deleted)));
        Cursor place = Cursor.since(SOURCE, NOON).window(at(300)).closed();
        assertThat(source(120).read(place).next().result().records())
                .singleElement()
                .extracting(PolledRecord::change)
                .isEqualTo(change);
    }

    @Test
    void whatMayBeGivenAgainHasToBeRemembered() {
        Cursor load = Cursor.beginning(SOURCE).window(at(600));
        assertThat(source(120).horizon(Cursor.beginning(SOURCE))).isNull();
        assertThat(source(120).horizon(load)).as("all comes again").isNull();
        assertThat(source(120).horizon(load.at(position(40)))).isEqualTo(at(40));
        assertThat(source(120).horizon(load.at(position(590))))
                .as("the next window looks back")
                .isEqualTo(at(480));
        Cursor window = Cursor.since(SOURCE, NOON).window(at(300)).closed().window(at(310));
        assertThat(source(120).horizon(window)).isEqualTo(at(180));
    }
}
