package org.sftoolkit.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the scenarios, the clients of each interleaved (A B C, A B C, ...), and writes what came of them into a page between
 * two marks, and as a chart beside it. Ends with status 1 when a run that has to do with a small heap did not.
 */
public final class BenchmarkMain {

    /** A client that needs longer for its warm-up is warm by then. */
    private static final int WARM_UP_SECONDS = 12;

    private BenchmarkMain() {}

    /** @param args {@code rounds=3 scenarios=S1L,S5 page=docs/performance.md machine=...}, each optional */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>(
                Map.of("rounds", "3", "page", "target/performance.md", "scenarios", "", "machine", ""));
        for (String arg : args) {
            int equals = arg.indexOf('=');
            settings.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        List<String> chosen = Arrays.stream(settings.get("scenarios").split(","))
                .filter(label -> !label.isBlank())
                .toList();
        List<Scenario> scenarios = Scenario.all().stream()
                .filter(scenario -> chosen.isEmpty() || chosen.contains(scenario.label()))
                .toList();
        Map<Scenario, List<Cell>> results = run(scenarios, Integer.parseInt(settings.get("rounds")), WARM_UP_SECONDS);
        new Page(Path.of(settings.get("page"))).write(results, settings.get("machine"));
        long lost = results.entrySet().stream()
                .filter(entry -> entry.getKey().provesMemory())
                .flatMap(entry -> entry.getValue().stream())
                .filter(cell -> cell.error() != null)
                .count();
        if (lost > 0) {
            System.err.println(lost + " scenarios did not do with their small heap");
            System.exit(1);
        }
    }

    /** Measures scenarios. A warm-up ends after so many seconds. */
    static Map<Scenario, List<Cell>> run(List<Scenario> scenarios, int rounds, int warmUpSeconds) throws Exception {
        var results = new LinkedHashMap<Scenario, List<Cell>>();
        try (var processes = new Processes(warmUpSeconds)) {
            for (Scenario scenario : scenarios) {
                results.put(scenario, cells(scenario, rounds, processes));
            }
        }
        return results;
    }

    private static List<Cell> cells(Scenario scenario, int rounds, Processes processes)
            throws IOException, InterruptedException {
        List<Cell> cells = scenario.clients().stream()
                .map(client -> new Cell(client, new ArrayList<>()))
                .toList();
        for (int round = 1; round <= rounds; round++) {
            for (Cell cell : cells) {
                for (Run run : processes.run(scenario, cell.client())) {
                    cell.runs().add(run);
                    System.out.printf("%-10s %-17s %d  %s%n", scenario.label(), cell.client(), round, line(run));
                }
            }
        }
        return cells;
    }

    private static String line(Run run) {
        return run.error() != null
                ? run.error()
                : Report.number(run.operations()) + " ops/s, " + Report.number(run.cpuMicros()) + " µs CPU/op, "
                        + Report.number(run.bytes()) + " B/op, " + run.memory() + " MB";
    }
}
