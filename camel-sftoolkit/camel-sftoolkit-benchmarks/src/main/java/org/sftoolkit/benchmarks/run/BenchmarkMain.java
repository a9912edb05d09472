package org.sftoolkit.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the scenarios, the clients of each interleaved (A B C, A B C, ...), and writes {@code performance.md} (the table) and
 * {@code performance.svg}. Ends with status 1 when a run that has to do with 64 MB of heap did not.
 */
public final class BenchmarkMain {

    private BenchmarkMain() {}

    /** @param args {@code rounds=3 scenarios=S1L,S5 out=target/benchmark}, each optional */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings =
                new LinkedHashMap<>(Map.of("rounds", "3", "out", "target/benchmark", "scenarios", ""));
        for (String arg : args) {
            int equals = arg.indexOf('=');
            settings.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        List<String> chosen = Arrays.stream(settings.get("scenarios").split(","))
                .filter(label -> !label.isBlank())
                .toList();
        Map<Scenario, List<Cell>> results = run(chosen, Integer.parseInt(settings.get("rounds")));
        write(results, Path.of(settings.get("out")));
        long lost = results.entrySet().stream()
                .filter(entry -> entry.getKey().provesMemory())
                .flatMap(entry -> entry.getValue().stream())
                .filter(cell -> cell.error() != null)
                .count();
        if (lost > 0) {
            System.err.println(lost + " scenarios did not do with 64 MB of heap");
            System.exit(1);
        }
    }

    private static Map<Scenario, List<Cell>> run(List<String> chosen, int rounds) throws Exception {
        var results = new LinkedHashMap<Scenario, List<Cell>>();
        try (var processes = new Processes()) {
            for (Scenario scenario : Scenario.all()) {
                if (chosen.isEmpty() || chosen.contains(scenario.label())) {
                    results.put(scenario, cells(scenario, rounds, processes));
                }
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
                Run run = processes.run(scenario, cell.client());
                cell.runs().add(run);
                System.out.printf("%-10s %-17s %d  %s%n", scenario.label(), cell.client(), round, line(run));
            }
        }
        return cells;
    }

    private static String line(Run run) {
        return run.error() != null
                ? run.error()
                : Report.number(run.operations()) + " ops/s, " + Report.number(run.cpuMicros()) + " µs CPU/op, "
                        + run.memory() + " MB";
    }

    private static void write(Map<Scenario, List<Cell>> results, Path folder) throws IOException {
        Files.createDirectories(folder);
        String machine = Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + System.getProperty("java.version");
        var page = new StringBuilder("Measured on " + LocalDate.now() + ", " + machine + ".\n\n");
        page.append(Report.of(results)).append('\n');
        results.keySet().forEach(scenario -> page.append("* ")
                .append(scenario.label())
                .append(": ")
                .append(scenario.what())
                .append('\n'));
        Files.writeString(folder.resolve("performance.md"), page);
        Files.writeString(folder.resolve("performance.svg"), Chart.of(results));
        System.out.println("written to " + folder);
    }
}
