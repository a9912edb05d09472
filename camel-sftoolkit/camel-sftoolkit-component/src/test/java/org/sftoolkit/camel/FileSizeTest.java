package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileSizeTest {

    private static final int MOST_LINES = 300;
    private static final Path ROOT = Path.of("src/main/java/org/sftoolkit/camel");

    @Test
    void noFileHasMoreLinesThanCanBeReadAtOnce() throws IOException {
        assertThat(longFiles())
                .as("files of more than %s lines: split them by duty", MOST_LINES)
                .isEmpty();
    }

    private static Map<String, Long> longFiles() throws IOException {
        Map<String, Long> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    long count = lines.count();
                    if (count > MOST_LINES) {
                        found.put(ROOT.relativize(file).toString().replace('\\', '/'), count);
                    }
                }
            }
        }
        return found;
    }
}
