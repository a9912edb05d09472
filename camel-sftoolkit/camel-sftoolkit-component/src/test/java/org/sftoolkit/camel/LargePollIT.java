package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Loads and follows a large object with little memory; the long form is {@code -Dsftoolkit.records=1000000}. */
class LargePollIT {

    private static final int RECORDS = Integer.getInteger("sftoolkit.records", 20_000);

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatExistsIsLoadedAndThenFollowedInLittleMemory() throws Exception {
        Process org = start("-Xmx2g", FullOrg.class, String.valueOf(RECORDS));
        BufferedReader address = org.inputReader();
        String url = lineWith(address, "http://");
        Process node = start(
                "-Xmx64m",
                CountingNode.class,
                url,
                directory.resolve("watermarks").toString(),
                "");
        BufferedReader counts = node.inputReader();
        assertThat(lineWith(counts, "count " + RECORDS)).isNotNull();
        org.getOutputStream().write('\n');
        org.getOutputStream().flush();
        assertThat(lineWith(counts, "later ")).isEqualTo("later " + (RECORDS + 1));
        assertThat(node.isAlive()).isTrue();
    }

    private static String lineWith(BufferedReader output, String text) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains(text)) {
                    return line;
                }
            }
            throw new AssertionError("the process ended before it wrote '" + text + "'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(String heap, Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(directory, main.getSimpleName(), ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        processes.add(process);
        return process;
    }
}
