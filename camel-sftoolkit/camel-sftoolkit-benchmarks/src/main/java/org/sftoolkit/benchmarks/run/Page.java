package org.sftoolkit.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The page that tells the figures: what stands between its marks is what the last run measured, the rest is text. */
final class Page {

    private static final String BEGIN = "<!-- measured -->";
    private static final String END = "<!-- end of what was measured -->";

    private final Path path;

    /** @param path of the page; if it is null, one of the figures alone is written */
    Page(Path path) {
        this.path = path;
    }

    void write(Map<Scenario, List<Cell>> results, String machine) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path chart = path.resolveSibling(path.getFileName().toString().replace(".md", ".svg"));
        Files.writeString(chart, Chart.of(results));
        String page = Files.exists(path) ? Files.readString(path) : BEGIN + END + '\n';
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(path + " has no place for figures between " + BEGIN + " and " + END);
        }
        String figures = measured(results, machine, chart.getFileName().toString());
        Files.writeString(path, page.substring(0, begin) + BEGIN + "\n\n" + figures + '\n' + page.substring(end));
        System.out.println("written to " + path);
    }

    private static String measured(Map<Scenario, List<Cell>> results, String machine, String chart) {
        var text = new StringBuilder("Measured on " + LocalDate.now() + ", " + machine(machine) + ".\n\n");
        text.append(Goals.of(results))
                .append(Costs.of(results))
                .append(Report.of(results))
                .append('\n');
        results.keySet().forEach(scenario -> text.append("* ")
                .append(scenario.label())
                .append(": ")
                .append(scenario.what())
                .append('\n'));
        return text.append("\n![CPU an operation by scenario and client](")
                .append(chart)
                .append(")\n")
                .toString();
    }

    private static String machine(String named) {
        String system = Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + ' '
                + System.getProperty("os.arch") + ", Java " + System.getProperty("java.version");
        return named.isBlank() ? system : named + ", " + system;
    }
}
