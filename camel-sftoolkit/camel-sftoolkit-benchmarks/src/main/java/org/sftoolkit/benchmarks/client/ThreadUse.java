package org.sftoolkit.benchmarks.client;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the threads of this process have used so far, each by its number: CPU in nanoseconds and bytes allocated. The JVM's
 * compiler is apart, the garbage collector is not. A thread that ended between two looks is left out.
 *
 * @param cpu       of all threads but the compiler's
 * @param compiler  of the compiler's threads
 * @param allocated by Java's threads
 */
record ThreadUse(Map<Long, Long> cpu, Map<Long, Long> compiler, Map<Long, Long> allocated) {

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final Comparator<Path> BY_NUMBER =
            Comparator.comparingLong(task -> Long.parseLong(task.getFileName().toString()));

    /** Before a window: the caller's thread, which has the lowest number, comes last, so that this look is not counted. */
    static ThreadUse before() {
        Map<Long, Long> allocated = allocatedBytes();
        return tasks(BY_NUMBER.reversed(), allocated);
    }

    /** Behind a window: the caller's thread comes first. */
    static ThreadUse after() {
        return tasks(BY_NUMBER, allocatedBytes());
    }

    /** What the process has used since it began. */
    static ThreadUse none() {
        return new ThreadUse(Map.of(), Map.of(), Map.of());
    }

    long cpuSince(ThreadUse before) {
        return since(cpu, before.cpu);
    }

    long compilerSince(ThreadUse before) {
        return since(compiler, before.compiler);
    }

    long allocatedSince(ThreadUse before) {
        return since(allocated, before.allocated);
    }

    private static long since(Map<Long, Long> now, Map<Long, Long> before) {
        return now.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    private static ThreadUse tasks(Comparator<Path> order, Map<Long, Long> allocated) {
        var cpu = new HashMap<Long, Long>();
        var compiler = new HashMap<Long, Long>();
        try (Stream<Path> tasks = Files.list(TASKS)) {
            for (Path task : tasks.sorted(order).toList()) {
                note(task, cpu, compiler);
            }
        } catch (IOException noLinux) {
            var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            cpu.put(0L, system.getProcessCpuTime());
        }
        return new ThreadUse(cpu, compiler, allocated);
    }

    private static void note(Path task, Map<Long, Long> cpu, Map<Long, Long> compiler) {
        try {
            boolean compiles = Files.readString(task.resolve("comm")).matches("(?s)C[12] Compiler.*");
            String used = Files.readString(task.resolve("schedstat"));
            (compiles ? compiler : cpu)
                    .put(
                            Long.parseLong(task.getFileName().toString()),
                            Long.parseLong(used.substring(0, used.indexOf(' '))));
        } catch (IOException ended) {
            // a thread may end while its figures are read
        }
    }

    private static Map<Long, Long> allocatedBytes() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        var allocated = new HashMap<Long, Long>();
        for (int i = 0; i < ids.length; i++) {
            allocated.put(ids[i], Math.max(0, bytes[i]));
        }
        return allocated;
    }
}
