package org.sftoolkit.camel;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** Shows the live connections: state, calls, queue, API usage. Shows no secret. */
@DevConsole(
        name = "sftoolkit",
        displayName = "Salesforce Toolkit",
        description = "Connections to Salesforce: state, calls, queue and API usage")
public class SfToolkitDevConsole extends AbstractDevConsole {

    /** Made by Camel. */
    public SfToolkitDevConsole() {
        super(
                "camel",
                "sftoolkit",
                "Salesforce Toolkit",
                "Connections to Salesforce: state, calls, queue and API usage");
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
        return text.isEmpty() ? "no connections\n" : text.toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        var connections = new JsonArray();
        connections().forEach(connection -> connections.add(new JsonObject(connection.describe())));
        var root = new JsonObject();
        root.put("connections", connections);
        return root;
    }

    private List<ConnectionStatus> connections() {
        return getCamelContext().getComponentNames().stream()
                .map(name -> getCamelContext().hasComponent(name))
                .filter(SfToolkitComponent.class::isInstance)
                .flatMap(component -> ((SfToolkitComponent) component).connections().status().stream())
                .toList();
    }
}
