package org.sftoolkit.benchmarks.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Work that is measured; the scenarios stand in {@code scenarios.txt}, a line each.
 *
 * @param label       name in the table
 * @param what        one line for the reader
 * @param code        which work
 * @param variant     of that work: whether bodies are CSV or records, where routes go on, how the JVM starts
 * @param ops         operations of a run
 * @param conc        in flight at a time
 * @param warmUp      operations before the measured ones
 * @param windows     measured in a process; more than one are those of a warm client, and each as long as it must be
 * @param latency     milliseconds before each answer
 * @param pageRows    rows of a page of bulk results
 * @param connections given to each client; 0 leaves it at its defaults
 * @param heap        of the client's process, as in {@code -Xmx}
 * @param clients     that do it, the raw client first
 */
record Scenario(
        String label,
        String what,
        String code,
        String variant,
        int ops,
        int conc,
        int warmUp,
        int windows,
        int latency,
        int pageRows,
        int connections,
        String heap,
        List<String> clients) {

    static final String RAW = "raw";
    static final String TOOLKIT = "sftoolkit";
    static final String CAMEL = "camel-salesforce";

    private static final Set<String> SMALL_HEAPS = Set.of("64m", "280m");

    /** All scenarios, in the order of the table. */
    static List<Scenario> all() throws IOException {
        try (InputStream lines = Scenario.class.getResourceAsStream("scenarios.txt")) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Scenario::of)
                    .toList();
        }
    }

    private static Scenario of(String line) {
        String[] cells = line.split("\\s*\\|\\s*");
        return new Scenario(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                Integer.parseInt(cells[4]),
                Integer.parseInt(cells[5]),
                Integer.parseInt(cells[6]),
                Integer.parseInt(cells[7]),
                Integer.parseInt(cells[8]),
                Integer.parseInt(cells[9]),
                Integer.parseInt(cells[10]),
                cells[11],
                List.of(cells[12].split(" ")));
    }

    /** The arguments of a client's process. */
    List<String> arguments(String client, int port) {
        return List.of(
                "driver=" + client,
                "scenario=" + code,
                "variant=" + variant,
                "label=" + label,
                "ops=" + ops,
                "conc=" + conc,
                "warmup=" + warmUp,
                "windows=" + windows,
                "connections=" + connections,
                "port=" + port);
    }

    /** The stub's settings. */
    String stub() {
        return "latency=" + latency + "&queryRows=" + ops + "&bulkRows=" + ops + "&bulkPageRows=" + pageRows;
    }

    /** Whether its clients follow the events of an emulated org, rather than ask the stub. */
    boolean followsEvents() {
        return code.equals("EVENTS");
    }

    /** Whether the JVM maps an archive of the classes that it loaded before (AppCDS). */
    boolean sharesClasses() {
        return variant.equals("cds");
    }

    /** Whether the scenario is there to show that the heap suffices. */
    boolean provesMemory() {
        return SMALL_HEAPS.contains(heap);
    }
}
