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

    @Test
    void valuesAreTextInTheFormsOfABulkLoad() {
        assertThat(CsvCell.of("x")).isEqualTo("x");
        assertThat(CsvCell.of(7)).isEqualTo("7");
        assertThat(CsvCell.of(true)).isEqualTo("true");
        assertThat(CsvCell.of(java.time.OffsetDateTime.parse("2026-01-02T03:04:05.678+02:00")))
                .as("with a colon in its offset")
                .isEqualTo("2026-01-02T03:04:05.678+02:00");
        assertThat(CsvCell.of(List.of())).as("an empty list clears it").isEqualTo("#N/A");
        assertThat(CsvCell.value("x")).isEqualTo("x");
        assertThat(CsvCell.value("")).isEmpty();
    }

    @Test
    void textThatWouldMeanNullIsRefused() {
        assertThatThrownBy(() -> CsvCell.of("#N/A"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would be saved as null by a bulk load");
    }
}
