package org.sftoolkit.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files with a JSON object on each line. */
final class JsonLines {

    private static final Logger LOG = LoggerFactory.getLogger(JsonLines.class);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonLines() {}

    /**
     * Reads a file, if it exists.
     *
     * @param torn whether the last line may be incomplete, as a process that was killed leaves it
     * @throws IllegalArgumentException if a line cannot be read, or is refused by {@code entries}
     */
    static void read(Path file, boolean torn, Consumer<Map<?, ?>> entries) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        boolean whole = endsWithLine(file);
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String next = lines.readLine();
            while (next != null) {
                String line = next;
                next = lines.readLine();
                number++;
                if (next == null && torn && !whole) {
                    LOG.warn("{}: the last line is incomplete and was never answered; it is left out", file);
                    return;
                }
                try {
                    entries.accept(JSON.readValue(line, Map.class));
                } catch (JsonProcessingException | RuntimeException e) {
                    throw new IllegalArgumentException(
                            file + ", line " + number + " cannot be read: " + e.getMessage(), e);
                }
            }
        }
    }

    private static boolean endsWithLine(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() == 0) {
                return true;
            }
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) == '\n';
        }
    }

    /** An entry as a tree. */
    static JsonNode tree(Map<?, ?> entry) {
        return JSON.valueToTree(entry);
    }

    /** One line with its end. */
    static ByteBuffer line(Object entry) throws JsonProcessingException {
        return ByteBuffer.wrap((JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes one line at the channel's position. */
    static void write(FileChannel out, Object entry) throws IOException {
        ByteBuffer line = line(entry);
        while (line.hasRemaining()) {
            out.write(line);
        }
    }
}
