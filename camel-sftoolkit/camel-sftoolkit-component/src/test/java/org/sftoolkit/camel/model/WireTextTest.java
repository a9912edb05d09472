package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTextTest {

    @Test
    void revivesWhatSalesforceWrites() {
        assertThat(WireText.revive("2026-01-31")).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(WireText.revive("13:30:00.250Z")).isEqualTo(OffsetTime.of(13, 30, 0, 250_000_000, ZoneOffset.UTC));
        assertThat(WireText.revive("2026-01-31T12:34:56.000+0000"))
                .isEqualTo(OffsetDateTime.of(2026, 1, 31, 12, 34, 56, 0, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-13-31",
                "2026-02-30",
                "2026-01-3x",
                "0000000000",
                "25:00:00.000Z",
                "13.30.00.000Z",
                "2026-01-31T12:34:56.000+0100",
                "2026-01-31T25:34:56.000+0000",
                "2026-01-31 12:34:56.000+0000"
            })
    void leavesOtherTextAlone(String text) {
        assertThat(WireText.revive(text)).isEqualTo(text);
    }

    @Test
    void datesAndTimesGoBackAsTheyCame() {
        assertThat(WireText.of(WireText.revive("2026-01-31"))).isEqualTo("2026-01-31");
        assertThat(WireText.of(WireText.revive("13:30:00.250Z"))).isEqualTo("13:30:00.250Z");
        assertThat(WireText.of(WireText.revive("2026-01-31T12:34:56.000+0000")))
                .isEqualTo("2026-01-31T12:34:56.000+0000");
    }

    @Test
    void offsetsAreKept() {
        assertThat(WireText.of(OffsetDateTime.parse("2026-01-31T12:34:56.789+02:00")))
                .isEqualTo("2026-01-31T12:34:56.789+0200");
        assertThat(WireText.of(Instant.parse("2026-01-31T12:34:56Z"))).isEqualTo("2026-01-31T12:34:56.000+0000");
        assertThat(WireText.of(new Date(0))).isEqualTo("1970-01-01T00:00:00.000+0000");
        assertThat(WireText.of(LocalTime.of(1, 2))).isEqualTo("01:02:00.000Z");
    }

    @Test
    void aDateAndTimeWithoutZoneIsRefused() {
        assertThatThrownBy(() -> WireText.of(LocalDateTime.of(2026, 1, 31, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no time zone");
    }

    @Test
    void multiPicklistsAreJoined() {
        assertThat(WireValue.multiPicklist(Arrays.asList("A", null, "B"))).isEqualTo("A;B");
    }

    @Test
    void databaseTypesAreDatesAndTimesToo() {
        assertThat(WireText.of(java.sql.Time.valueOf("13:30:15"))).isEqualTo("13:30:15.000Z");
        assertThat(WireText.of(java.sql.Date.valueOf("2026-01-31"))).isEqualTo("2026-01-31");
        assertThat(WireText.of(java.sql.Timestamp.from(Instant.parse("2026-01-31T12:34:56.789Z"))))
                .isEqualTo("2026-01-31T12:34:56.789+0000");
    }
}
