package org.sftoolkit.camel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.poll.ControlOperation;

/** The consumers of a component by their routes, for {@code sftoolkit:control}. Thread-safe. */
final class RouteConsumers implements ControlOperation.Consumers {

    /** How long a pause waits for exchanges under way; they go on after it. */
    private static final int PAUSE_SECONDS = 30;

    private final CamelContext camel;
    private final Watermarks pollers;
    private final Subscriptions subscriptions;

    RouteConsumers(SfToolkitComponent component) {
        this.camel = component.getCamelContext();
        this.pollers = component.watermarks();
        this.subscriptions = component.subscriptions();
    }

    @Override
    public Map<String, Object> read(String route) {
        requireConsumer(route);
        var words = new LinkedHashMap<String, Object>();
        words.put("route", route);
        words.put("state", camel.getRouteController().getRouteStatus(route).name());
        Optional<WatermarkControl> poller = poller(route);
        if (poller.isPresent()) {
            words.putAll(PollLog.of(poller.get()));
        } else {
            words.put("channels", subscription(route).describe());
        }
        return words;
    }

    @Override
    public void pause(String route) throws Exception {
        requireConsumer(route);
        camel.getRouteController().suspendRoute(route, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void resume(String route) throws Exception {
        requireConsumer(route);
        camel.getRouteController().resumeRoute(route);
    }

    @Override
    public void set(String route, String position) {
        Optional<WatermarkControl> poller = poller(route);
        if (poller.isPresent()) {
            poller.get().set(position);
            return;
        }
        // of one channel among several: its name, and then the position
        int blank = position.indexOf(' ');
        String channel = blank < 0 ? null : position.substring(0, blank);
        subscription(route).set(channel, position.substring(blank + 1).strip());
    }

    private Optional<WatermarkControl> poller(String route) {
        return pollers.all().stream()
                .filter(control -> route.equals(control.routeId()))
                .findFirst();
    }

    private Subscriptions.Controlled subscription(String route) {
        return subscriptions.of(route).orElseThrow(() -> unknown(route));
    }

    private void requireConsumer(String route) {
        if (poller(route).isEmpty() && subscriptions.of(route).isEmpty()) {
            throw unknown(route);
        }
    }

    private InvalidInputException unknown(String route) {
        List<String> running = Stream.concat(
                        pollers.all().stream().map(WatermarkControl::routeId), subscriptions.routes().stream())
                .filter(Objects::nonNull) // behind master: a consumer knows no route
                .sorted()
                .toList();
        return new InvalidInputException(
                "no sftoolkit consumer runs in a route " + route + ": use the id of one of " + running, null);
    }
}
