package org.sftoolkit.camel.soql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoqlLiteralTest {

    @Test
    void escapesWhatWouldEndTheLiteral() {
        assertThat(SoqlLiteral.text("O'Reilly \\ \n\r\t\f")).isEqualTo("'O\\'Reilly \\\\ \\n\\r\\t\\f'");
    }

    @Test
    void aBackspaceIsNotWrittenAsTheEscapeThatSoqlReadsAsABell() {
        assertThat(SoqlLiteral.text("\b")).isEqualTo("'\\u0008'");
    }

    @Test
    void controlCharactersBecomeUnicodeEscapes() {
        assertThat(SoqlLiteral.text("\u0001\u2028")).isEqualTo("'\\u0001\\u2028'");
    }

    @Test
    void otherTextStays() {
        assertThat(SoqlLiteral.text("Société 株式会社 \"quoted\" %_")).isEqualTo("'Société 株式会社 \"quoted\" %_'");
    }
}
