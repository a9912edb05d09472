package org.sftoolkit.emulator.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.api.Json;
import org.sftoolkit.emulator.control.Controlled;
import org.sftoolkit.emulator.events.BusEvent;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RowRefusedException;

/** The events of the bus as they come, who listens, and a form to publish. */
final class EventsPanel implements Panel {

    private static final String EVENTS = ROOT + "/events";
    private static final String ALL_CHANGES = "/data/ChangeEvents";
    private static final int SHOWN = 50;

    private final Org org;
    private final EventBus bus;

    EventsPanel(Controlled emulator) {
        this.org = emulator.org();
        this.bus = emulator.events();
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Panel.get("/events", this::page),
                Panel.get("/events/rows", call -> Layout.part(list(channel(call)))),
                Panel.post("/events", this::publish));
    }

    private Answer page(ApiCall call) {
        String channel = channel(call);
        Html channels = Html.all(bus.channels().stream()
                .map(name -> Html.of(
                        "<option{}>{}</option>", name.equals(channel) ? Html.of(" selected") : Html.NONE, name)));
        return Layout.page(
                EVENTS,
                "Events",
                Html.of(
                        """
                        <form action="/__emulator/page/events" method="get" class="line">
                        <label for="channel">Channel</label>
                        <select id="channel" name="channel">{}</select>
                        <button type="submit">Show</button>
                        </form>
                        {}
                        {}
                        """,
                        channels,
                        list(channel),
                        form()));
    }

    /** The one that is asked for, if there is one, else that of all changes. */
    private String channel(ApiCall call) {
        return call.queryParam("channel").filter(bus.channels()::contains).orElse(ALL_CHANGES);
    }

    private Html list(String channel) {
        List<BusEvent> events = bus.list(channel);
        Html rows = Html.all(IntStream.range(0, Math.min(SHOWN, events.size()))
                .mapToObj(i -> row(events.get(events.size() - 1 - i))));
        return Html.of(
                """
                <div id="events" hx-get="{}" hx-trigger="every 1s" hx-swap="outerHTML">
                <p>{} events are kept on {}, the newest are shown. {} were delivered.</p>
                {}
                <h2>Who listens</h2>
                {}
                </div>
                """,
                EVENTS + "/rows?channel=" + Panel.encoded(channel),
                events.size(),
                channel,
                bus.delivered(),
                events.isEmpty()
                        ? Html.of("<p>No events yet.</p>")
                        : Layout.table("Events of " + channel, List.of("Time", "Entity", "Replay id", "Fields"), rows),
                subscriptions());
    }

    private static Html row(BusEvent event) {
        return Html.of(
                "<tr><td>{}</td><td>{}</td><td><code>{}</code></td><td class=\"text\">{}</td></tr>",
                event.at(),
                event.entity(),
                event.replayId(),
                new String(Json.write(event.fields()), StandardCharsets.UTF_8));
    }

    private Html subscriptions() {
        if (bus.subscriptions().isEmpty()) {
            return Html.of("<p>Nobody listens.</p>");
        }
        return Layout.table(
                "Subscriptions",
                List.of("Channel", "Since", "Credit", "Position", "Delivered"),
                Html.all(bus.subscriptions().stream()
                        .map(one -> Html.of(
                                "<tr><td>{}</td><td>{}</td><td>{}</td><td><code>{}</code></td><td>{}</td></tr>",
                                one.channel(),
                                one.since(),
                                one.credit(),
                                one.position(),
                                one.delivered()))));
    }

    private Html form() {
        List<Html> types = org.schema().objects().stream()
                .filter(object -> object.isPlatformEvent())
                .map(object -> Html.of("<option>{}</option>", object.name()))
                .toList();
        if (types.isEmpty()) {
            return Html.of("<h2>Publish</h2><p>The org has no platform events: add one by --schema, or by POST"
                    + " /__emulator/schema.</p>");
        }
        return Html.of(
                """
                <h2>Publish</h2>
                <form hx-post="/__emulator/page/events" hx-target="#published">
                <label for="event">Platform event</label>
                <select id="event" name="event">{}</select>
                <label for="fields">Fields, as JSON</label>
                <textarea id="fields" name="fields" rows="3" spellcheck="false">{}</textarea>
                <button type="submit">Publish</button>
                </form>
                <div id="published"></div>
                """,
                types,
                "{}");
    }

    private Answer publish(ApiCall call) {
        Map<String, String> form = call.form();
        try {
            Map<String, Object> fields =
                    Json.object(form.getOrDefault("fields", "").getBytes(StandardCharsets.UTF_8));
            return Layout.part(
                    Layout.note("Published as " + bus.publish(form.getOrDefault("event", ""), fields) + "."));
        } catch (ApiException | IllegalArgumentException | RowRefusedException e) {
            return Layout.part(Layout.problem(e.getMessage()));
        }
    }
}
