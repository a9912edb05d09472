package org.sftoolkit.emulator.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.control.Controlled;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.soql.QueryContext;
import org.sftoolkit.emulator.soql.QueryCursors;
import org.sftoolkit.emulator.soql.Soql;
import org.sftoolkit.emulator.soql.SoqlException;
import org.sftoolkit.emulator.soql.SoqlStructure;

/** A box for SOQL, with the rows, the place of an error, and how the statement was understood. */
final class QueryPanel implements Panel {

    private static final int ROWS = 200;
    private static final String SESSION = "page";
    private static final String FIRST = "SELECT Id, Name FROM Account ORDER BY Name LIMIT 100";

    private final Org org;
    /** Its own, so that looking at rows displaces no cursor of a client. */
    private final QueryCursors cursors;

    QueryPanel(Controlled emulator) {
        this.org = emulator.org();
        this.cursors = new QueryCursors(org.clock(), 10, Duration.ofHours(1));
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Panel.get("/query", this::page),
                Panel.post("/query", this::run),
                Panel.get("/query/{locator}", this::next));
    }

    private Answer page(ApiCall call) {
        return Layout.page(
                ROOT + "/query",
                "Query",
                Html.of(
                        """
                        <form hx-post="/__emulator/page/query" hx-target="#result">
                        <label for="soql">SOQL</label>
                        <textarea id="soql" name="soql" rows="4" spellcheck="false" required>{}</textarea>
                        <label><input type="checkbox" name="deleted" value="yes"> With the recycle bin (queryAll)</label>
                        <button type="submit">Run</button>
                        </form>
                        <div id="result" aria-live="polite"></div>
                        """,
                        call.queryParam("soql").orElse(FIRST)));
    }

    private Answer run(ApiCall call) {
        String soql = call.form().getOrDefault("soql", "");
        boolean deleted = "yes".equals(call.form().get("deleted"));
        QueryContext context = new QueryContext(
                org, org.clock().instant(), org.zoneOf(org.userId()), org.userId(), "/services/data/v66.0", deleted);
        try {
            long began = System.nanoTime();
            ObjectNode page = cursors.first(Soql.run(soql, context), SESSION, SESSION, ROWS);
            double millis = Math.floor((System.nanoTime() - began) / 1_000.0) / 1_000;
            return Layout.part(Html.all(
                    Html.of("<p>{} rows in {} ms</p>", page.path("totalSize").asText(), millis),
                    rows(page),
                    plan(soql, context)));
        } catch (SoqlException e) {
            return Layout.part(error(soql, e));
        }
    }

    private Answer next(ApiCall call) {
        try {
            return Layout.part(rows(cursors.next(call.param("locator"), SESSION)));
        } catch (SoqlException e) {
            return Layout.part(Layout.problem("These rows are gone: run the statement again."));
        }
    }

    private static Html error(String soql, SoqlException e) {
        String message = e.getMessage().strip();
        Html place = Html.NONE;
        if (e.position() >= 0) {
            int at = Math.min(e.position(), soql.length());
            int to = at;
            while (to < soql.length()
                    && !Character.isWhitespace(soql.charAt(to))
                    && ",()".indexOf(soql.charAt(to)) < 0) {
                to++;
            }
            String wrong = at == soql.length() ? " " : soql.substring(at, Math.max(to, at + 1));
            place = Html.of(
                    "<pre class=\"statement\">{}<mark>{}</mark>{}</pre>",
                    soql.substring(0, at),
                    wrong,
                    soql.substring(Math.min(soql.length(), at + wrong.length())));
            message = message.substring(Math.max(0, message.indexOf("ERROR at")));
        }
        return Html.of("<div role=\"alert\" class=\"problem\"><p>{}: {}</p>{}</div>", e.errorCode(), message, place);
    }

    /** The rows as a table, and a button for more of them, which takes the button's place. */
    private Html rows(ObjectNode page) {
        List<Map<String, Object>> rows = new ArrayList<>();
        page.path("records").forEach(record -> {
            Map<String, Object> cells = new LinkedHashMap<>();
            flatten("", record, cells);
            rows.add(cells);
        });
        Set<String> columns = rows.stream()
                .flatMap(row -> row.keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Html table = rows.isEmpty()
                ? Html.NONE
                : Layout.table(
                        "Rows of the query",
                        List.copyOf(columns),
                        Html.all(rows.stream()
                                .map(row -> Html.of(
                                        "<tr>{}</tr>",
                                        Html.all(columns.stream()
                                                .map(name -> Html.of("<td>{}</td>", row.get(name))))))));
        String next = page.path("nextRecordsUrl").asText("");
        return Html.all(
                table,
                Html.when(
                        !next.isEmpty(),
                        "<p><button class=\"outline\" hx-get=\"{}\" hx-target=\"closest p\" hx-swap=\"outerHTML\">More"
                                + " rows</button></p>",
                        ROOT + "/query/" + Panel.encoded(next.substring(next.lastIndexOf('/') + 1))));
    }

    private void flatten(String prefix, JsonNode record, Map<String, Object> cells) {
        record.properties().forEach(entry -> {
            String name = prefix + entry.getKey();
            JsonNode value = entry.getValue();
            if (entry.getKey().equals("attributes")) {
                return;
            }
            if (value.has("records")) {
                cells.put(name, children(value));
            } else if (value.isObject()) {
                flatten(name + ".", value, cells);
            } else {
                cells.put(name, value.isNull() ? null : link(entry.getKey(), value.asText()));
            }
        });
    }

    private Html children(JsonNode list) {
        List<Html> rows = new ArrayList<>();
        list.path("records").forEach(record -> {
            Map<String, Object> cells = new LinkedHashMap<>();
            flatten("", record, cells);
            rows.add(Html.of(
                    "<li>{}</li>",
                    Html.all(cells.entrySet().stream()
                            .map(cell -> Html.of("{}: {}; ", cell.getKey(), cell.getValue())))));
        });
        return Html.of(
                "<details><summary>{} rows</summary><ul>{}</ul></details>",
                list.path("totalSize").asText(),
                rows);
    }

    private Object link(String name, String value) {
        boolean id = name.endsWith("Id") && value.matches("[0-9A-Za-z]{18}");
        ObjectSchema object = id ? org.schema().objectOfId(value).orElse(null) : null;
        return object == null ? value : RecordsPanel.rowLink(object, value);
    }

    private static Html plan(String soql, QueryContext context) {
        Object plans = Soql.explain(soql, context).get("plans");
        Map<?, ?> plan = (Map<?, ?>) ((List<?>) plans).get(0);
        return Html.of(
                """
                <details><summary>How it was understood</summary>
                <p>{}</p>
                {}
                </details>
                """,
                Html.of("<code>{}</code>", SoqlStructure.of(soql).text()),
                Layout.definitions(plan.entrySet().stream()
                        .map(entry ->
                                Layout.definition(String.valueOf(entry.getKey()), String.valueOf(entry.getValue())))
                        .toList()));
    }
}
