package org.sftoolkit.benchmarks.run;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * All windows of one client in one scenario.
 *
 * @param client its name
 * @param runs   in order
 */
record Cell(String client, List<Run> runs) {

    /** Why it has no figures; null if it has. */
    String error() {
        return runs.stream()
                .map(Run::error)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    double median(ToDoubleFunction<Run> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least(ToDoubleFunction<Run> figure) {
        return runs.stream().mapToDouble(figure).min().orElse(0);
    }

    double most(ToDoubleFunction<Run> figure) {
        return runs.stream().mapToDouble(figure).max().orElse(0);
    }
}
