package org.sftoolkit.benchmarks.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures some scenarios shortly, all clients in the same minutes, and compares the ratios with the limits of {@link Guard}. Ends
 * with status 1, and says which got worse, if one is exceeded.
 */
public final class GuardMain {

    /** The JVM has compiled most by then; the ratios have tolerance for the rest. */
    private static final int WARM_UP_SECONDS = 3;

    private GuardMain() {}

    /** @param args not used */
    public static void main(String[] args) throws Exception {
        List<Guard.Limit> limits = Guard.limits();
        Set<String> labels = limits.stream().map(Guard.Limit::label).collect(Collectors.toSet());
        List<Scenario> scenarios = Scenario.all().stream()
                .filter(scenario -> labels.contains(scenario.label()))
                .toList();
        Map<Scenario, List<Cell>> results = BenchmarkMain.run(scenarios, 1, WARM_UP_SECONDS);
        for (Guard.Limit limit : limits) {
            results.forEach((scenario, cells) -> {
                if (scenario.label().equals(limit.label())) {
                    System.out.println(limit.line(cells));
                }
            });
        }
        List<String> failures = Guard.failures(limits, results);
        failures.forEach(failure -> System.err.println("worse: " + failure));
        System.exit(failures.isEmpty() ? 0 : 1);
    }
}
