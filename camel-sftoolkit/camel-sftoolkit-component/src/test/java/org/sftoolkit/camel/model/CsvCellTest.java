package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvCellTest {

    @Test
    void nullAndEmptyTextBecomeTheNullMarker() {
        assertThat(CsvCell.of(null)).isEqualTo("#N/A");
        assertThat(CsvCell.of("")).isEqualTo("#N/A");
        assertThat(CsvCell.value("#N/A")).isNull();
    }

    @Test
    void listsBecomeMultiPicklists() {
        assertThat(CsvCell.of(Arrays.asList("a", null, "b"))).isEqualTo("a;b");
    }

    @Test
    void valuesWithoutCsvFormAreRefused() {
        for (Object value : List.of(
                Map.of("Parent__r", Map.of("Key__c", "k")),
                List.of(Map.of("LastName", "child")),
                Double.NaN,
                new BigDecimal("1E+999999999"),
                new BigDecimal("1E-999999999"))) {
            assertThatThrownBy(() -> CsvCell.of(value)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
