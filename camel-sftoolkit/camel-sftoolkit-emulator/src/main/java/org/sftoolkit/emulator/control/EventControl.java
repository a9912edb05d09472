package org.sftoolkit.emulator.control;

import static org.sftoolkit.emulator.control.Field.Type.FLAG;
import static org.sftoolkit.emulator.control.Field.Type.INTEGER;
import static org.sftoolkit.emulator.control.Field.Type.MAP;
import static org.sftoolkit.emulator.control.Field.Type.OBJECTS;
import static org.sftoolkit.emulator.control.Field.Type.TEXT;
import static org.sftoolkit.emulator.control.Field.Type.TEXTS;
import static org.sftoolkit.emulator.control.Field.Type.TIME;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.events.BusEvent;
import org.sftoolkit.emulator.events.CustomChannel;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.events.EventSettings;
import org.sftoolkit.emulator.events.Subscription;

/** The event bus: what went over it, who subscribes, how it behaves. */
final class EventControl {

    private static final String EVENTS = "events";
    private static final int NEWEST = 100;

    private static final Map<String, Object> CHANNEL = Map.of(
            "name",
            "/data/Sales__chn",
            "members",
            List.of(Map.of("entity", "Account", "filter", "Industry = 'Energy'", "enriched", List.of("Site"))));

    private final EventBus bus;

    EventControl(Controlled emulator) {
        this.bus = emulator.events();
    }

    List<Resource> resources() {
        return List.of(
                Resource.of(
                                "GET",
                                "/events",
                                EVENTS,
                                200,
                                "The events of a channel that are kept; without one the newest 100 of all, newest"
                                        + " first.",
                                this::list)
                        .java("SalesforceEmulator.events", "EventBus.list", "EventBus.newest")
                        .query(Field.of("channel", TEXT, "/data/AccountChangeEvent", "name of the channel"))
                        .offLoop(),
                Resource.of("POST", "/events", EVENTS, 201, "Publishes a platform event.", this::publish)
                        .java("EventBus.publish")
                        .body(
                                Field.of("event", TEXT, "Order_Placed__e", "its type")
                                        .must(),
                                Field.of("fields", MAP, Map.of("Order_Number__c", "O-1"), "its values")),
                Resource.of(
                                "GET",
                                "/events/channels",
                                EVENTS,
                                200,
                                "The names of all channels.",
                                (call, body) -> Answer.ok(bus.channels()))
                        .java("EventBus.channels"),
                Resource.of(
                                "GET",
                                "/events/subscriptions",
                                EVENTS,
                                200,
                                "The open subscriptions, and how many events were delivered to all.",
                                this::subscriptions)
                        .java("EventBus.subscriptions", "EventBus.delivered"),
                Resource.of(
                                "POST",
                                "/events/migrate",
                                EVENTS,
                                204,
                                "Makes all replay ids given out so far foreign, as when an org is migrated.",
                                this::migrate)
                        .java("EventBus.migrate"),
                Resource.of(
                                "GET",
                                "/events/settings",
                                EVENTS,
                                200,
                                "How the bus behaves.",
                                (call, body) -> Answer.ok(settings()))
                        .java("EventBus.settings"),
                Resource.of("PATCH", "/events/settings", EVENTS, 200, "Changes how the bus behaves.", this::change)
                        .java("EventBus.change", "EmulatorBuilder.events")
                        .body(
                                Field.of("changeObjects", TEXTS, List.of("Account"), "only their changes; [] for all"),
                                Field.of("merged", FLAG, false, "whether rows that changed alike share an event"),
                                Field.of("differences", FLAG, false, "whether long texts go out as differences"),
                                Field.of("retention", TIME, "72h", "how long events are kept"),
                                Field.of("kept", INTEGER, 100_000, "most events that are kept"),
                                Field.of("keepAlive", TIME, "270s", "silence before an empty response"),
                                Field.of("patience", TIME, "60s", "how long a stream without credit lives"),
                                Field.of("deliveries", INTEGER, 50_000, "most deliveries within 24 hours"),
                                Field.of("publishing", INTEGER, 250_000, "most events published within an hour"),
                                Field.of("channels", OBJECTS, List.of(CHANNEL), "the custom channels")));
    }

