package org.sftoolkit.emulator.org;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordIdsTest {

    @ParameterizedTest
    @CsvSource({"001D000000IqhSL, IAZ", "003D000000QV9n2, IAD", "a00D0000008pQRA, IA2", "015D0000000N3ZZ, IA0"})
    void theChecksumIsSalesforces(String id, String checksum) {
        assertThat(RecordIds.to18(id)).isEqualTo(id + checksum);
        assertThat(RecordIds.normalised(id)).hasValue(id + checksum);
        assertThat(RecordIds.normalised(id + checksum)).hasValue(id + checksum);
    }

    @Test
    void wrongIdsAreNone() {
        assertThat(RecordIds.normalised("001D000000IqhSLIAA")).isEmpty();
        assertThat(RecordIds.normalised("001D000000Iqh-L")).isEmpty();
        assertThat(RecordIds.normalised("001")).isEmpty();
        assertThat(RecordIds.normalised(null)).isEmpty();
    }

    @Test
    void idsRiseWithTheirNumber() {
        String before = RecordIds.of("001", "AA", 0);
        for (long number = 1; number < 5_000; number++) {
            String id = RecordIds.of("001", "AA", number);
            assertThat(id).hasSize(18).isGreaterThan(before);
            before = id;
        }
    }
}
