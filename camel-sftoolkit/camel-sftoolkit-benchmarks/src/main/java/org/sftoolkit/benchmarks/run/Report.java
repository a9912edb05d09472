package org.sftoolkit.benchmarks.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures as a table in Markdown: medians, ranges, and the ratio to the raw client. */
final class Report {

    private final StringBuilder text = new StringBuilder();

    static String of(Map<Scenario, List<Cell>> results) {
        var report = new Report();
        report.row(
                "scenario",
                "client",
                "seconds",
                "ops/s",
                "CPU µs/op",
                "compiler µs/op",
                "bytes/op",
                "ops/s, raw = 1",
                "CPU, raw = 1",
                "CPU, camel-salesforce = 1",
                "peak MB",
                "threads",
                "in flight");
        report.text.append("|---".repeat(13)).append("|\n");
        results.forEach(report::rows);
        return report.text.toString();
    }

    private void rows(Scenario scenario, List<Cell> cells) {
        Cell raw = measured(Scenario.RAW, cells);
        Cell camel = measured(Scenario.CAMEL, cells);
        for (Cell cell : cells) {
            if (cell.error() != null) {
                row(scenario.label(), cell.client(), "fails: " + cell.error().replace("|", "/"));
                continue;
            }
            row(
                    scenario.label(),
                    cell.client(),
                    range(cell, Run::seconds),
                    range(cell, Run::operations),
                    range(cell, Run::cpuMicros),
                    number(cell.median(Run::compilerMicros)),
                    number(cell.median(Run::bytes)),
                    ratio(cell, raw, Run::operations),
                    ratio(cell, raw, Run::cpuMicros),
                    ratio(cell, camel, Run::cpuMicros),
                    range(cell, Run::memory),
                    range(cell, Run::threads),
                    range(cell, Run::peakInFlight));
        }
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static Cell measured(String client, List<Cell> cells) {
        return cells.stream()
                .filter(cell -> cell.client().equals(client) && cell.error() == null)
                .findFirst()
                .orElse(null);
    }

    private static String ratio(Cell cell, Cell other, ToDoubleFunction<Run> figure) {
        return other == null || other == cell || other.median(figure) == 0
                ? ""
                : String.format(Locale.ROOT, "%.2f", cell.median(figure) / other.median(figure));
    }

    private static String range(Cell cell, ToDoubleFunction<Run> figure) {
        String median = number(cell.median(figure));
        String least = number(cell.least(figure));
        String most = number(cell.most(figure));
        return least.equals(most) ? median : median + " (" + least + "-" + most + ")";
    }

    static String number(double value) {
        if (value >= 1_000_000) {
            return String.format(Locale.ROOT, "%.2fM", value / 1_000_000);
        }
        if (value >= 10_000) {
            return String.format(Locale.ROOT, "%.1fk", value / 1_000);
        }
        return value >= 100
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
