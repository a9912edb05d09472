package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sftoolkit.emulator.soql.Comparison.DateRange;

class DateRangeTest {
    /** Today is Thursday, 14 May 2026; the last column is the last day of the range. */
    @ParameterizedTest
    @CsvSource({
        "YESTERDAY, 0, 2026-05-13, 2026-05-13",
        "TODAY, 0, 2026-05-14, 2026-05-14",
        "TOMORROW, 0, 2026-05-15, 2026-05-15",
        "LAST_WEEK, 0, 2026-05-03, 2026-05-09",
        "THIS_WEEK, 0, 2026-05-10, 2026-05-16",
        "NEXT_WEEK, 0, 2026-05-17, 2026-05-23",
        "LAST_MONTH, 0, 2026-04-01, 2026-04-30",
        "THIS_MONTH, 0, 2026-05-01, 2026-05-31",
        "NEXT_MONTH, 0, 2026-06-01, 2026-06-30",
        "LAST_90_DAYS, 0, 2026-02-13, 2026-05-14",
        "NEXT_90_DAYS, 0, 2026-05-15, 2026-08-12",
        "LAST_N_DAYS, 2, 2026-05-12, 2026-05-14",
        "NEXT_N_DAYS, 2, 2026-05-15, 2026-05-16",
        "N_DAYS_AGO, 2, 2026-05-12, 2026-05-12",
        "LAST_N_WEEKS, 2, 2026-04-26, 2026-05-09",
        "NEXT_N_WEEKS, 2, 2026-05-17, 2026-05-30",
        "N_WEEKS_AGO, 2, 2026-04-26, 2026-05-02",
        "LAST_N_MONTHS, 2, 2026-03-01, 2026-04-30",
        "NEXT_N_MONTHS, 2, 2026-06-01, 2026-07-31",
        "N_MONTHS_AGO, 3, 2026-02-01, 2026-02-28",
        "LAST_QUARTER, 0, 2026-01-01, 2026-03-31",
        "THIS_QUARTER, 0, 2026-04-01, 2026-06-30",
        "NEXT_QUARTER, 0, 2026-07-01, 2026-09-30",
        "LAST_N_QUARTERS, 2, 2025-10-01, 2026-03-31",
        "NEXT_N_QUARTERS, 2, 2026-07-01, 2026-12-31",
        "N_QUARTERS_AGO, 2, 2025-10-01, 2025-12-31",
        "LAST_YEAR, 0, 2025-01-01, 2025-12-31",
        "THIS_YEAR, 0, 2026-01-01, 2026-12-31",
        "NEXT_YEAR, 0, 2027-01-01, 2027-12-31",
        "LAST_N_YEARS, 2, 2024-01-01, 2025-12-31",
        "NEXT_N_YEARS, 2, 2027-01-01, 2028-12-31",
        "N_YEARS_AGO, 2, 2024-01-01, 2024-12-31",
        "THIS_FISCAL_QUARTER, 0, 2026-04-01, 2026-06-30",
        "LAST_FISCAL_YEAR, 0, 2025-01-01, 2025-12-31",
        "LAST_N_FISCAL_QUARTERS, 1, 2026-01-01, 2026-03-31",
        "N_FISCAL_YEARS_AGO, 1, 2025-01-01, 2025-12-31"
    })
    void wordStandsForDays(DateLiteral word, int n, LocalDate first, LocalDate last) {
        assertThat(DateRange.of(new Literal.Relative(word, n), LocalDate.of(2026, 5, 14)))
                .isEqualTo(new DateRange(first, last.plusDays(1)));
    }
}
