package org.sftoolkit.camel.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
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
        assertThat(SoqlLiteral.text("\u0001\u001f\u007f\u2028\u2029 "))
                .isEqualTo("'\\u0001\\u001f\\u007f\\u2028\\u2029 '");
    }

    @Test
    void otherTextStays() {
        assertThat(SoqlLiteral.text("Société 株式会社 \"quoted\" %_")).isEqualTo("'Société 株式会社 \"quoted\" %_'");
    }

    @Test
    void datesAreThoseThatSalesforceCanHold() {
        assertThat(SoqlLiteral.of(LocalDate.of(1700, 1, 1))).isEqualTo("1700-01-01");
        assertThat(SoqlLiteral.of(LocalDate.of(4000, 12, 31))).isEqualTo("4000-12-31");
        assertThat(SoqlLiteral.of(Instant.parse("1700-01-01T00:00:00Z"))).isEqualTo("1700-01-01T00:00:00.000Z");
        assertThat(SoqlLiteral.of(Instant.parse("4000-12-31T23:59:59.999Z"))).isEqualTo("4000-12-31T23:59:59.999Z");
        for (Object outside : List.of(
                LocalDate.of(1699, 12, 31),
                LocalDate.of(4001, 1, 1),
                Instant.parse("1699-12-31T23:59:59.999Z"),
                Instant.parse("4001-01-01T00:00:00Z"))) {
            assertThatThrownBy(() -> SoqlLiteral.of(outside))
                    .as("%s", outside)
                    .hasMessage("Salesforce cannot store the date " + outside + ": use 1700-01-01 to 4000-12-31");
        }
    }

    @Test
    void whateverCanBeIteratedHasElements() {
        Iterable<Integer> many = () -> List.of(1, 2).iterator();
        assertThat(SoqlLiteral.elements(many)).containsExactly(1, 2);
        assertThat(SoqlLiteral.elements(new int[] {1, 2})).containsExactly(1, 2);
        assertThat(SoqlLiteral.elements(Set.of(1))).containsExactly(1);
        assertThat(SoqlLiteral.elements("text")).isNull();
        assertThat(SoqlLiteral.elements(null)).isNull();
        assertThat(SoqlLiteral.elements(new byte[] {1})).isNull();
        assertThat(SoqlLiteral.elements(new char[] {'a'})).isNull();
        assertThat(SoqlLiteral.elements(JsonNodeFactory.instance.textNode("x"))).isNull();
    }

    @Test
    void nothingIsNull() {
        assertThat(SoqlLiteral.of(null)).isEqualTo("null");
    }
}
