package org.sftoolkit.camel.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows who owns loads and jobs, and whether an owner is still alive: {@code machine/process/start/run}. An owner of this process is
 * alive until it ends; one of another process of this machine as long as that process runs; and each only as long as it gives a sign
 * of life once in {@link #LEASE}, measured on the clock of whoever looks. Thread-safe.
 */
final class Owners {

    /** Without a sign of life for so long, an owner has lost what it owned. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration START_TOLERANCE = Duration.ofSeconds(10);
    private static final Set<String> RUNS = ConcurrentHashMap.newKeySet();

    private record Sign(long beat, long nanos) {}

    /** Machine, process and its start. */
    private static final class Self {
        private static final String MACHINE = machine();
        private static final String PROCESS = MACHINE
                + '/'
                + ProcessHandle.current().pid()
                + '/'
                + start(ProcessHandle.current()).toEpochMilli();
    }

    private final LongSupplier nanos;
    private final Map<String, Sign> signs = new HashMap<>();

    Owners(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A new owner of this process. It is alive until {@link #end}. */
    static String begin() {
        String run = Self.PROCESS + '/' + UUID.randomUUID();
        RUNS.add(run);
        return run;
    }

    static void end(String run) {
        RUNS.remove(run);
    }

    /** Whether it is an owner of this process that has not ended. */
    static boolean isRunning(String owner) {
        return RUNS.contains(owner);
    }

    /** Whether this process owns something. */
    static boolean anyAlive() {
        return !RUNS.isEmpty();
    }

    /** The process of an owner. */
    static String process(String owner) {
        int slash = owner.lastIndexOf('/');
        return slash < 0 ? owner : owner.substring(0, slash);
    }

    static boolean isOfThisProcess(String owner) {
        return process(owner).equals(Self.PROCESS);
    }

    /** @param beat the last sign of life in the store; null if there was no such sign */
    synchronized boolean isAlive(String owner, @Nullable Long beat) {
        if (owner.isEmpty() || beat == null) {
            return false;
        }
        if (isOfThisProcess(owner)) {
            return isRunning(owner);
        }
        String process = process(owner);
        String[] parts = process.split("/", -1);
        if (parts.length == 3 && parts[0].equals(Self.MACHINE) && !runs(parts[1], parts[2])) {
            return false;
        }
        long now = nanos.getAsLong();
        Sign last = signs.get(process);
        if (last == null || last.beat() != beat) {
            signs.put(process, new Sign(beat, now));
            return true;
        }
        return now - last.nanos() < LEASE.toNanos();
    }

    private static boolean runs(String pid, String start) {
        try {
            Instant begun = Instant.ofEpochMilli(Long.parseLong(start));
            return ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .filter(process ->
                            Duration.between(start(process), begun).abs().compareTo(START_TOLERANCE) < 0)
                    .isPresent();
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** The name of the host and, for hosts of one name, when its kernel was started. */
    private static String machine() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            host = "unknown";
        }
        String boot;
        try {
            boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            boot = "";
        }
        return (host + '-' + boot).replaceAll("[^A-Za-z0-9.-]", "_");
    }
}
