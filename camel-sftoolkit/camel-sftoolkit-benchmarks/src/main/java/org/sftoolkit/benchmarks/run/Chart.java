package org.sftoolkit.benchmarks.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** CPU an operation as bars in SVG, each scenario by its own scale: shorter is better. */
final class Chart {

    private static final int WIDTH = 720;
    private static final int BAR = 18;
    private static final int LEFT = 210;
    private static final Map<String, String> COLOURS =
            Map.of(Scenario.RAW, "#9e9e9e", Scenario.TOOLKIT, "#1565c0", Scenario.CAMEL, "#ef6c00");

    private final StringBuilder bars = new StringBuilder();
    private int y = 10;

    static String of(Map<Scenario, List<Cell>> results) {
        var chart = new Chart();
        results.forEach(chart::group);
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n%s</svg>%n",
                WIDTH,
                chart.y + 10,
                chart.bars);
    }

    private void group(Scenario scenario, List<Cell> cells) {
        List<Cell> measured =
                cells.stream().filter(cell -> cell.error() == null).toList();
        double longest = measured.stream()
                .mapToDouble(cell -> cell.median(Run::cpuMicros))
                .max()
                .orElse(1);
        if (measured.size() < 2 || longest == 0) {
            return;
        }
        text(4, y + 12, "bold", scenario.label() + ": " + scenario.what());
        y += 20;
        for (Cell cell : measured) {
            double value = cell.median(Run::cpuMicros);
            int width = (int) Math.max(1, value / longest * (WIDTH - LEFT - 120));
            text(20, y + 13, "normal", cell.client());
            bars.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
                    LEFT,
                    y,
                    width,
                    BAR - 4,
                    COLOURS.getOrDefault(cell.client(), "#607d8b")));
            text(LEFT + width + 6, y + 12, "normal", Report.number(value) + " µs CPU");
            y += BAR;
        }
        y += 10;
    }

    private void text(int x, int atY, String weight, String content) {
        bars.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-weight=\"%s\">%s</text>%n",
                x,
                atY,
                weight,
                content.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
