package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class WireJsonTest {

    private static String written(Object value) throws IOException {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            WireJson.writeValue(json, value);
        }
        return text.toString();
    }

    @Test
    void numbersAreExactAndNoneFillsTheMemory() throws IOException {
        assertThat(written(new BigDecimal("12345678901234567.890"))).isEqualTo("12345678901234567.890");
        assertThat(written(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThatThrownBy(() -> written(new BigDecimal("1E+999999999"))).isInstanceOf(IllegalArgumentException.class);
    }
}
