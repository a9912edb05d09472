package org.sftoolkit.benchmarks.client;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Measures a window of this process: wall time and CPU, and the process's peaks, as one line of JSON. */
final class Meter {

    private final Settings settings;
    private long wall;
    private long cpu;

    Meter(Settings settings) {
        this.settings = settings;
    }

    void start() {
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
        cpu = processCpu();
        wall = System.nanoTime();
    }

    /** Takes all that the process did so far for one operation. */
    void sinceJvmStart() {
        print(1, ManagementFactory.getRuntimeMXBean().getUptime() / 1e3, processCpu() / 1e9);
    }

    void stop(long operations) {
        print(operations, (System.nanoTime() - wall) / 1e9, (processCpu() - cpu) / 1e9);
    }

    private void print(long operations, double seconds, double used) {
        System.out.printf(
                Locale.ROOT,
                "{\"scenario\":\"%s\",\"rival\":\"%s\",\"ops\":%d,\"seconds\":%.3f,\"ops_s\":%.1f,\"cpu_s\":%.3f,"
                        + "\"cpu_us_op\":%.3f,\"rss_mb\":%d,\"heap_max_mb\":%d,\"threads\":%d}%n",
                settings.label(),
                settings.text("rival", settings.driver()),
                operations,
                seconds,
                operations / seconds,
                used,
                used * 1e6 / operations,
                peakMemory() / 1024,
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getThreadMXBean().getPeakThreadCount());
    }

    private static long processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Largest resident set so far in KB; 0 where the system does not tell. */
    private static long peakMemory() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException noLinux) {
            return 0;
        }
    }
}
