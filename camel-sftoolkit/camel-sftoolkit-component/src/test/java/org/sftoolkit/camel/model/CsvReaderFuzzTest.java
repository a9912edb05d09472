package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows do not depend on the pieces in which the bytes come, and mean the same if they are written again. */
class CsvReaderFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void rowsAreTheSameInPiecesAndWrittenAgain(FuzzedDataProvider input) {
        int piece = input.consumeInt(1, 9);
        byte[] csv = input.consumeRemainingAsBytes();
        List<List<String>> whole = rows(new ByteArrayInputStream(csv));
        assertThat(rows(new Pieces(csv, piece))).isEqualTo(whole);
        if (whole != null) {
            assertThat(rows(new ByteArrayInputStream(written(whole)))).isEqualTo(whole);
        }
    }

    /** Null if it is refused. */
    private static List<List<String>> rows(InputStream csv) {
        var rows = new ArrayList<List<String>>();
        try (var reader = new CsvReader(csv, ',')) {
            while (reader.next()) {
                rows.add(List.copyOf(reader.cells()));
            }
            return rows;
        } catch (IOException refused) {
            return null;
        }
    }

    private static byte[] written(List<List<String>> rows) {
        return rows.stream()
                .map(cells -> cells.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Gives a few bytes a call. */
    private static final class Pieces extends ByteArrayInputStream {

        private final int most;

        Pieces(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, most));
        }
    }
}
