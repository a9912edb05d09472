package org.sftoolkit.emulator.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.control.Controlled;
import org.sftoolkit.emulator.org.ApiUsage;
import org.sftoolkit.emulator.traffic.LoggedRequest;
import org.sftoolkit.emulator.traffic.RequestLog;

/** Calls against the limit, how long they took, and the settings for both. */
final class LimitsPanel implements Panel {

    private static final int SHOWN = 200;

    private final Controlled emulator;

    LimitsPanel(Controlled emulator) {
        this.emulator = emulator;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Panel.get("/limits", this::page),
                Panel.get("/limits/figures", call -> Layout.part(figures())),
                Panel.post("/limits", this::change));
    }

    private Answer page(ApiCall call) {
        return Layout.page(
                ROOT + "/limits", "Limits", Html.all(figures(), Html.of("<h2>Settings</h2>"), form(Html.NONE)));
    }

    private Html figures() {
        ApiUsage usage = emulator.usage();
        List<LoggedRequest> newest = emulator.requests().newest("*", SHOWN).stream()
                .map(RequestLog.Numbered::request)
                .toList();
        List<Double> millis = new ArrayList<>(
                newest.stream().map(request -> request.took().toNanos() / 1e6).toList());
        Collections.reverse(millis);
        List<Double> sorted = millis.stream().sorted().toList();
        String summary = sorted.isEmpty()
                ? "No requests yet."
                : "The newest " + sorted.size() + " requests: median " + at(sorted, 0.5) + " ms, 95th percentile "
                        + at(sorted, 0.95) + " ms, longest " + at(sorted, 1) + " ms.";
        return Html.of(
                """
                <div id="figures" hx-get="/__emulator/page/limits/figures" hx-trigger="every 2s" hx-swap="outerHTML">
                <h2 id="calls">Calls of the API</h2>
                <p><progress aria-labelledby="calls" max="{}" value="{}"></progress></p>
                <p>{} of {} calls are used. {} query results can be read on, {} tokens are alive.</p>
                <h2>Latency</h2>
                <p>{}</p>
                {}
                <h2>By resource</h2>
                {}
                </div>
                """,
                usage.limit(),
                Math.min(usage.used(), usage.limit()),
                usage.used(),
                usage.limit(),
                emulator.cursors().size(),
                emulator.sessions().living(),
                summary,
                sorted.isEmpty() ? Html.NONE : Chart.bars("Milliseconds of each request. " + summary, millis),
                resources(newest));
    }

    private static Html resources(List<LoggedRequest> newest) {
        Map<String, List<Double>> byResource = new LinkedHashMap<>();
        newest.forEach(request -> byResource
                .computeIfAbsent(request.method() + " " + request.resource(), name -> new ArrayList<>())
                .add(request.took().toNanos() / 1e6));
        if (byResource.isEmpty()) {
            return Html.of("<p>No requests yet.</p>");
        }
        return Layout.table(
                "Requests by resource",
                List.of("Resource", "Requests", "Median ms", "Longest ms"),
                Html.all(byResource.entrySet().stream().map(entry -> {
                    List<Double> sorted = entry.getValue().stream().sorted().toList();
                    return Html.of(
                            "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td"
                                    + " class=\"number\">{}</td></tr>",
                            entry.getKey(),
                            sorted.size(),
                            at(sorted, 0.5),
                            at(sorted, 1));
                })));
    }

    private static String at(List<Double> sorted, double share) {
        return Chart.number(sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size()))));
    }

    private Answer change(ApiCall call) {
        try {
            Map<String, String> form = call.form();
            emulator.settings().latency(Duration.ofMillis(number(form, "latency")));
            emulator.usage().setLimit((int) number(form, "dailyLimit"));
            emulator.usage().setUsed((int) number(form, "usedCalls"));
            emulator.settings().pageSize((int) number(form, "pageSize"));
            emulator.requests().keepBodies((int) number(form, "keepBodies"));
            return Layout.part(form(Layout.note("Changed.")));
        } catch (IllegalArgumentException e) {
            return Layout.part(form(Layout.problem(e.getMessage())));
        }
    }

    private static long number(Map<String, String> form, String name) {
        String value = form.getOrDefault(name, "").strip();
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(name + " must be a whole number, not '" + value + "'");
        }
        return Long.parseLong(value);
    }

    private Html form(Html note) {
        return Html.of(
                """
                <form id="settings" hx-post="/__emulator/page/limits" hx-swap="outerHTML">
                {}
                <div class="grid">{}{}{}{}{}</div>
                <button type="submit">Change</button>
                </form>
                """,
                note,
                input(
                        "latency",
                        "Latency of each call, ms",
                        emulator.settings().latency().toMillis()),
                input("dailyLimit", "Calls a day", emulator.usage().limit()),
                input("usedCalls", "Calls used", emulator.usage().used()),
                input("pageSize", "Records of a page", emulator.settings().pageSize()),
                input(
                        "keepBodies",
                        "Characters of bodies to keep",
                        emulator.requests().keptBody()));
    }

    private static Html input(String name, String label, long value) {
        return Html.of(
                "<div><label for=\"{}\">{}</label><input id=\"{}\" name=\"{}\" type=\"number\" min=\"0\" value=\"{}\""
                        + " required></div>",
                name,
                label,
                name,
                name,
                value);
    }
}
