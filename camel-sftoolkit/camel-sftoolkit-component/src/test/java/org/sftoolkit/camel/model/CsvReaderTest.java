package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CsvReaderTest {

    private static CsvReader reader(String csv) {
        return new CsvReader(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), ',');
    }

    private static List<List<String>> rows(CsvReader reader) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        while (reader.next()) {
            rows.add(reader.cells());
        }
        return rows;
    }

    private static List<List<String>> rows(String csv) throws IOException {
        return rows(reader(csv));
    }

    private static CsvReader first(String csv) throws IOException {
        CsvReader reader = reader(csv);
        assertThat(reader.next()).isTrue();
        return reader;
    }

    private static String bytes(CsvReader row) throws IOException {
        var bytes = new ByteArrayOutputStream();
        row.writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void rowsEndWithAnyLineEndingOrTheText() throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            assertThat(rows("a,b" + end + "c,d" + end)).containsExactly(List.of("a", "b"), List.of("c", "d"));
            assertThat(rows("a,b" + end + "c,d")).containsExactly(List.of("a", "b"), List.of("c", "d"));
        }
        assertThat(rows("")).isEmpty();
    }

    @Test
    void emptyCellsAreCellsAndEmptyLinesAreNoRows() throws IOException {
        assertThat(rows(",\n\n \t\n,,\r\n\r\n")).containsExactly(List.of("", ""), List.of("", "", ""));
        assertThat(rows("\"\"\n")).as("a quoted cell is a row").containsExactly(List.of(""));
        assertThat(rows(" ,\n")).containsExactly(List.of(" ", ""));
        assertThat(rows("\u00a0\nx\n")).as("no blank of ASCII").containsExactly(List.of("\u00a0"), List.of("x"));
    }

    @Test
    void quotesHoldDelimitersLinesAndDoubledQuotes() throws IOException {
        assertThat(rows("\"a,b\",\"c\nd\r\ne\",\"say \"\"hi\"\"\"\nx,y,z\n"))
                .containsExactly(List.of("a,b", "c\nd\r\ne", "say \"hi\""), List.of("x", "y", "z"));
        assertThat(rows("\"\"\"\"\n")).containsExactly(List.of("\""));
    }

    @Test
    void aQuoteWithinACellThatDoesNotBeginWithOneIsContent() throws IOException {
        CsvReader row = first("5\" pipe,x\n");
        assertThat(row.cells()).containsExactly("5\" pipe", "x");
        assertThat(row.isExact()).as("readers differ in it").isFalse();
    }

    @Test
    void blanksAroundAQuotedCellAreNotItsContent() throws IOException {
        CsvReader before = first(" \t\"a\",b\n");
        assertThat(before.cells()).containsExactly("a", "b");
        assertThat(before.isExact()).isFalse();
        CsvReader behind = first("\"a\" \t,b\n");
        assertThat(behind.cells()).containsExactly("a", "b");
        assertThat(behind.isExact()).isFalse();
        CsvReader last = first("\"a\" \t\nb\n");
        assertThat(last.cells()).containsExactly("a");
        assertThat(last.isExact()).isFalse();
        CsvReader none = first("\"a\",\"b\"\r\n");
        assertThat(none.isExact()).isTrue();
        CsvReader unquoted = first(" a ,b\n");
        assertThat(unquoted.cells()).containsExactly(" a ", "b");
        assertThat(unquoted.isExact()).isTrue();
    }

    @Test
    void aTabThatDelimitsIsNoBlank() throws IOException {
        var tabs = new CsvReader(new ByteArrayInputStream("\"a\"\t\"b\"\tc\n".getBytes(StandardCharsets.UTF_8)), '\t');
        assertThat(tabs.next()).isTrue();
        assertThat(tabs.cells()).containsExactly("a", "b", "c");
        assertThat(tabs.isExact()).isTrue();
    }

    @Test
    void textBehindAClosingQuoteIsRefusedWithItsLine() {
        assertThatThrownBy(() -> rows("x\n\"a\"b,c\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("line 2: text follows the closing quote of a cell: to put a quote into a quoted cell, write"
                        + " \"\"");
        assertThatThrownBy(() -> rows("\"a\nb\" c\n")).hasMessageStartingWith("line 2: text follows");
    }

    @Test
    void aQuoteThatIsNotClosedIsRefusedWithTheLineWhereItOpened() {
        assertThatThrownBy(() -> rows("x\ny\n\"a\nb\nc"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("line 3: a quote is not closed")
                .hasMessageContaining("columnDelimiter");
    }

    @Test
    void aRowKnowsTheLineInWhichItBegins() throws IOException {
        CsvReader reader = reader("a\n\"b\nb\r\nb\"\r\n\nc\rd");
        List<Long> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(reader.line());
        }
        assertThat(lines).containsExactly(1L, 2L, 6L, 7L);
    }

    @Test
    void aLineOfWindowsIsOneLine() throws IOException {
        CsvReader reader = reader("a\r\nb\n\nc\r\n");
        List<Long> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(reader.line());
        }
        assertThat(lines).containsExactly(1L, 2L, 4L);
    }

    @Test
    void aByteThatIsNoUtf8DoesNotEndTheText() throws IOException {
        byte[] csv = "a\nÿb\n\"c\"\nd\n".getBytes(StandardCharsets.ISO_8859_1);
        var reader = new CsvReader(new ByteArrayInputStream(csv), ',');
        assertThat(rows(reader)).containsExactly(List.of("a"), List.of("\ufffdb"), List.of("c"), List.of("d"));
        byte[] behindQuote = "\"a\"ÿ\nb\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> rows(new CsvReader(new ByteArrayInputStream(behindQuote), ',')))
                .hasMessageStartingWith("line 1: text follows the closing quote");
    }

    @Test
    void aRowCanBePassedOnAsTheBytesThatItIs() throws IOException {
        CsvReader reader = reader("\"ü\",b\r\nc,\"d\"\"e\"\n");
        assertThat(reader.next()).isTrue();
        assertThat(bytes(reader)).isEqualTo("\"ü\",b");
        assertThat(reader.count()).isEqualTo(2);
        assertThat(reader.next()).isTrue();
        assertThat(bytes(reader)).isEqualTo("c,\"d\"\"e\"");
        assertThat(reader.isExact()).isTrue();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void aRowCanBeFoundAgainInItsSource() throws IOException {
        String[] ends = {"\n", "\r\n", "\r"};
        var csv = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            csv.append("\"ü\",").append(i).append(ends[i % 3]);
        }
        byte[] source = csv.append("last").toString().getBytes(StandardCharsets.UTF_8);
        var reader = new CsvReader(new ByteArrayInputStream(source), ',');
        long next = 0;
        for (int i = 0; i < 30_000; i++) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.position()).isEqualTo(next);
            assertThat(new String(source, (int) next, reader.length(), StandardCharsets.UTF_8))
                    .isEqualTo("\"ü\"," + i);
            assertThat(reader.endLength()).isEqualTo(ends[i % 3].length());
            for (String end : ends) {
                assertThat(reader.endsWith(end.getBytes(StandardCharsets.US_ASCII)))
                        .isEqualTo(end.equals(ends[i % 3]));
            }
            next += reader.length() + reader.endLength();
        }
        assertThat(reader.next()).isTrue();
        assertThat(reader.position()).isEqualTo(source.length - 4);
        assertThat(reader.endLength()).isZero();
    }

    @Test
    void aNulIsToldOfItsRowOnly() throws IOException {
        CsvReader reader = reader("a,b\u0000\n\"\u0000\"\nc\n");
        assertThat(reader.next()).isTrue();
        assertThat(reader.hasNul()).isTrue();
        assertThat(reader.cells()).containsExactly("a", "b\u0000");
        assertThat(reader.next()).isTrue();
        assertThat(reader.hasNul()).as("in quotes").isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.hasNul()).isFalse();
    }

    @Test
    void aRowMayHaveAnyNumberOfCells() throws IOException {
        for (int cells : new int[] {31, 32, 33, 64, 65, 200}) {
            String row = String.join(",", Collections.nCopies(cells, "x"));
            CsvReader reader = first(row + "\n");
            assertThat(reader.count()).isEqualTo(cells);
            assertThat(reader.cells()).hasSize(cells).containsOnly("x");
        }
    }

    @Test
    void rowsAreWholeWhereverTheBufferEnds() throws IOException {
        String cell = "\"12345\"\"67,\n89\"";
        var csv = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            csv.append(i).append(',').append(cell).append(i % 2 == 0 ? "\r\n" : "\n");
        }
        CsvReader reader = reader(csv.toString());
        for (int i = 0; i < 20_000; i++) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.cells()).containsExactly(String.valueOf(i), "12345\"67,\n89");
            assertThat(reader.isExact()).isTrue();
        }
        assertThat(reader.next()).isFalse();
    }

    @Test
    void aRowMayBeLargerThanTheBuffer() throws IOException {
        String large = "y".repeat(300_000);
        assertThat(rows("a,\"" + large + "\"\n" + large + ",b\n"))
                .containsExactly(List.of("a", large), List.of(large, "b"));
    }

    @Test
    void aRowThatIsLargerThanSalesforceTakesIsRefused() throws IOException {
        assertThat(rows("x".repeat(8_000_000))).hasSize(1);
        assertThatThrownBy(() -> rows("a\n\"" + "x".repeat(20_000_000)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("line 2: a row has more than 8000000 bytes")
                .hasMessageContaining("a missing quote");
    }

    @Test
    void closingItClosesWhatItReads() throws IOException {
        var closed = new AtomicBoolean();
        new CsvReader(
                        new InputStream() {
                            @Override
                            public int read() {
                                return -1;
                            }

                            @Override
                            public void close() {
                                closed.set(true);
                            }
                        },
                        ',')
                .close();
        assertThat(closed).isTrue();
    }
}
