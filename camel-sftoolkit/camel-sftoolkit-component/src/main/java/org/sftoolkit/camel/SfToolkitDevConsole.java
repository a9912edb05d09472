package org.sftoolkit.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** Shows the live connections (state, calls, queue, API usage) and the pollers (position, lag). Shows no secret. */
@DevConsole(
        name = "sftoolkit",
        displayName = "Salesforce Toolkit",
        description = "Connections to Salesforce and pollers: state, calls, API usage, lag")
public class SfToolkitDevConsole extends AbstractDevConsole {

    /** Made by Camel. */
    public SfToolkitDevConsole() {
        super(
                "camel",
                "sftoolkit",
                "Salesforce Toolkit",
                "Connections to Salesforce and pollers: state, calls, API usage, lag");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        var text = new StringBuilder();
        for (ConnectionStatus connection : connections()) {
            text.append(connection.describe().entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .collect(Collectors.joining("\n    ")))
                    .append('\n');
        }
        for (Map<String, Object> poller : pollers()) {
            text.append("poller ").append(poller).append('\n');
        }
        return text.isEmpty() ? "no connections\n" : text.toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        var connections = new JsonArray();
        connections().forEach(connection -> connections.add(new JsonObject(connection.describe())));
        var root = new JsonObject();
        root.put("connections", connections);
        var pollers = new JsonArray();
        pollers().forEach(poller -> pollers.add(new JsonObject(poller)));
        root.put("pollers", pollers);
        return root;
    }

    private List<ConnectionStatus> connections() {
        return components()
                .flatMap(component -> component.connections().status().stream())
                .toList();
    }

    private List<Map<String, Object>> pollers() {
        return components()
                .flatMap(component -> component.watermarks().all().stream())
                .map(SfToolkitDevConsole::describe)
                .toList();
    }

    private static Map<String, Object> describe(WatermarkControl poller) {
        var words = new LinkedHashMap<String, Object>();
        words.put("route", poller.routeId());
        words.put("key", poller.key());
        words.put("inFlight", poller.inFlight());
        poller.watermark().ifPresent(watermark -> {
            words.put("watermark", watermark.toString());
            words.put("lagSeconds", Duration.between(watermark, Instant.now()).toSeconds());
        });
        return words;
    }

    private Stream<SfToolkitComponent> components() {
        return getCamelContext().getComponentNames().stream()
                .map(name -> getCamelContext().hasComponent(name))
                .filter(SfToolkitComponent.class::isInstance)
                .map(SfToolkitComponent.class::cast);
    }
}
