package org.sftoolkit.emulator.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.api.Json;
import org.sftoolkit.emulator.control.ControlApi;

/** The resources under {@code /__emulator}, as their OpenAPI document tells them. */
final class ControlPanel implements Panel {

    private final ControlApi control;

    ControlPanel(ControlApi control) {
        this.control = control;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Panel.get("/control", this::page));
    }

    private Answer page(ApiCall call) {
        Map<String, List<Html>> groups = new LinkedHashMap<>();
        map(control.description().get("paths"))
                .forEach((path, methods) -> map(methods).forEach((method, described) -> {
                    Map<?, ?> operation = map(described);
                    groups.computeIfAbsent(
                                    String.valueOf(((List<?>) operation.get("tags")).get(0)), name -> new ArrayList<>())
                            .add(operation(
                                    String.valueOf(method).toUpperCase(Locale.ROOT), String.valueOf(path), operation));
                }));
        return Layout.page(
                ROOT + "/control",
                "Over HTTP",
                Html.of(
                        """
                        <p>All that Java code can do with this org can be done over HTTP from this machine, without a session. Changes need
                        <code>Content-Type: application/json</code>. The same as an OpenAPI document: <a href="/__emulator/openapi.json">openapi.json</a>.</p>
                        {}
                        """,
                        Html.all(groups.entrySet().stream()
                                .map(group -> Html.of("<h2>{}</h2>{}", group.getKey(), group.getValue())))));
    }

    private static Html operation(String method, String path, Map<?, ?> operation) {
        List<Html> values = new ArrayList<>();
        if (operation.get("parameters") instanceof List<?> parameters) {
            parameters.forEach(parameter -> values.add(Layout.definition(
                    String.valueOf(map(parameter).get("name")), map(parameter).get("description"))));
        }
        Map<?, ?> content =
                map(map(map(operation.get("requestBody")).get("content")).get("application/json"));
        Object example = content.get("example");
        Map<String, Object> built = new LinkedHashMap<>();
        map(map(content.get("schema")).get("properties")).forEach((name, schema) -> {
            values.add(Layout.definition(String.valueOf(name), map(schema).get("description")));
            built.put(String.valueOf(name), map(schema).get("example"));
        });
        Object body = example != null ? example : built;
        return Html.of(
                """
                <details><summary><code>{} {}</code> {}</summary>
                {}
                <pre tabindex="0">{}</pre>
                </details>
                """,
                method,
                path,
                operation.get("summary"),
                values.isEmpty() ? Html.NONE : Layout.definitions(values),
                curl(
                        method,
                        path,
                        content.isEmpty()
                                ? null
                                : new String(Json.write(body), java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static String curl(String method, String path, String body) {
        return "curl" + (method.equals("GET") ? "" : " -X " + method) + " http://localhost:8089" + path
                + (body == null ? "" : " -H 'Content-Type: application/json' -d '" + body.replace("'", "'\\''") + "'");
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
