package org.sftoolkit.camel.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.body.TextBody;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.CsvRows;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.CsvDelimiter;
import org.sftoolkit.camel.operation.CsvLineEnding;

/** Input cut into jobs equals the input, whatever stands in it, and no job is larger than its limit. */
class BulkPartsTest {

    @Property(tries = 400)
    void recordsArriveAsTheyWere(
            @ForAll("tables") List<List<String>> rows,
            @ForAll CsvDelimiter delimiter,
            @ForAll CsvLineEnding lineEnding,
            @ForAll @net.jqwik.api.constraints.LongRange(min = 300, max = 900) long limit)
            throws Exception {
        List<SourceRecord> records = new ArrayList<>();
        for (List<String> row : rows) {
            records.add(SourceRecord.of(record(row)));
        }
        var parts = new RecordParts(
                Records.of(records),
                options(delimiter, lineEnding, limit),
                new BulkRecords(BulkAction.INSERT, options(delimiter, lineEnding, limit), null));
        assertThat(read(parts, delimiter, lineEnding, limit)).isEqualTo(expected(rows));
    }

    @Property(tries = 400)
    void csvArrivesAsItWas(
            @ForAll("tables") List<List<String>> rows,
            @ForAll CsvDelimiter delimiter,
            @ForAll CsvLineEnding written,
            @ForAll CsvLineEnding wanted,
            @ForAll boolean lastEnd,
            @ForAll boolean repeatable,
            @ForAll @net.jqwik.api.constraints.LongRange(min = 300, max = 900) long limit,
            @ForAll @net.jqwik.api.constraints.IntRange(min = 1, max = 9) int slice)
            throws Exception {
        var csv = new StringBuilder("\uFEFFA" + delimiter.character() + "B");
        String end = written == CsvLineEnding.LF ? "\n" : "\r\n";
        for (List<String> row : rows) {
            csv.append(end)
                    .append(quoted(row.get(0)))
                    .append(delimiter.character())
                    .append(quoted(row.get(1)));
        }
        csv.append(lastEnd ? end : "");
        byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
        var input = new BulkInput.Csv(
                TextBody.of(new Trickle(bytes, slice), null).utf8(),
                false,
                repeatable ? TextBody.of(bytes, null).again() : null);
        var parts = inserts(input, options(delimiter, wanted, limit));
        assertThat(read(parts, delimiter, wanted, limit)).isEqualTo(rows);
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> text = Arbitraries.oneOf(
                        Arbitraries.of(
                                "\"",
                                "\"\"",
                                "\r\n",
                                "\n",
                                "\r",
                                ",",
                                ";",
                                "\t",
                                "|",
                                "^",
                                "`",
                                " ",
                                "ü",
                                "漢",
                                "\uD83D\uDE00"),
                        Arbitraries.strings().alpha().ofMaxLength(5))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces))
                .map(piece -> piece.isEmpty() ? "x" : piece);
        return text.list().ofSize(2).list().ofMinSize(1).ofMaxSize(40);
    }

    private static Map<String, Object> record(List<String> row) {
        var record = new LinkedHashMap<String, Object>();
        record.put("A", row.get(0));
        record.put("B", row.get(1));
        return record;
    }

    private static List<List<String>> expected(List<List<String>> rows) {
        return rows;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static List<List<String>> read(
            BulkParts parts, CsvDelimiter delimiter, CsvLineEnding lineEnding, long limit) throws Exception {
        List<List<String>> all = new ArrayList<>();
        try (parts) {
            for (Optional<BulkPart> part = parts.next(); part.isPresent(); part = parts.next()) {
                byte[] content = read(part.get());
                String text = new String(content, StandardCharsets.UTF_8);
                assertThat((long) content.length)
                        .isEqualTo(part.get().content().bytes())
                        .isLessThanOrEqualTo(limit);
                String header = "A" + delimiter.character() + "B" + (lineEnding == CsvLineEnding.LF ? "\n" : "\r\n");
                assertThat(text).startsWith(header);
                long before = all.size();
                try (CsvRows rows = CsvRows.read(new StringReader(text), delimiter.character())) {
                    rows.forEachRemaining(all::add);
                }
                assertThat(all.size() - before).isEqualTo(part.get().rows());
                part.get().remove();
            }
        }
        return all;
    }

    private static byte[] read(BulkPart part) throws IOException {
        Buffer all = Buffer.buffer();
        PartContent.Blocks blocks = part.content().blocks();
        for (Buffer block = blocks.next(); block != null; block = blocks.next()) {
            all.appendBuffer(block);
        }
        return all.getBytes();
    }

    private static CallOptions options(CsvDelimiter delimiter, CsvLineEnding lineEnding, long limit) {
        return TestCalls.options("Account", set -> {
            set.setColumnDelimiter(delimiter);
            set.setLineEnding(lineEnding);
            set.setMaxJobBytes(limit);
        });
    }

    private static CsvParts inserts(BulkInput.Csv csv, CallOptions options) {
        return new CsvParts(csv, options, BulkAction.INSERT, new BulkRecords(BulkAction.INSERT, options, null));
    }

    private static BulkInput.Csv csv(InputStream bytes) throws IOException {
        return new BulkInput.Csv(TextBody.of(bytes, null).utf8(), false, null);
    }

    /** Gives a few bytes at a time, so that blocks end anywhere. */
    private static final class Trickle extends InputStream {

        private final ByteArrayInputStream bytes;
        private final int slice;

        Trickle(byte[] bytes, int slice) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.slice = slice;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return bytes.read(target, from, Math.min(length, slice));
        }
    }

    @Test
    void aRowThatNeverEndsIsRefusedAndNotHeld() throws Exception {
        var endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return given < 8 ? "A,B\n\"x,".charAt((int) given - 1) : 'y';
            }
        };
        try (var parts = inserts(csv(endless), options(CsvDelimiter.COMMA, CsvLineEnding.LF, 150_000_000))) {
            assertThatThrownBy(parts::next)
                    .isInstanceOf(InvalidBodyException.class)
                    .hasMessageContaining("a missing quote");
        }
        assertThat(endless.given).isLessThan(20_000_000);
    }

    private static BulkPart only(Object body) throws Exception {
        TextBody text = TextBody.of(body, null);
        var input = new BulkInput.Csv(text.utf8(), true, text.again());
        try (var parts = inserts(input, options(CsvDelimiter.COMMA, CsvLineEnding.LF, 1_000_000))) {
            BulkPart part = parts.next().orElseThrow();
            assertThat(parts.next()).isEmpty();
            return part;
        }
    }

    @Test
    void aFileWhoseRowsAreSentAsTheyStandIsReadTwiceAndNotCopied(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("rows.csv"), "\uFEFFA,B\n1,2\n\"3\",\"4\n5\"\n6,7");
        for (Object body : List.of(file, file.toFile(), Files.readAllBytes(file))) {
            BulkPart part = only(body);
            assertThat(part.temporary()).isNull();
            assertThat(new String(read(part), StandardCharsets.UTF_8))
                    .isEqualTo("A,B\n1,2\n\"3\",\"4\n5\"\n6,7\n")
                    .hasSize((int) part.content().bytes());
            assertThat(part.rows()).isEqualTo(3);
            assertThat(read(part)).as("a second time").isEqualTo(read(part));
        }
    }

    @Test
    void anUnusualRowMovesThePartToATemporaryFile() throws Exception {
        for (String row : List.of(" \"3\",4\n", "\n\n3,4\n", "3,4\r\n")) {
            BulkPart part = only(("A,B\n1,2\n" + row + "5,6\n").getBytes(StandardCharsets.UTF_8));
            assertThat(part.temporary()).as(row).exists();
            assertThat(new String(read(part), StandardCharsets.UTF_8).replace("\"", ""))
                    .as(row)
                    .isEqualTo("A,B\n1,2\n3,4\n5,6\n");
            part.remove();
            assertThat(part.temporary()).doesNotExist();
        }
    }

    @Test
    void aFileThatIsChangedMeanwhileIsNotRead(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("rows.csv"), "A,B\n1,2\n3,4\n");
        BulkPart part = only(file);
        Files.writeString(file, "A,B\n1,2\n3,4\n5,6\n");
        assertThatThrownBy(() -> read(part)).isInstanceOf(IOException.class).hasMessageContaining("was changed");
    }
}
