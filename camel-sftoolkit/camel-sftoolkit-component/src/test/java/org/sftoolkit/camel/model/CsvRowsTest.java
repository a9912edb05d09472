package org.sftoolkit.camel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CsvRowsTest {

    @Test
    void rowsFollowTheHeader() throws IOException {
        try (CsvRows rows = CsvRows.read(new StringReader("\uFEFF Id ;Name\n1;a\n\n2;\"b;c\"\n"), ';')) {
            assertThat(rows.header()).containsExactly("Id", "Name");
            assertThat(rows.hasNext()).isTrue();
            assertThat(rows.next()).containsExactly("1", "a");
            assertThat(rows.next()).containsExactly("2", "b;c");
            assertThat(rows.hasNext()).isFalse();
            assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void anEmptyTextHasNoHeaderAndNoRows() throws IOException {
        try (CsvRows rows = CsvRows.read(new StringReader(""), ',')) {
            assertThat(rows.header()).isEmpty();
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void aHeaderNeedsNamesThatDiffer() {
        assertThatThrownBy(() -> CsvRows.read(new StringReader("a,,b\n"), ','))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("column 2 has no name");
        assertThatThrownBy(() -> CsvRows.read(new StringReader("a,b,A\n"), ','))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("column 3 repeats A");
    }

    /** Gives a text, then fails, and counts how often it is closed. */
    private static final class Failing extends Reader {

        private final AtomicInteger closed = new AtomicInteger();
        private final StringReader text;

        Failing(String text) {
            this.text = new StringReader(text);
        }

        @Override
        public int read(char[] into, int from, int length) throws IOException {
            int some = text.read(into, from, length);
            if (some < 0) {
                throw new IOException("the disk is gone");
            }
            return some;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void closingThemClosesTheText() throws IOException {
        var text = new Failing("a,b\n1,2\n");
        CsvRows rows = CsvRows.read(text, ',');
        assertThat(text.closed).hasValue(0);
        rows.close();
        assertThat(text.closed).hasPositiveValue();
    }

    @Test
    void aHeaderThatCannotBeReadClosesTheText() {
        var text = new Failing("a,");
        assertThatThrownBy(() -> CsvRows.read(text, ',')).isInstanceOf(IOException.class);
        assertThat(text.closed.get()).isPositive();
    }

    @Test
    void aTextThatCannotBeReadFailsWithItsOwnReason() throws IOException {
        CsvRows rows = CsvRows.read(new Failing("a,b\n1,2\n"), ',');
        assertThat(rows.header()).isEqualTo(List.of("a", "b"));
        assertThatThrownBy(() -> {
                    while (rows.hasNext()) {
                        rows.next();
                    }
                })
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("the disk is gone");
    }

    @Test
    void aQuoteThatIsNotClosedIsToldWithoutContent() throws IOException {
        CsvRows rows = CsvRows.read(new StringReader("a,b\n1,\"secret\n"), ',');
        assertThatThrownBy(() -> {
                    while (rows.hasNext()) {
                        rows.next();
                    }
                })
                .isInstanceOf(UncheckedIOException.class)
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("secret"))
                .hasMessageContaining("the CSV cannot be read at line");
    }
}
