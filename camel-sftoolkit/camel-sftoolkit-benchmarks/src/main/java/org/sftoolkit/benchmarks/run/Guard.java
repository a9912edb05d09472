package org.sftoolkit.benchmarks.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How much of other clients' CPU and memory this component may take; the limits stand in {@code guard.txt}, a line each. */
final class Guard {

    private Guard() {}

    /** All limits, in the order of the file. */
    static List<Limit> limits() throws IOException {
        try (InputStream lines = Guard.class.getResourceAsStream("guard.txt")) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Guard::limit)
                    .toList();
        }
    }

    private static Limit limit(String line) {
        String[] cells = line.split("\\s*\\|\\s*");
        return new Limit(cells[0], Figure.valueOf(cells[1]), cells[2], Double.parseDouble(cells[3]));
    }

    /** What got worse, a line each; empty if nothing did. What was not measured is also told. */
    static List<String> failures(List<Limit> limits, Map<Scenario, List<Cell>> results) {
        Map<String, List<Cell>> cells = results.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().label(), Map.Entry::getValue));
        return limits.stream()
                .filter(limit -> !limit.holds(cells.getOrDefault(limit.label(), List.of())))
                .map(limit -> limit.line(cells.getOrDefault(limit.label(), List.of())))
                .toList();
    }

    /** What is compared. */
    enum Figure {
        CPU("CPU", Run::cpuMicros),
        ALLOCATION("allocation", Run::bytes);

        private final String shown;
        private final ToDoubleFunction<Run> of;

        Figure(String shown, ToDoubleFunction<Run> of) {
            this.shown = shown;
            this.of = of;
        }
    }

    /**
     * One limit.
     *
     * @param label of the scenario
     * @param than  the client that is compared with
     * @param most  this component's figure, if the other client's is 1
     */
    record Limit(String label, Figure figure, String than, double most) {

        boolean holds(List<Cell> cells) {
            double ratio = ratio(cells);
            return ratio > 0 && ratio <= most;
        }

        /** The ratio, and what it may be. */
        String line(List<Cell> cells) {
            double ratio = ratio(cells);
            return String.format(
                    Locale.ROOT,
                    "%s: %s %s, may be %.2f times that of %s",
                    label,
                    figure.shown,
                    ratio > 0 ? String.format(Locale.ROOT, "%.2f", ratio) : "was not measured",
                    most,
                    than);
        }

        /** 0 if a client has no figure. */
        private double ratio(List<Cell> cells) {
            double other = median(cells, than);
            return other > 0 ? median(cells, Scenario.TOOLKIT) / other : 0;
        }

        private double median(List<Cell> cells, String client) {
            return cells.stream()
                    .filter(cell -> cell.client().equals(client) && cell.error() == null)
                    .mapToDouble(cell -> cell.median(figure.of))
                    .findFirst()
                    .orElse(0);
        }
    }
}
