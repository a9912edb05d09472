package org.sftoolkit.emulator.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.control.Controlled;
import org.sftoolkit.emulator.fault.FaultJson;
import org.sftoolkit.emulator.fault.FaultKind;
import org.sftoolkit.emulator.fault.FaultPlan;

/** The faults to come, and a form for each kind. */
final class FaultsPanel implements Panel {

    private static final List<String> OF_FORM = List.of("fault", "when", "times", "percent");

    private final FaultPlan faults;

    FaultsPanel(Controlled emulator) {
        this.faults = emulator.faults();
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Panel.get("/faults", this::page),
                Panel.get("/faults/form", this::form),
                Panel.post("/faults", this::add),
                Panel.post("/faults/clear", this::clear));
    }

    private Answer page(ApiCall call) {
        Html kinds = Html.all(Arrays.stream(FaultKind.values())
                .map(kind -> Html.of("<option value=\"{}\">{}</option>", kind.wireName(), kind.wireName())));
        return Layout.page(
                ROOT + "/faults",
                "Faults",
                Html.of(
                        """
                        {}
                        <h2>Add a fault</h2>
                        <form hx-post="/__emulator/page/faults" hx-target="#faults" hx-swap="outerHTML">
                        <label for="fault">Kind</label>
                        <select id="fault" name="fault" hx-get="/__emulator/page/faults/form" hx-target="#parameters">{}</select>
                        <div id="parameters">{}</div>
                        <div class="grid">
                        <div><label for="when">When</label>
                        <input id="when" name="when" value="*" aria-describedby="when-help">
                        <small id="when-help">POST composite/sobjects, sobjects/Account, jobs/*, * for all</small></div>
                        <div><label for="times">Times</label><input id="times" name="times" type="number" min="1" value="1"></div>
                        <div><label for="percent">Percent, by chance</label><input id="percent" name="percent" type="number" min="0" max="100" step="any"></div>
                        </div>
                        <button type="submit">Add</button>
                        </form>
                        """,
                        list(Html.NONE),
                        kinds,
                        parameters(shownFirst())));
    }

    private Answer form(ApiCall call) {
        String wanted = call.queryParam("fault").orElse("");
        return Layout.part(Arrays.stream(FaultKind.values())
                .filter(kind -> kind.wireName().equals(wanted))
                .findFirst()
                .map(FaultsPanel::parameters)
                .orElse(Html.NONE));
    }

    /** A browser takes the first choice of a list until a person takes another. */
    @SuppressWarnings("EnumOrdinal")
    private static FaultKind shownFirst() {
        return FaultKind.values()[0];
    }

    private static Html parameters(FaultKind kind) {
        return Html.of(
                "<p>{}</p><div class=\"grid\">{}</div>",
                kind.effect(),
                Html.all(kind.parameters().stream().map(FaultsPanel::control)));
    }

    private static Html control(FaultKind.Parameter parameter) {
        String id = "parameter-" + parameter.name();
        Html required = parameter.required() ? Html.of(" required") : Html.NONE;
        Html input;
        if (!parameter.choices().isEmpty()) {
            input = Html.of(
                    "<select id=\"{}\" name=\"{}\">{}</select>",
                    id,
                    parameter.name(),
                    Html.all(parameter.choices().stream()
                            .map(choice -> Html.of(
                                    "<option{}>{}</option>",
                                    choice.equals(parameter.usual()) ? Html.of(" selected") : Html.NONE,
                                    choice))));
        } else {
            input = switch (parameter.type()) {
                case NUMBER ->
                    Html.of(
                            "<input id=\"{}\" name=\"{}\" type=\"number\" value=\"{}\"{}>",
                            id,
                            parameter.name(),
                            parameter.usual(),
                            required);
                case FLAG ->
                    Html.of("<input id=\"{}\" name=\"{}\" type=\"checkbox\" value=\"true\">", id, parameter.name());
                case MAP, LIST ->
                    Html.of(
                            "<textarea id=\"{}\" name=\"{}\" rows=\"2\" placeholder=\"{}\"></textarea>",
                            id,
                            parameter.name(),
                            parameter.type() == FaultKind.Type.MAP ? "Name: value, one a line" : "Name, one a line");
                case TEXT ->
                    Html.of(
                            "<input id=\"{}\" name=\"{}\" value=\"{}\"{}>",
                            id,
                            parameter.name(),
                            parameter.usual(),
                            required);
            };
        }
        return Html.of("<div><label for=\"{}\">{}</label>{}</div>", id, parameter.name(), input);
    }

    private Answer add(ApiCall call) {
        try {
            FaultJson.addTo(faults, json(call.form()));
            return Layout.part(list(Layout.note("Added.")));
        } catch (IllegalArgumentException e) {
            return Layout.part(list(Layout.problem(e.getMessage())));
        }
    }

    /** The form as the JSON that is sent to {@code /__emulator/faults}. */
    private static Map<String, Object> json(Map<String, String> form) {
        Map<String, Object> json = new LinkedHashMap<>();
        FaultKind kind = Arrays.stream(FaultKind.values())
                .filter(known -> known.wireName().equals(form.get("fault")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown fault '" + form.get("fault") + "'"));
        form.forEach((name, value) -> {
            if (!value.isBlank() && OF_FORM.contains(name)) {
                json.put(name, name.equals("times") || name.equals("percent") ? number(name, value) : value);
            }
        });
        for (FaultKind.Parameter parameter : kind.parameters()) {
            String value = form.getOrDefault(parameter.name(), "").strip();
            if (!value.isEmpty()) {
                json.put(parameter.name(), typed(parameter, value));
            }
        }
        if (json.containsKey("percent")) {
            json.remove("times");
        }
        if (kind == FaultKind.ROW_LOCK) {
            json.remove("when");
        }
        return json;
    }

    private static Object typed(FaultKind.Parameter parameter, String value) {
        return switch (parameter.type()) {
            case TEXT -> value;
            case NUMBER -> number(parameter.name(), value);
            case FLAG -> value.equals("true");
            case LIST -> value.lines().map(String::strip).toList();
            case MAP -> headers(parameter.name(), value);
        };
    }

    private static Map<String, String> headers(String name, String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" must have lines such as 'Retry-After: 2', not '" + line + "'");
            }
            headers.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        });
        return headers;
    }

    private static Number number(String name, String value) {
        try {
            return value.contains(".") ? (Number) Double.valueOf(value) : (Number) Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + name + "\" must be a number, not '" + value + "'", e);
        }
    }

    private Answer clear(ApiCall call) {
        faults.clear();
        return Layout.part(list(Layout.note("No faults any more.")));
    }

    private Html list(Html note) {
        List<Html> rows = new ArrayList<>();
        faults.rules().forEach(rule -> rows.add(row(FaultJson.of(rule))));
        faults.locks().forEach(lock -> rows.add(row(FaultJson.of(lock))));
        return Html.of(
                """
                <div id="faults">
                {}
                <p>{} requests and rows were struck since the start.</p>
                {}
                </div>
                """,
                note,
                faults.struck(),
                rows.isEmpty()
                        ? Html.of("<p>No faults are to come.</p>")
                        : Html.all(
                                Layout.table(
                                        "Faults to come",
                                        List.of("Kind", "When", "Times left", "Percent", "Parameters"),
                                        Html.all(rows)),
                                Html.of("<button class=\"outline\" hx-post=\"/__emulator/page/faults/clear\""
                                        + " hx-target=\"#faults\" hx-swap=\"outerHTML\">Clear all</button>")));
    }

    private static Html row(Map<String, Object> fault) {
        Map<String, Object> rest = new LinkedHashMap<>(fault);
        OF_FORM.forEach(rest::remove);
        rest.values().removeIf(value -> value == null || value.equals(Map.of()) || value.equals(List.of()));
        Object times = fault.get("times");
        return Html.of(
                "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
                fault.get("fault"),
                fault.get("when"),
                times instanceof Integer left && left == Integer.MAX_VALUE ? "always" : times,
                fault.get("percent"),
                rest.isEmpty() ? "" : rest);
    }
}
