package org.sftoolkit.camel.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.operation.CsvDelimiter;
import org.sftoolkit.camel.operation.CsvLineEnding;

class CsvRowTest {

    private final CsvRow row = new CsvRow(CsvDelimiter.COMMA, CsvLineEnding.LF);

    private String row(String... cells) {
        row.row(List.of(cells));
        assertThat(row.length()).isEqualTo(row.toBytes().length);
        return new String(row.toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void cellsStandBetweenDelimiters() {
        assertThat(row("a", "", "c")).isEqualTo("a,,c\n");
        assertThat(row("", "")).isEqualTo(",\n");
        assertThat(row("a")).as("nothing of the row before").isEqualTo("a\n");
    }

    @Test
    void aRowOfOneEmptyCellIsNoEmptyLine() {
        assertThat(row("")).isEqualTo("\"\"\n");
    }

    @Test
    void cellsThatWouldBeReadAsSomethingElseAreQuoted() {
        assertThat(row("a,b")).isEqualTo("\"a,b\"\n");
        assertThat(row("a;b")).isEqualTo("a;b\n");
        assertThat(row("a\nb", "c\rd")).isEqualTo("\"a\nb\",\"c\rd\"\n");
        assertThat(row("\"", "a\"b\"\"c", "\"d\"")).isEqualTo("\"\"\"\",\"a\"\"b\"\"\"\"c\",\"\"\"d\"\"\"\n");
    }

    @Test
    void blanksAtTheEndsAreKeptByQuotes() {
        assertThat(row(" a", "b ", "\tc", "d e")).isEqualTo("\" a\",\"b \",\"\tc\",d e\n");
        assertThat(row("!a", "b!")).as("the first character that is no blank").isEqualTo("!a,b!\n");
    }

    @Test
    void theLineEndingIsThatOfTheJob() {
        var windows = new CsvRow(CsvDelimiter.PIPE, CsvLineEnding.CRLF);
        windows.row(List.of("a|b", "c,d"));
        assertThat(new String(windows.toBytes(), StandardCharsets.UTF_8)).isEqualTo("\"a|b\"|c,d\r\n");
    }

    @Test
    void textIsEncodedAsUtf8() {
        String all = "\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\ud83d\ude00\udbff\udfff";
        assertThat(row("x" + all + "x")).isEqualTo("x" + all + "x\n");
    }

    @Test
    void aLoneSurrogateBecomesAQuestionMark() {
        assertThat(row("a\ud83d")).isEqualTo("a?\n");
        assertThat(row("\ud83db")).isEqualTo("?b\n");
        assertThat(row("\ude00\ud83d")).isEqualTo("??\n");
    }

    @Test
    void aRowMayHaveAnyLength() {
        for (int length : new int[] {330, 338, 339, 340, 341, 342, 1015, 1016, 1023, 1024, 1025, 5000, 100_000}) {
            String narrow = "x".repeat(length);
            assertThat(row(narrow, narrow)).isEqualTo(narrow + "," + narrow + "\n");
            String wide = "漢".repeat(length);
            assertThat(row(wide)).isEqualTo(wide + "\n");
            String quotes = "\"".repeat(length);
            assertThat(row(quotes)).isEqualTo('"' + quotes + quotes + "\"\n");
            String mixed = ("漢\"").repeat(length);
            assertThat(row("a", mixed)).isEqualTo("a,\"" + mixed.replace("\"", "\"\"") + "\"\n");
        }
    }

    @Test
    void aRowMayBeLongFromItsFirstCellOnOrLater() {
        String wide = "漢".repeat(100_000);
        for (String before : new String[] {"", "a", "b".repeat(900)}) {
            var fresh = new CsvRow(CsvDelimiter.COMMA, CsvLineEnding.CRLF);
            fresh.row(List.of(before, wide, ",".repeat(100_000)));
            assertThat(new String(fresh.toBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(before + "," + wide + ",\"" + ",".repeat(100_000) + "\"\r\n");
        }
    }

    @Test
    void manySmallCellsFitToo() {
        String[] cells = new String[3000];
        java.util.Arrays.fill(cells, "é");
        assertThat(row(cells)).isEqualTo(String.join(",", cells) + "\n");
    }

    @Test
    void itIsWrittenAsItsBytesOnly() throws IOException {
        row("abc");
        var out = new ByteArrayOutputStream();
        row.writeTo(out);
        assertThat(out.toByteArray()).isEqualTo(row.toBytes());
    }
}
