package org.sftoolkit.camel.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.operation.CsvDelimiter;

class CsvInputTest {

    private final AtomicBoolean closed = new AtomicBoolean();

    private InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    private CsvInput open(String csv, boolean declared) {
        return CsvInput.open(utf8(csv), CsvDelimiter.COMMA, declared);
    }

    private CsvInput open(String csv) {
        return open(csv, false);
    }

    @Test
    void aHeaderNamesFieldsAndPathsOfParents() throws IOException {
        try (CsvInput input = open(" Name ,Account.Key__c,Account:What.Key__c,A_1\nx,y,z,u\n")) {
            assertThat(input.header()).containsExactly("Name", "Account.Key__c", "Account:What.Key__c", "A_1");
            assertThat(input.next()).isTrue();
            assertThat(input.row().cells()).containsExactly("x", "y", "z", "u");
            assertThat(input.defect()).isNull();
            assertThat(input.next()).isFalse();
        }
        assertThat(closed).isTrue();
    }

    @Test
    void aHeaderThatIsWrongIsRefusedWithItsColumnAndTheTextIsClosed() {
        assertThatThrownBy(() -> open("Name,,x\n"))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("column 2 has no name");
        assertThat(closed).isTrue();
        assertThatThrownBy(() -> open("Name,NAME\n")).hasMessageContaining("column 2 repeats NAME");
        assertThatThrownBy(() -> open("Name,1st\n"))
                .hasMessageContaining("column 2 is neither a field name")
                .hasMessageContaining("it must be JSON")
                .hasMessageNotContaining("is the delimiter");
    }

    @Test
    void anotherDelimiterIsGuessed() {
        assertThatThrownBy(() -> open("Id;Name\n1;2\n"))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("With columnDelimiter=COMMA it is one column: is the delimiter SEMICOLON?");
        assertThatThrownBy(() -> CsvInput.open(utf8("Id,Name\n"), CsvDelimiter.PIPE, false))
                .hasMessageContaining("is the delimiter COMMA?");
        assertThatThrownBy(() -> open("|Id\n")).hasMessageContaining("is the delimiter PIPE?");
    }

    @Test
    void anEmptyTextIsRefused() {
        assertThatThrownBy(() -> open("\n\n"))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("the body is empty");
    }

    @Test
    void oneWordIsNoCsvUnlessItIsAFieldForCertainOrSaidToBe() {
        assertThatThrownBy(() -> open("Hello"))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("a single word");
        assertThat(closed).isTrue();
        assertThat(open("Hello", true).next()).isFalse();
        assertThat(open("id").next()).isFalse();
        assertThat(open("Key__c").next()).isFalse();
    }

    @Test
    void aColumnWithRowsIsACsvAndLosesNone() {
        CsvInput input = open("Name\na\nb\n");
        assertThat(input.next()).isTrue();
        assertThat(input.row().cells()).containsExactly("a");
        assertThat(input.next()).isTrue();
        assertThat(input.row().cells()).containsExactly("b");
        assertThat(input.next()).isFalse();
    }

    @Test
    void aRowThatIsNoRecordSaysWhy() {
        CsvInput input = open("Name,Id\na\nb,\u0000\nc,d\n");
        input.next();
        assertThat(input.defect()).isEqualTo("line 2 of the CSV has 1 cells, but the header has 2");
        input.next();
        assertThat(input.defect()).startsWith("line 3 of the CSV contains a NUL character");
        input.next();
        assertThat(input.defect()).isNull();
    }

    @Test
    void aTextThatCannotBeReadIsRefusedWithTheReason() {
        CsvInput input = open("Name,Id\n\"a\n");
        assertThatThrownBy(input::next)
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("the CSV cannot be read: line 2: a quote is not closed");
    }
}
