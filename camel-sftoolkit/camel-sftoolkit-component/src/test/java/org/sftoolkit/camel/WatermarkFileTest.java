package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatermarkFileTest {

    @TempDir
    Path directory;

    @Test
    void eachReadSeesWhatAnotherHasWrittenAndKeysStandSideBySide() {
        Path file = directory.resolve("deep/er/watermarks");
        var one = new WatermarkFile(file);
        var other = new WatermarkFile(file);
        assertThat(one.getState("a")).isNull();
        one.setState("a", "1=1");
        other.setState("b", "2");
        one.setState("a", "3");
        assertThat(other.getState("a")).isEqualTo("3");
        assertThat(one.getState("b")).isEqualTo("2");
    }

    @Test
    void whatAKilledProcessLeftHalfWrittenIsPassedOver() throws Exception {
        Path file = directory.resolve("watermarks");
        var store = new WatermarkFile(file);
        store.setState("a", "1");
        Files.writeString(directory.resolve("watermarks.new"), "a=2\nb");
        assertThat(store.getState("a")).isEqualTo("1");
        store.setState("a", "3");
        assertThat(Files.readString(file)).isEqualTo("a=3\n");
    }

    @Test
    void aKeyThatWouldNotBeFoundAgainIsRefused() {
        var store = new WatermarkFile(directory.resolve("watermarks"));
        for (String key : java.util.List.of("a=b", "a\nb", "a\rb")) {
            assertThatThrownBy(() -> store.getState(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("watermarkKey");
        }
    }
}
