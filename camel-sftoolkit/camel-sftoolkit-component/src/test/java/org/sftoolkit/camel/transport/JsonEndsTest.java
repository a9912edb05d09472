package org.sftoolkit.camel.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.transport.AnswerShape.JsonEnds;

class JsonEndsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[{\"b\":\"}]\\\\\\\"\"},\"é\"],\"c\":{}}",
                " [1, {\"x\":null}, [], \"{\"]",
                "\"a \\\" b\\\\\""
            })
    void onlyTheWholeTextIsWhole(String json) {
        byte[] text = json.getBytes(UTF_8);
        assertThat(JsonEnds.whole(text)).isTrue();
        assertThat(JsonEnds.whole((json + "\r\n ").getBytes(UTF_8))).isTrue();
        for (int length = 0; length < text.length; length++) {
            assertThat(JsonEnds.whole(Arrays.copyOf(text, length)))
                    .as(json.substring(0, Math.min(length, json.length())))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "<html>", "Service Unavailable", "}", "{}}", "[]]{"})
    void invalidJsonIsNotComplete(String text) {
        assertThat(JsonEnds.whole(text.getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "null", "-1.5", "12"})
    void scalarsAreWhole(String json) {
        assertThat(JsonEnds.whole(json.getBytes(UTF_8))).isTrue();
    }
}
