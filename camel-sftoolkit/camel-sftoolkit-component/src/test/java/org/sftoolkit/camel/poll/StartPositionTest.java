package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.WatermarkException;

/** Where a source begins, and where a position is moved to by hand. */
class StartPositionTest {

    private static final String SOURCE = "query:Account:SystemModstamp";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Cursor PRESENT = Cursor.since(SOURCE, NOON)
            .window(NOON.plusSeconds(5))
            .closed()
            .window(NOON.plusSeconds(60))
            .at(new Position(NOON, "001A"))
            .load("750B:17")
            .inRun(3)
            .foundAhead();

    private static Future<Instant> noClock() {
        throw new AssertionError("the time is not needed");
    }

    @Test
    void aPositionIsAWordOrAnInstantToTheSecond() {
        assertThat(StartPosition.of(" beginning ").isBeginning()).isTrue();
        assertThat(StartPosition.of("Now").isNow()).isTrue();
        StartPosition instant = StartPosition.of(" 2026-03-01T12:00:00.987Z ");
        assertThat(instant.isBeginning()).isFalse();
        assertThat(instant.isNow()).isFalse();
        assertThat(instant.first(SOURCE, null)).isEqualTo(Cursor.since(SOURCE, NOON));
        assertThatThrownBy(() -> StartPosition.of("yesterday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'yesterday' is not a watermark: use BEGINNING, NOW or an instant");
    }

    @Test
    void theFirstPositionIsWhereTheWordSays() {
        assertThat(StartPosition.beginning().first(SOURCE, null)).isEqualTo(Cursor.beginning(SOURCE));
        assertThat(StartPosition.now().first(SOURCE, NOON)).isEqualTo(Cursor.since(SOURCE, NOON));
    }

    @Test
    void aPositionThatIsMovedBeginsAnotherRun() {
        Cursor restarted = StartPosition.beginning().insteadOf(PRESENT, null);
        assertThat(restarted).isEqualTo(Cursor.beginning(SOURCE).inRun(4));
        Cursor moved = StartPosition.now().insteadOf(PRESENT, NOON);
        assertThat(moved).isEqualTo(Cursor.since(SOURCE, NOON).inRun(4));
        assertThat(StartPosition.of(NOON.toString()).insteadOf(PRESENT, null)).isEqualTo(moved);
    }

    @Test
    void aStoredPositionTakesThePlaceOfAnotherWhateverRunItWas() {
        Cursor stored = Cursor.since(SOURCE, NOON).window(NOON.plusSeconds(9));
        StartPosition position = StartPosition.of(CursorText.write(stored), SOURCE);
        assertThat(position.insteadOf(PRESENT, null)).isEqualTo(stored.inRun(4));
        assertThat(position.isBeginning()).isFalse();
        assertThat(StartPosition.of("NOW", SOURCE).isNow()).isTrue();
        assertThatThrownBy(() -> StartPosition.of(CursorText.write(stored), "query:Contact:SystemModstamp"))
                .isInstanceOf(WatermarkException.class);
    }

    @Test
    void onlyNowAsksForTheTimeAndTakesItToTheSecond() {
        assertThat(StartPosition.now()
                        .time(() -> Future.succeededFuture(NOON.plusMillis(999)))
                        .result())
                .isEqualTo(NOON);
        assertThat(StartPosition.beginning().time(StartPositionTest::noClock).result())
                .isNull();
        assertThat(StartPosition.of(NOON.toString())
                        .time(StartPositionTest::noClock)
                        .succeeded())
                .isTrue();
    }

    @Test
    void aMoveIsKnownWhenItsTimeIs() {
        var first = new PositionMove(StartPosition.now(), null, SOURCE);
        assertThat(first.isFirst()).isTrue();
        assertThat(first.cursor()).isNull();
        assertThat(first.awaitsNow())
                .as("nothing is there that it would replace")
                .isFalse();
        assertThat(first.resolve(() -> Future.succeededFuture(NOON)).result()).isTrue();
        assertThat(first.cursor()).isEqualTo(Cursor.since(SOURCE, NOON));
        assertThat(first.resolve(StartPositionTest::noClock).result()).isTrue();

        var move = new PositionMove(StartPosition.now(), PRESENT, SOURCE);
        assertThat(move.isFirst()).isFalse();
        assertThat(move.awaitsNow()).isTrue();
        move.at(NOON);
        assertThat(move.awaitsNow()).isFalse();
        assertThat(move.cursor()).isEqualTo(PRESENT.movedTo(NOON));

        var unknown = new PositionMove(StartPosition.now(), PRESENT, SOURCE);
        assertThat(unknown.resolve(() -> Future.failedFuture("no answer")).cause())
                .hasMessage("no answer");
        assertThat(unknown.cursor()).isNull();
    }

    @Test
    void aWindowIsReadToItsEndAndThenClosed() {
        Cursor window = PRESENT.window(NOON.plusSeconds(90));
        assertThat(window)
                .hasToString("Cursor[source=" + SOURCE + ", run=3, origin=2026-03-01T12:00:00Z,"
                        + " from=2026-03-01T12:00:05Z, until=2026-03-01T12:01:30Z, at=null, load=null, ahead=false]");
        var done = new Position(NOON.plusSeconds(7), "001B");
        assertThat(window.at(done).at()).isEqualTo(done);
        assertThat(window.at(done).load("750C:1"))
                .hasToString("Cursor[source=" + SOURCE + ", run=3, origin=2026-03-01T12:00:00Z,"
                        + " from=2026-03-01T12:00:05Z, until=2026-03-01T12:01:30Z, at=" + done
                        + ", load=750C:1, ahead=false]");
        String ended = ", origin=2026-03-01T12:00:00Z, from=2026-03-01T12:01:30Z, until=null, at=null, load=null,"
                + " ahead=false]";
        assertThat(window.at(done).closed()).hasToString("Cursor[source=" + SOURCE + ", run=3" + ended);
        assertThat(window.extracted()).hasToString("Cursor[source=" + SOURCE + ", run=4" + ended);
    }

    @Test
    void theWatermarkIsTheLastRecordDoneUnlessThatIsInTheLookBack() {
        assertThat(Cursor.beginning(SOURCE).watermark()).isNull();
        assertThat(PRESENT.watermark()).as("001A is older than the window").isEqualTo(NOON.plusSeconds(5));
        assertThat(PRESENT.at(new Position(NOON.plusSeconds(5), "001A")).watermark())
                .isEqualTo(NOON.plusSeconds(5));
        assertThat(PRESENT.at(new Position(NOON.plusSeconds(6), "001A")).watermark())
                .isEqualTo(NOON.plusSeconds(6));
        assertThat(Cursor.beginning(SOURCE).at(new Position(NOON, "001A")).watermark())
                .isEqualTo(NOON);
    }

    @Test
    void aPositionAheadOfTheOrgSaysWhatToDo() {
        Cursor ahead = Cursor.since(SOURCE, NOON).foundAhead();
        assertThat(ahead.ahead()).isTrue();
        assertThat(ahead.refusal()).hasMessageContaining(NOON.toString()).hasMessageContaining("moveWatermark");
    }
}
