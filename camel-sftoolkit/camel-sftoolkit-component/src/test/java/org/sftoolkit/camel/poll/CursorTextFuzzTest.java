package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.sftoolkit.camel.error.WatermarkException;

/** A stored position is read as what was written, or refused; it never becomes another one, or a beginning. */
class CursorTextFuzzTest {

    private static final String SOURCE = "query:Account:SystemModstamp";

    @FuzzTest(maxDuration = "2m")
    void aPositionIsReadAsItWasWrittenOrRefused(FuzzedDataProvider input) {
        boolean sealed = input.consumeBoolean();
        String body = input.consumeRemainingAsString();
        // most random texts fail at their checksum: half of them get a right one
        String text = sealed ? body + ';' + checksum(body) : body;
        Cursor read;
        try {
            read = CursorText.read(text, SOURCE);
        } catch (WatermarkException refused) {
            return;
        }
        assertThat(read.source()).isEqualTo(SOURCE);
        assertThat(CursorText.read(CursorText.write(read), SOURCE)).isEqualTo(read);
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
