package org.sftoolkit.benchmarks.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What common work costs in CPU, memory and API calls, as a table in Markdown: the figures of an operation, multiplied. */
final class Costs {

    private static final long MILLION = 1_000_000;
    private static final long DAY_AT_100_A_SECOND = 100 * 24 * 3600;
    private static final List<Task> TASKS = List.of(
            new Task("1,000,000 records in, saved as lists of 200", "S3L", MILLION),
            new Task("1,000,000 rows in, bulk, CSV", "S6L-csv", MILLION),
            new Task("1,000,000 records in, bulk", "S6-rows", MILLION),
            new Task("1,000,000 records out, SOQL", "S5L", MILLION),
            new Task("1,000,000 rows out, bulk, CSV", "S7L-csv", MILLION),
            new Task("1,000,000 records out, bulk", "S7-rows", MILLION),
            new Task("100 fetches a second for a day", "S1-1", DAY_AT_100_A_SECOND));

    private Costs() {}

    /** The tasks that were measured; may be empty. */
    static String of(Map<Scenario, List<Cell>> results) {
        Map<String, List<Cell>> cells = results.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().label(), Map.Entry::getValue));
        String rows = TASKS.stream()
                .flatMap(task -> cells.getOrDefault(task.label, List.of()).stream()
                        .filter(cell -> cell.error() == null)
                        .map(task::row))
                .collect(Collectors.joining());
        return rows.isEmpty()
                ? ""
                : "What it costs, from the figures below; memory is the process's peak, heap as the scenario gives"
                        + " it:\n\n"
                        + "| work | client | CPU seconds | peak MB | API calls | measured by |\n"
                        + "|---|---|---|---|---|---|\n" + rows + '\n';
    }

    /**
     * @param what  one line for the reader
     * @param label of the scenario that measures it
     * @param count operations
     */
    private record Task(String what, String label, long count) {

        String row(Cell cell) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.0f | %,d | %s |%n",
                    what,
                    cell.client(),
                    Report.number(cell.median(Run::cpuMicros) * count / 1e6),
                    cell.median(Run::memory),
                    Math.round(cell.median(Run::calls) * count),
                    label);
        }
    }
}
