package org.sftoolkit.benchmarks.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The goals of speed beside what was measured, as a table in Markdown. */
final class Goals {

    private static final ToDoubleFunction<Run> CPU = Run::cpuMicros;
    private static final ToDoubleFunction<Run> BYTES = Run::bytes;

    private static final List<Goal> GOALS = List.of(
            new Goal(
                    "single fetch, CPU",
                    "S1L",
                    CPU,
                    "raw",
                    1.9,
                    "the hand-over to the pool, futures and filters, mapping, Camel's exchange"),
            new Goal("the same with `EVENT_LOOP`", "S1L-loop", CPU, "raw", 1.5, "futures and filters, mapping"),
            new Goal(
                    "single fetch, allocation in bytes",
                    "S1L",
                    BYTES,
                    null,
                    12_288,
                    "the raw client's share, more than a third; the record's map and texts; Camel's exchange"),
            new Goal("200 in flight, CPU", "S2-200L", CPU, "raw", 1.4, "as for the single fetch"),
            new Goal("saved record, CPU in µs", "S3L", CPU, null, 3.5, "planning of each record, matching of results"),
            new Goal(
                    "saved record, allocation in bytes", "S3L", BYTES, null, 900, "the JSON itself; its Id and result"),
            new Goal("read by id, CPU", "S4L", CPU, "camel-salesforce", 0.6, "the garbage collector"),
            new Goal("read by id, CPU", "S4L", CPU, "raw", 3, "the values; the raw client maps nothing"),
            new Goal(
                    "queried row, CPU in µs",
                    "S5L",
                    CPU,
                    null,
                    0.8,
                    "Jackson's reading of a row, about half; finding its end, a quarter"),
            new Goal("queried row, CPU", "S5L", CPU, "camel-salesforce", 0.3, "the same"),
            new Goal("queried row, allocation in bytes", "S5L", BYTES, null, 1_331, "the values of its fields"),
            new Goal("bulk ingest of CSV in memory, CPU", "S6L-bytes", CPU, "camel-salesforce", 1, "the check of rows"),
            new Goal("bulk ingest of CSV in memory, CPU", "S6L-bytes", CPU, "raw", 2, "the check of rows"),
            new Goal(
                    "bulk query, CSV, CPU", "S7L-csv", CPU, "raw", 1.4, "the count of rows, which shows a broken page"),
            new Goal("start, CPU", "START", CPU, "camel-salesforce", 1, "classes of the component"));

    private Goals() {}

    /** The goals that were measured; may be empty. */
    static String of(Map<Scenario, List<Cell>> results) {
        Map<String, List<Cell>> cells = results.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().label(), Map.Entry::getValue));
        String rows = GOALS.stream()
                        .flatMap(goal -> goal.measured(cells).map(goal::row).stream())
                        .collect(Collectors.joining())
                + startWithArchive(cells);
        return rows.isEmpty()
                ? ""
                : "Goals, and what was measured; a ratio has the other client's figure as 1:\n\n"
                        + "| what | goal | measured | what is left, and where it goes |\n|---|---|---|---|\n" + rows
                        + '\n';
    }

    private static String startWithArchive(Map<String, List<Cell>> cells) {
        Optional<Double> plain = median(cells, "START", Scenario.TOOLKIT, Run::seconds);
        Optional<Double> shared = median(cells, "START-cds", Scenario.TOOLKIT, Run::seconds);
        return plain.isEmpty() || shared.isEmpty()
                ? ""
                : row(
                        "start with an archive of classes, time",
                        "0.50 x START",
                        shared.get() / plain.get(),
                        0.5,
                        "the routes");
    }

    private static Optional<Double> median(
            Map<String, List<Cell>> cells, String label, String client, ToDoubleFunction<Run> figure) {
        return cells.getOrDefault(label, List.of()).stream()
                .filter(cell -> cell.client().equals(client) && cell.error() == null)
                .map(cell -> cell.median(figure))
                .findFirst();
    }

    private static String row(String what, String goal, double measured, double most, String left) {
        return String.format(
                Locale.ROOT,
                "| %s | at most %s | %s | %s |%n",
                what,
                goal,
                Report.number(measured),
                measured <= most ? "reached" : left);
    }

    /**
     * @param what  one line for the reader
     * @param label of the scenario that measures it
     * @param than  the client whose figure is 1; null if the figure itself is the goal
     * @param most  the goal
     * @param left  where the rest goes, by the profiles
     */
    private record Goal(
            String what, String label, ToDoubleFunction<Run> figure, String than, double most, String left) {

        Optional<Double> measured(Map<String, List<Cell>> cells) {
            Optional<Double> own = median(cells, label, Scenario.TOOLKIT, figure);
            return than == null
                    ? own
                    : own.flatMap(value -> median(cells, label, than, figure)
                            .filter(other -> other > 0)
                            .map(other -> value / other));
        }

        String row(double measured) {
            return Goals.row(
                    what + " (" + label + ")",
                    Report.number(most) + (than == null ? "" : " x " + than),
                    measured,
                    most,
                    left);
        }
    }
}
