package org.sftoolkit.camel.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.camel.operation.CsvDelimiter;

class CsvScanTest {

    private static CsvScan scanned(String csv, char delimiter, int step) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        var scan = new CsvScan(delimiter);
        for (int from = 0; from < bytes.length; from += step) {
            scan.scan(bytes, from, Math.min(step, bytes.length - from));
        }
        scan.end();
        return scan;
    }

    @ParameterizedTest
    @EnumSource(CsvDelimiter.class)
    void rowsWithOtherCellsThanTheHeaderAreNoticedWhereverTheBytesAreCut(CsvDelimiter delimiter) {
        char c = delimiter.character();
        for (String end : new String[] {"\n", "\r\n"}) {
            for (int step : new int[] {1, 2, 3, 7, 1000}) {
                String whole = "\"a\"" + c + "\"b\"" + end + "\"x" + c + end + "\"\"" + c + "\"" + c + "\"\"" + end;
                assertThat(scanned(whole, c, step).uneven()).isZero();
                assertThat(scanned(whole + "1" + c + "2", c, step).uneven()).isZero();
                assertThat(scanned(whole + "1" + end, c, step).uneven()).isEqualTo(1);
                assertThat(scanned(whole + "1", c, step).uneven()).isEqualTo(1);
                assertThat(scanned(whole + "1" + c + "2" + c + end + "3" + c + "4" + end, c, step)
                                .uneven())
                        .isEqualTo(3);
            }
        }
    }

    @Test
    void theFirstRowEndsWhereItsLineDoes() {
        byte[] csv = "\n\r\n\"a\n\",b\nc,d\n".getBytes(StandardCharsets.UTF_8);
        assertThat(new CsvScan(',').scan(csv, 0, csv.length)).isEqualTo(10);
        var pieces = new CsvScan(',');
        assertThat(pieces.scan(csv, 0, 3)).as("empty lines are no rows").isEqualTo(-1);
        assertThat(pieces.scan(csv, 3, 4))
                .as("a line break in quotes ends no row")
                .isEqualTo(-1);
        assertThat(pieces.scan(csv, 7, csv.length - 7)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"a,1", "'',0", "'a\nb\n',2", "'a\n\nb',2", "'\"a\nb\"\nc',2"})
    void rowsAreCountedWithoutEmptyLines(String csv, long rows) {
        assertThat(scanned(csv, ',', 1).rows()).isEqualTo(rows);
    }
}