    private Answer list(ApiCall call, Values body) {
        List<BusEvent> events = call.queryParam("channel").map(bus::list).orElseGet(() -> bus.newest(NEWEST));
        return Answer.ok(events.stream().map(EventControl::json).toList());
    }

    private Answer publish(ApiCall call, Values body) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (body.get("fields") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        return Answer.json(201, Map.of("uuid", bus.publish(body.text("event").orElseThrow(), fields)));
    }

    private Answer subscriptions(ApiCall call, Values body) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("delivered", bus.delivered());
        json.put(
                "subscriptions",
                bus.subscriptions().stream().map(EventControl::json).toList());
        return Answer.ok(json);
    }

    private Answer migrate(ApiCall call, Values body) {
        bus.migrate();
        return Answer.noContent();
    }

    private Answer change(ApiCall call, Values body) {
        EventSettings settings = bus.settings();
        if (body.has("changeObjects")) {
            settings = settings.withChangeObjects(body.texts("changeObjects").toArray(String[]::new));
        }
        settings = settings.withMerged(body.flag("merged").orElse(settings.merged()))
                .withDifferences(body.flag("differences").orElse(settings.differences()))
                .withRetention(body.time("retention").orElse(settings.retention()))
                .withKeepAlive(body.time("keepAlive").orElse(settings.keepAlive()))
                .withPatience(body.time("patience").orElse(settings.patience()))
                .withKept(integer(body, "kept", settings.kept()))
                .withDeliveries(integer(body, "deliveries", settings.deliveries()))
                .withPublishing(integer(body, "publishing", settings.publishing()));
        if (body.has("channels")) {
            settings = settings.withChannels(channels(body));
        }
        bus.change(settings);
        return Answer.ok(settings());
    }

    private static CustomChannel[] channels(Values body) {
        return ((List<?>) body.get("channels"))
                .stream().map(channel -> channel((Map<?, ?>) channel)).toArray(CustomChannel[]::new);
    }

    private static CustomChannel channel(Map<?, ?> json) {
        CustomChannel channel = CustomChannel.named(String.valueOf(json.get("name")));
        for (Object one : json.get("members") instanceof List<?> list ? list : List.of()) {
            if (!(one instanceof Map<?, ?> member)) {
                throw new IllegalArgumentException("\"members\" are objects with an \"entity\", not " + one);
            }
            List<?> enriched = member.get("enriched") instanceof List<?> names ? names : List.of();
            channel = channel.with(
                    String.valueOf(member.get("entity")),
                    (String) member.get("filter"),
                    enriched.stream().map(String::valueOf).toArray(String[]::new));
        }
        return channel;
    }

    private static int integer(Values body, String name, int usual) {
        int[] value = {usual};
        body.integer(name, given -> value[0] = given);
        return value[0];
    }

    private Map<String, Object> settings() {
        EventSettings settings = bus.settings();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("changeObjects", settings.changeObjects());
        json.put("merged", settings.merged());
        json.put("differences", settings.differences());
        json.put("retention", settings.retention().toMillis());
        json.put("kept", settings.kept());
        json.put("keepAlive", settings.keepAlive().toMillis());
        json.put("patience", settings.patience().toMillis());
        json.put("deliveries", settings.deliveries());
        json.put("publishing", settings.publishing());
        json.put("channels", settings.channels());
        return json;
    }

    private static Map<String, Object> json(BusEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("replayId", event.replayId());
        json.put("at", event.at().toString());
        json.put("uuid", event.uuid());
        json.put("entity", event.entity());
        json.put("schemaId", event.schemaId());
        json.put("fields", event.fields());
        return json;
    }

    private static Map<String, Object> json(Subscription subscription) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("channel", subscription.channel());
        json.put("credit", subscription.credit());
        json.put("position", subscription.position());
        json.put("delivered", subscription.delivered());
        json.put("since", subscription.since().toString());
        return json;
    }
}
