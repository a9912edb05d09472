package org.sftoolkit.benchmarks.client;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Measures windows of this process, each as one line of JSON: wall time, CPU and allocation, and the process's peaks. */
final class Meter {

    /** Shorter windows tell more of the clock and the scheduler than of the work. */
    private static final double LEAST_SECONDS = 0.4;

    private final Settings settings;
    private long done;
    private long operations;
    private long wall;
    private long cpu;
    private long compiler;
    private long allocated;

    Meter(Settings settings) {
        this.settings = settings;
    }

    /** Counts work that warms up: requests of the whole process are told by operations of the whole process. */
    void warmedUp(long count) {
        done += count;
    }

    /** Begins a window. */
    void begin() {
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
        operations = 0;
        wall = 0;
        cpu = 0;
        compiler = 0;
        allocated = 0;
    }

    /** Adds the work to the window. */
    void measure(Work work) throws Exception {
        ThreadUse before = ThreadUse.before();
        long began = System.nanoTime();
        long count = work.run();
        long ended = System.nanoTime();
        add(before, count, ended - began);
    }

    /** Whether the window is long enough to be believed. */
    boolean longEnough() {
        return wall / 1e9 >= LEAST_SECONDS;
    }

    /** Takes all that the process did so far for one operation. */
    void sinceJvmStart() {
        add(ThreadUse.none(), 1, ManagementFactory.getRuntimeMXBean().getUptime() * 1_000_000);
        end();
    }

    private void add(ThreadUse before, long count, long nanos) {
        ThreadUse after = ThreadUse.after();
        wall += nanos;
        cpu += after.cpuSince(before);
        compiler += after.compilerSince(before);
        allocated += after.allocatedSince(before);
        operations += count;
        done += count;
    }

    /** Ends a window, and prints it. */
    void end() {
        System.out.printf(
                Locale.ROOT,
                "{\"scenario\":\"%s\",\"rival\":\"%s\",\"ops\":%d,\"done\":%d,\"seconds\":%.6f,\"ops_s\":%.1f,"
                        + "\"cpu_us_op\":%.4f,\"compiler_us_op\":%.4f,\"bytes_op\":%.1f,\"rss_mb\":%d,\"threads\":%d}%n",
                settings.label(),
                settings.text("rival", settings.driver()),
                operations,
                done,
                wall / 1e9,
                operations / (wall / 1e9),
                cpu / 1e3 / operations,
                compiler / 1e3 / operations,
                (double) allocated / operations,
                peakMemory() / 1024,
                ManagementFactory.getThreadMXBean().getPeakThreadCount());
    }

    /** Largest resident set so far in KB; 0 if the system does not tell. */
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
