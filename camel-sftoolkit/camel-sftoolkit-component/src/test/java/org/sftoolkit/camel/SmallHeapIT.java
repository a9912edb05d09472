package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.SalesforceEmulator;

/** Large lists and files in a process with a heap of 64 MB; the profile {@code load} makes them 100,000 records and 1 GB. */
class SmallHeapIT {

    private static final long RECORDS = Long.getLong("load.records", 3_000);
    private static final long MEGABYTES = Long.getLong("load.megabytes", 80);

    private static String run(Path dir, String url, String what, long size) throws Exception {
        Path out = dir.resolve("out");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Dout=" + dir,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapMain.class.getName(),
                        url,
                        what,
                        Long.toString(size)))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
        return Files.readString(out);
    }

    @Test
    void aLongListFromAnIteratorIsSaved(@TempDir Path dir) throws Exception {
        try (var emulator = SalesforceEmulator.builder().start()) {
            assertThat(run(dir, emulator.url(), "records", RECORDS)).contains("saved=" + RECORDS + " of " + RECORDS);
            assertThat(emulator.org().count("Account")).isEqualTo((int) RECORDS);
        }
    }

    @Test
    void rowsBecomeACsvLargerThanTheHeap(@TempDir Path dir) throws Exception {
        long rows = MEGABYTES * 5_000; // some 220 bytes each
        assertThat(run(dir, "http://localhost:1", "csv", rows)).contains("written=true");
        assertThat(Files.size(dir.resolve("rows.csv"))).isGreaterThan(MEGABYTES * 1024 * 1024);
        try (var lines = Files.lines(dir.resolve("rows.csv"))) {
            assertThat(lines.count()).isEqualTo(rows + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersThatAreFarTooLargeAreTypedFailures(boolean packed, @TempDir Path dir) throws Exception {
        try (var emulator = SalesforceEmulator.builder().start();
                var proxy = new MisbehavingProxy(emulator.url())) {
            proxy.misbehave(line -> line.contains("/data/"), (answer, out, in) -> {
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                                + (packed ? "Content-Encoding: gzip\r\n" : "") + "\r\n")
                        .getBytes());
                byte[] start = "{\"records\":[{\"Name\":\"".getBytes();
                byte[] much = new byte[1 << 20];
                java.util.Arrays.fill(much, (byte) 'x');
                var body = packed ? new java.util.zip.GZIPOutputStream(out) : out;
                body.write(start);
                for (int i = 0; i < 1_000; i++) {
                    body.write(much);
                }
                body.close();
            });
            assertThat(run(dir, proxy.url(), "bombs", 6)).contains("failures=[UnreadableResponseException]");
        }
    }

    @Test
    void aLargeFileGoesUpAndComesDown(@TempDir Path dir) throws Exception {
        long size = MEGABYTES * 1024 * 1024 + 7;
        try (var emulator = SalesforceEmulator.builder().start()) {
            assertThat(run(dir, emulator.url(), "file", size)).containsPattern("up=(\\[" + size + ", \\d+]) down=\\1");
        }
    }

    @Test
    void aRouteWithoutStreamCachingSendsAPlainStreamWithoutHoldingIt(@TempDir Path dir) throws Exception {
        long size = MEGABYTES * 1024 * 1024 + 7;
        try (var emulator = SalesforceEmulator.builder().start()) {
            assertThat(run(dir, emulator.url(), "plain", size)).containsPattern("up=(\\[" + size + ", \\d+]) down=\\1");
        }
    }
}
