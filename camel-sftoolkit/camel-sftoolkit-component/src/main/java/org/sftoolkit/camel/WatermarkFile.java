package org.sftoolkit.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Positions in a file, one {@code key=value} a line. Each write replaces the file as a whole and is on the disk when it returns:
 * Camel's own file repository appends, and a process that is killed meanwhile leaves half a line. Each read reads the file, so
 * that a process that takes over finds what the one before has written. Thread-safe; processes exclude each other by a lock file.
 */
final class WatermarkFile extends ServiceSupport implements StateRepository<String, String> {

    private final Path file;
    private final Path lock;

    WatermarkFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
        this.lock = this.file.resolveSibling(this.file.getFileName() + ".lock");
    }

    @Override
    public synchronized String getState(String key) {
        requireFindable(key);
        try {
            return read().get(key);
        } catch (IOException e) {
            throw new UncheckedIOException("the watermark file " + file + " cannot be read", e);
        }
    }

    @Override
    public synchronized void setState(String key, String value) {
        requireFindable(key);
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                Map<String, String> states = read();
                states.put(key, value);
                replace(states);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the watermark file " + file + " cannot be written", e);
        }
    }

    private static void requireFindable(String key) {
        if (key.chars().anyMatch(c -> c == '=' || c == '\n' || c == '\r')) {
            throw new IllegalArgumentException(
                    "watermarkKey=" + key + ": a key in a watermark file holds no = and no line end");
        }
    }

    private Map<String, String> read() throws IOException {
        var states = new TreeMap<String, String>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    states.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        }
        return states;
    }

    private void replace(Map<String, String> states) throws IOException {
        var text = new StringBuilder();
        states.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return "WatermarkFile[" + file + "]";
    }
}
