package org.sftoolkit.emulator.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars, drawn as SVG, with the figures as text for those who do not see them. */
final class Chart {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 120;

    private Chart() {}

    /**
     * A bar for each value, in their order.
     *
     * @param summary what the chart shows, in a sentence
     */
    static Html bars(String summary, List<Double> values) {
        double most = values.stream().mapToDouble(value -> value).max().orElse(0);
        List<Html> bars = new ArrayList<>();
        double width = (double) WIDTH / Math.max(20, values.size());
        for (int i = 0; i < values.size(); i++) {
            double height = most == 0 ? 0 : Math.max(1, values.get(i) / most * HEIGHT);
            bars.add(Html.of(
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>",
                    number(i * width),
                    number(HEIGHT - height),
                    number(Math.max(1, width - 1)),
                    number(height),
                    number(values.get(i))));
        }
        return Html.of(
                "<svg class=\"chart\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" role=\"img\""
                        + " aria-label=\"{}\">{}</svg>",
                WIDTH,
                HEIGHT,
                summary,
                bars);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
