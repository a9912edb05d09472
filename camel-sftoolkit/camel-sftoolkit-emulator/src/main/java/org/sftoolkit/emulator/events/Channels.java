package org.sftoolkit.emulator.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.sftoolkit.emulator.org.ObjectSchema;

/** The channels of an org and the schemas of their events, old ones too. Safe for threads. */
final class Channels {

    private static final String ALL = "/data/ChangeEvents";
    /** Setup objects, which change data capture does not offer. */
    private static final Set<String> WITHOUT_CHANGES =
            Set.of("Organization", "Profile", "UserRole", "Group", "GroupMember", "RecordType", "Folder");

    private final Supplier<org.sftoolkit.emulator.org.Schema> org;
    private final Supplier<EventSettings> settings;
    private final Map<ObjectSchema, EventSchema> byObject = new ConcurrentHashMap<>();
    private final Map<String, EventSchema> byId = new ConcurrentHashMap<>();
    private final EventSchema mixed;

    Channels(Supplier<org.sftoolkit.emulator.org.Schema> org, Supplier<EventSettings> settings) {
        this.org = org;
        this.settings = settings;
        this.mixed = kept(EventSchema.ofAnyChange("ChangeEvents"));
        org.get().objects().forEach(this::schema);
    }

    /** Whether changes of the object become events. */
    boolean isSelected(ObjectSchema object) {
        Set<String> selected = settings.get().changeObjects();
        return !object.isPlatformEvent()
                && !WITHOUT_CHANGES.contains(object.name())
                && (selected.isEmpty() || selected.contains(object.name()));
    }

    /** The schema of the events of an object or platform event, as it is. */
    EventSchema schema(ObjectSchema object) {
        return byObject.computeIfAbsent(
                object,
                known -> kept(
                        known.isPlatformEvent() ? EventSchema.ofPlatformEvent(known) : EventSchema.ofChanges(known)));
    }

    /** A schema that there is or was. */
    Optional<EventSchema> schema(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The channel of exactly that name; case counts. */
    Optional<Channel> channel(String name) {
        if (name.equals(ALL)) {
            return Optional.of(new Channel(ALL, mixed.id(), false, ChangePayload.class::isInstance, Map.of()));
        }
        return org.get().objects().stream()
                .filter(object -> name.equals(nameOf(object)))
                .filter(object -> object.isPlatformEvent() || isSelected(object))
                .findFirst()
                .map(this::channel);
    }

    /** The names of all channels. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(ALL);
        org.get().objects().stream()
                .filter(object -> object.isPlatformEvent() || isSelected(object))
                .map(Channels::nameOf)
                .sorted()
                .forEach(names::add);
        return names;
    }

    private Channel channel(ObjectSchema object) {
        return new Channel(
                nameOf(object),
                schema(object).id(),
                object.isPlatformEvent(),
                payload -> payload.entity().equals(object.name()),
                Map.of());
    }

    private static String nameOf(ObjectSchema object) {
        return object.isPlatformEvent()
                ? "/event/" + object.name()
                : "/data/" + EventSchema.changeEventName(object.name());
    }

    private EventSchema kept(EventSchema schema) {
        byId.put(schema.id(), schema);
        return schema;
    }

    /** The Avro schema with that id, as JSON. */
    Optional<String> json(String id) {
        return schema(id).map(EventSchema::avro).map(Schema::toString);
    }
}
