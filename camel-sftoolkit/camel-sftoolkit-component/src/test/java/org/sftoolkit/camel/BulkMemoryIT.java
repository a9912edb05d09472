package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.bulk.Blackhole;
import org.sftoolkit.emulator.bulk.ComputedRows;

/**
 * Loads and extracts that are many times larger than the heap of the process they run in, counted and summed up at both ends.
 * Short by default; {@code -Pload} runs them at full size.
 */
class BulkMemoryIT {

    private static final long LOADED = Long.getLong("load.bulkRows", 100_000);
    private static final long EXTRACTED = Long.getLong("extract.bulkRows", 200_000);

    @Test
    void loadPassesInASmallHeap() throws Exception {
        try (var emulator = SalesforceEmulator.builder().accessToken("t").start()) {
            Blackhole hole = emulator.bulk().blackhole("Account");
            long sum = run("load", emulator.url(), LOADED);
            assertThat(hole.rows()).isEqualTo(LOADED);
            assertThat(hole.checksum()).isEqualTo(sum);
        }
    }

    @Test
    void extractPassesInASmallHeap() throws Exception {
        try (var emulator = SalesforceEmulator.builder().accessToken("t").start()) {
            emulator.bulk().compute("Account", new ComputedRows(EXTRACTED, BulkMemoryMain::row));
            long sum = run("extract", emulator.url(), EXTRACTED);
            assertThat(sum)
                    .isEqualTo(LongStream.range(0, EXTRACTED)
                            .map(n -> Blackhole.hash(BulkMemoryMain.row(n)))
                            .sum());
        }
    }

    private static long run(String what, String url, long rows) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BulkMemoryMain.class.getName(),
                        what,
                        url,
                        Long.toString(rows)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines()
                .filter(line -> line.startsWith("sum="))
                .map(line -> Long.parseLong(line.substring(4)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(output));
    }
}
