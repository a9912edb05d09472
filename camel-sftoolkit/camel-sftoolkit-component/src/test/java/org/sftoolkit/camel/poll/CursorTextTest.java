package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.poll.PositionStore.DeliveredText;

class CursorTextTest {

    private static final String SOURCE = "query:Account:SystemModstamp";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Cursor CURSOR = Cursor.since(SOURCE, NOON)
            .window(NOON.plusSeconds(5))
            .closed()
            .window(NOON.plusSeconds(60))
            .at(new Position(NOON, "001A"))
            .load("750B:17")
            .inRun(3);

    @Test
    void aCursorComesBackAsItWas() {
        assertThat(CursorText.read(CursorText.write(CURSOR), SOURCE)).isEqualTo(CURSOR);
        Cursor beginning = Cursor.beginning(SOURCE);
        assertThat(CursorText.read(CursorText.write(beginning), SOURCE)).isEqualTo(beginning);
        Cursor ahead = CURSOR.foundAhead();
        assertThat(CursorText.read(CursorText.write(ahead), SOURCE)).isEqualTo(ahead);
        assertThat(CursorText.write(CURSOR)).doesNotContain("=").doesNotContain("\n");
    }

    @Test
    void everyCutAndEveryChangedCharacterIsRefused() {
        String text = CursorText.write(CURSOR);
        for (int i = 0; i < text.length(); i++) {
            String cut = text.substring(0, i);
            assertThatThrownBy(() -> CursorText.read(cut, SOURCE)).isInstanceOf(WatermarkException.class);
            String changed = cut + (text.charAt(i) == '7' ? '8' : '7') + text.substring(i + 1);
            assertThatThrownBy(() -> CursorText.read(changed, SOURCE)).isInstanceOf(WatermarkException.class);
        }
    }

    @Test
    void aNewerFormatAndAnotherSourceAreRefusedForWhatTheyAre() {
        assertThatThrownBy(() -> CursorText.read("sftoolkit-poll;2;whatever;comes", SOURCE))
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("newer version");
        assertThatThrownBy(() -> CursorText.read(CursorText.write(CURSOR), "query:Contact:SystemModstamp"))
                .isInstanceOf(WatermarkException.class)
                .hasMessageContaining("belongs to query:Account:SystemModstamp");
    }

    @Test
    void deliveredRecordsAreReadBackAndADamagedTextIsIgnored() {
        var log = new DeliveredLog();
        for (int i = 0; i < 500; i++) {
            log.add(new Position(NOON.plusSeconds(i / 100), "001xx%010d".formatted(i)));
        }
        String text = DeliveredText.write(log, 0);
        var read = new DeliveredLog();
        assertThat(DeliveredText.read(text, read)).isTrue();
        assertThat(read.size()).isEqualTo(500);
        assertThat(read.contains(new Position(NOON.plusSeconds(4), "001xx0000000499")))
                .isTrue();
        assertThat(read.contains(new Position(NOON.plusSeconds(3), "001xx0000000499")))
                .isFalse();
        assertThat(DeliveredText.read(text.substring(0, text.length() / 2), new DeliveredLog()))
                .isFalse();
        read.forgetBefore(NOON.plusSeconds(3));
        assertThat(read.size()).isEqualTo(200);
    }

    @Test
    void aNewerFormatIsKnownByItsNumberHoweverShortItIs() {
        assertThatThrownBy(() -> CursorText.read("sftoolkit-poll;2;x", SOURCE)).hasMessageContaining("newer version");
    }

    @Test
    void aLongTextThatIsNoPositionIsQuotedByItsBegin() {
        assertThatThrownBy(() -> CursorText.read("x".repeat(80), SOURCE))
                .hasMessageContaining("corrupt: '" + "x".repeat(80) + "'");
        assertThatThrownBy(() -> CursorText.read("x".repeat(81), SOURCE))
                .hasMessageContaining("corrupt: '" + "x".repeat(80) + "...'");
    }

    @Test
    void theNameOfASourceHasNothingThatSeparatesParts() {
        assertThat(CursorText.name("query", "My_Object__c", "a;b=c d.e-f")).isEqualTo("query:My_Object__c:a_b_c_d.e-f");
    }
}
