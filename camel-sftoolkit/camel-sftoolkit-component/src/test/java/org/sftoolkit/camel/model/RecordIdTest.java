package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordIdTest {

    @ParameterizedTest
    @CsvSource({"001D000000IqhSL,IAZ", "003D000000QV9n2,IAD", "a00D0000008pQRA,IA2", "015D0000000N3ZZ,IA0"})
    void theLongFormHasThreeCheckCharacters(String id, String check) {
        assertThat(RecordId.of18(id)).isEqualTo(id + check);
        assertThat(RecordId.of18(id + check)).isEqualTo(id + check);
        assertThat(RecordId.comparable(id)).isEqualTo(RecordId.comparable(id + check));
        assertThat(RecordId.isId(id)).isTrue();
        assertThat(RecordId.isId(id + check)).isTrue();
    }

    @Test
    void otherTextStaysAsItIs() {
        assertThat(RecordId.of18("15 characters..")).isEqualTo("15 characters..");
        assertThat(RecordId.comparable(7)).isEqualTo(7);
        assertThat(RecordId.isId("001D000000IqhSLAAA")).isFalse();
    }
}
