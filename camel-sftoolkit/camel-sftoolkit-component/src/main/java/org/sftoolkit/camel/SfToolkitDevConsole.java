package org.sftoolkit.camel;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.sftoolkit.camel.connection.ConnectionStatus;
import org.sftoolkit.camel.connection.RunningJob;

/**
 * Shows the live connections (state, calls, queue, API usage), the pollers (position, lag), the running bulk jobs (state, rows), what
 * exchanges are at, and what the last 20 were at that took long. Shows no secret.
 */
@DevConsole(
        name = "sftoolkit",
        displayName = "Salesforce Toolkit",
        description = "Connections to Salesforce, pollers and bulk jobs: state, calls, API usage, lag, progress")
public class SfToolkitDevConsole extends AbstractDevConsole {

    /** Created by Camel. */
    public SfToolkitDevConsole() {
        super(
                "camel",
                "sftoolkit",
                "Salesforce Toolkit",
                "Connections to Salesforce, pollers and bulk jobs: state, calls, API usage, lag, progress");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        var text = new StringBuilder();
        for (Map<String, Object> connection : connections()) {
            text.append(connection.entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .collect(Collectors.joining("\n    ")))
                    .append('\n');
        }
        pollers().forEach(poller -> text.append("poller ").append(poller).append('\n'));
        channels().forEach(channel -> text.append("channel ").append(channel).append('\n'));
        jobs().forEach(job -> text.append("job ").append(job).append('\n'));
        running().forEach(work -> text.append("running ").append(work).append('\n'));
        ended().forEach(work -> text.append("ended ").append(work).append('\n'));
        return text.isEmpty() ? "no connections\n" : text.toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        var root = new JsonObject();
        root.put("connections", array(connections()));
        root.put("pollers", array(pollers()));
        root.put("channels", array(channels()));
        root.put("jobs", array(jobs()));
        root.put("running", array(running()));
        root.put("ended", array(ended()));
        return root;
    }

    private static JsonArray array(List<Map<String, Object>> entries) {
        var array = new JsonArray();
        entries.forEach(entry -> array.add(new JsonObject(entry)));
        return array;
    }

    private List<Map<String, Object>> connections() {
        return components()
                .flatMap(component -> component.connections().status().stream())
                .map(ConnectionStatus::describe)
                .toList();
    }

    private List<Map<String, Object>> pollers() {
        return components()
                .flatMap(component -> component.watermarks().all().stream())
                .map(PollLog::of)
                .toList();
    }

    private List<Map<String, Object>> channels() {
        return components()
                .flatMap(component -> component.subscriptions().describe().stream())
                .toList();
    }

    private List<Map<String, Object>> jobs() {
        return components()
                .flatMap(component -> component.connections().jobs().stream())
                .map(RunningJob::describe)
                .toList();
    }

    private List<Map<String, Object>> running() {
        return components()
                .flatMap(component -> component.workBoard().running().stream())
                .toList();
    }

    private List<Map<String, Object>> ended() {
        return components()
                .flatMap(component -> component.workBoard().lastEnded().stream())
                .toList();
    }

    private Stream<SfToolkitComponent> components() {
        return getCamelContext().getComponentNames().stream()
                .map(name -> getCamelContext().hasComponent(name))
                .filter(SfToolkitComponent.class::isInstance)
                .map(SfToolkitComponent.class::cast);
    }
}
