package org.sftoolkit.camel.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.CsvLineEnding;

class CsvPartsTest {

    private final AtomicBoolean closed = new AtomicBoolean();

    private static CsvParts parts(InputStream utf8, CallOptions options, BulkAction action) {
        return new CsvParts(
                new BulkInput.Csv(utf8, true, null), options, action, new BulkRecords(action, options, null));
    }

    private CsvParts parts(String csv, CsvLineEnding lineEnding, long limit) {
        InputStream utf8 = new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        return parts(
                utf8,
                TestCalls.options("Account", set -> {
                    set.setLineEnding(lineEnding);
                    set.setMaxJobBytes(limit);
                }),
                BulkAction.INSERT);
    }

    private static List<String> texts(CsvParts parts) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Optional<BulkPart> part = parts.next(); part.isPresent(); part = parts.next()) {
            assertThat(part.get().number()).isEqualTo(texts.size());
            texts.add(Files.readString(part.get().temporary()));
            assertThat(part.get().content().bytes())
                    .isEqualTo(Files.size(part.get().temporary()));
            part.get().remove();
        }
        return texts;
    }

    @Test
    void rowsPassAsTheyAreWithTheLineEndingOfTheJob() throws IOException {
        String csv = "Name,Site\r\n\"a\"\"b\",x\ny,\"z\r\nz\"";
        assertThat(texts(parts(csv, CsvLineEnding.LF, 1000)))
                .containsExactly("Name,Site\n\"a\"\"b\",x\ny,\"z\r\nz\"\n");
        assertThat(texts(parts(csv, CsvLineEnding.CRLF, 1000)))
                .containsExactly("Name,Site\r\n\"a\"\"b\",x\r\ny,\"z\r\nz\"\r\n");
    }

    @Test
    void rowsThatReadersTakeDifferentlyAreRewritten() throws IOException {
        assertThat(texts(parts("Name,Site\n 5\" pipe,\t\"x\" \n", CsvLineEnding.LF, 1000)))
                .containsExactly("Name,Site\n\" 5\"\" pipe\",x\n");
    }

    @Test
    void aPartTakesExactlyItsLimit() throws IOException {
        String row = "x".repeat(41) + ",bb\n";
        String header = "Name,Site_1\n";
        assertThat(texts(parts(header + row + row + row, CsvLineEnding.LF, 102)))
                .containsExactly(header + row + row, header + row);
        assertThat(texts(parts(header + row + row + row, CsvLineEnding.LF, 101)))
                .containsExactly(header + row, header + row, header + row);

        String quote = "x\"" + "x".repeat(36) + ",bb\n";
        String rewritten = "\"x\"\"" + "x".repeat(36) + "\",bb\n";
        assertThat(texts(parts(header + quote + quote, CsvLineEnding.LF, 102)))
                .containsExactly(header + rewritten + rewritten);
        assertThat(texts(parts(header + quote + quote, CsvLineEnding.LF, 101)))
                .containsExactly(header + rewritten, header + rewritten);
    }

    @Test
    void aRowThatFitsNoPartIsRefusedWithItsSize() {
        String large = "x".repeat(90);
        assertThatThrownBy(() -> texts(parts("Name,Site\n" + large + ",bb\n", CsvLineEnding.LF, 100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a single row has 94 bytes")
                .hasMessageContaining("maxJobBytes=100");
        assertThatThrownBy(() -> texts(parts("Name,Site\n" + large + "\",bb\n", CsvLineEnding.LF, 100)))
                .hasMessageStartingWith("a single row has 98 bytes");
    }

    private static List<Integer> places(BulkRecords records, int part, String... names) {
        var places = records.takePlaces(part).reading(BulkResult.Part.SUCCESSFUL);
        return Arrays.stream(names)
                .map(name -> places.apply(new BulkRow(null, false, null, Map.of("Name", name, "Site", "s")))
                        .index())
                .toList();
    }

    @Test
    void rowsAreKnownByTheirPlacesInTheInputIfTheyAreToBeMatched() throws IOException {
        CallOptions options = TestCalls.options("Account", set -> {
            set.setMatchRows(true);
            set.setMaxJobBytes(100);
        });
        var records = new BulkRecords(BulkAction.INSERT, options, null);
        String first = "a".repeat(40);
        String second = " " + "b".repeat(39);
        String third = "c".repeat(40);
        var utf8 = new ByteArrayInputStream(
                ("Name,Site\n" + first + ",s\n" + second + ",s\n" + third + ",s\n").getBytes(StandardCharsets.UTF_8));
        assertThat(texts(new CsvParts(new BulkInput.Csv(utf8, true, null), options, BulkAction.INSERT, records)))
                .hasSize(2);
        assertThat(places(records, 0, first, second)).containsExactly(0, 1);
        assertThat(places(records, 1, third)).containsExactly(2);
    }

    @Test
    void aHeaderWithoutRowsHasNoParts() throws IOException {
        assertThat(texts(parts("Name,Site\n", CsvLineEnding.LF, 1000))).isEmpty();
    }

    @Test
    void aRowThatIsNoRecordEndsTheLoad() {
        assertThatThrownBy(() -> texts(parts("Name,Site\na,b\nc\n", CsvLineEnding.LF, 1000)))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void aHeaderThatTheActionCannotUseIsRefused() {
        var utf8 = new ByteArrayInputStream("Id,Name\n1,b\n".getBytes(StandardCharsets.UTF_8));
        var parts = parts(utf8, TestCalls.options("Account", set -> {}), BulkAction.DELETE);
        assertThatThrownBy(parts::next).hasMessageContaining("needs exactly one column, Id");
    }

    @Test
    void closingItClosesTheTextAndNothingMoreIsRead() throws IOException {
        CsvParts parts = parts("Name,Site\na,b\n", CsvLineEnding.LF, 1000);
        parts.close();
        assertThat(closed).isTrue();
        assertThatThrownBy(parts::next).isInstanceOf(IOException.class).hasMessage("the load has ended");
    }

    @Test
    void aPartThatWasBegunIsRemovedWithTheLoad() throws IOException {
        CsvParts parts = parts("Name,Site\na,b\nc\n", CsvLineEnding.LF, 1000);
        assertThatThrownBy(parts::next).isInstanceOf(InvalidBodyException.class);
        List<java.nio.file.Path> before = temporary();
        parts.close();
        assertThat(temporary()).hasSize(before.size() - 1);
    }

    private static List<java.nio.file.Path> temporary() throws IOException {
        try (var files = Files.list(java.nio.file.Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("sftoolkit-bulk-"))
                    .toList();
        }
    }
}
