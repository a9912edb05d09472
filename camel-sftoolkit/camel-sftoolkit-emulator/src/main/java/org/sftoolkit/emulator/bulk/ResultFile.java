package org.sftoolkit.emulator.bulk;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Writes a result: values quoted, names as given, rows of each batch in a different order, because Salesforce
 * guarantees no order. Used by one thread at a time.
 */
final class ResultFile implements AutoCloseable {

    private final Path file;
    private final Writer writer;
    private final char delimiter;
    private final String lineEnd;
    private final Random shuffle;
    private final List<List<String>> batch = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    /**
     * @param quoted number of names of the header, from the first, that stand in quotes
     * @param shuffle seeded, so that runs repeat
     */
    ResultFile(Path file, BulkJob.Order order, List<String> header, int quoted, Random shuffle) throws IOException {
        this.file = file;
        this.delimiter = order.delimiter().character();
        this.lineEnd = order.lineEnding().text();
        this.shuffle = shuffle;
        this.writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        for (int i = 0; i < header.size(); i++) {
            separate(i);
            if (i < quoted) {
                quote(header.get(i));
            } else {
                line.append(header.get(i));
            }
        }
        endLine();
    }

    Path file() {
        return file;
    }

    void add(List<String> cells) {
        batch.add(cells);
    }

    /** Writes the rows added since the last batch. */
    void endBatch() throws IOException {
        Collections.shuffle(batch, shuffle);
        for (List<String> cells : batch) {
            for (int i = 0; i < cells.size(); i++) {
                separate(i);
                quote(cells.get(i));
            }
            endLine();
        }
        batch.clear();
    }

    @Override
    public void close() throws IOException {
        endBatch();
        writer.close();
    }

    private void separate(int index) {
        if (index > 0) {
            line.append(delimiter);
        }
    }

    private void quote(String text) {
        line.append('"');
        if (text.indexOf('"') < 0) {
            line.append(text);
        } else {
            line.append(text.replace("\"", "\"\""));
        }
        line.append('"');
    }

    private void endLine() throws IOException {
        writer.append(line.append(lineEnd));
        line.setLength(0);
    }
}
