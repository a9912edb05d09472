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
        report.text.append(
                "| scenario | client | seconds | ops/s | CPU µs/op | to raw: CPU | to raw: ops/s | peak MB | threads | in flight |\n");
        report.text.append("|---|---|---|---|---|---|---|---|---|---|\n");
        results.forEach(report::rows);
        return report.text.toString();
    }

    private void rows(Scenario scenario, List<Cell> cells) {
        Cell raw = cells.stream()
                .filter(cell -> cell.client().equals(Scenario.RAW) && cell.error() == null)
                .findFirst()
                .orElse(null);
        for (Cell cell : cells) {
            text.append("| ")
                    .append(scenario.label())
                    .append(" | ")
                    .append(cell.client())
                    .append(" | ");
            if (cell.error() != null) {
                text.append("fails: ").append(cell.error().replace("|", "/")).append(" | | | | | | | |\n");
                continue;
            }
            text.append(range(cell, Run::seconds)).append(" | ");
            text.append(range(cell, Run::operations)).append(" | ");
            text.append(range(cell, Run::cpuMicros)).append(" | ");
            text.append(ratio(cell, raw, Run::cpuMicros)).append(" | ");
            text.append(ratio(cell, raw, Run::operations)).append(" | ");
            text.append(range(cell, Run::memory)).append(" | ");
            text.append(range(cell, Run::threads)).append(" | ");
            text.append(range(cell, Run::peakInFlight)).append(" |\n");
        }
    }

    private static String ratio(Cell cell, Cell raw, ToDoubleFunction<Run> figure) {
        return raw == null || raw == cell || raw.median(figure) == 0
                ? ""
                : String.format(Locale.ROOT, "%.2f", cell.median(figure) / raw.median(figure));
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
