package org.sftoolkit.emulator.events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

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
    private final AtomicReference<EventSchema> mixed = new AtomicReference<>();
    private final RowFilter filters;

    Channels(Supplier<org.sftoolkit.emulator.org.Schema> org, Supplier<EventSettings> settings, RowFilter filters) {
        this.filters = filters;
        this.org = org;
        this.settings = settings;
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
        if (!byId.containsKey(id)) {
            // Made when they are asked for: most orgs have no subscriber, and start sooner without.
            mixed();
            org.get().objects().forEach(this::schema);
        }
        return Optional.ofNullable(byId.get(id));
    }

    private EventSchema mixed() {
        return mixed.updateAndGet(known -> known == null ? kept(EventSchema.ofAnyChange("ChangeEvents")) : known);
    }

    /** The channel of exactly that name; case counts. */
    Optional<Channel> channel(String name) {
        if (name.equals(ALL)) {
            return Optional.of(new Channel(ALL, mixed().id(), false, ChangePayload.class::isInstance, Map.of()));
        }
        Optional<Channel> custom = settings.get().channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .map(this::channel);
        if (custom.isPresent()) {
            return custom;
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
        settings.get().channels().forEach(channel -> names.add(channel.name()));
        return names;
    }

    /** @throws IllegalArgumentException when a member, a field or a filter of it is not understood */
    private Channel channel(CustomChannel custom) {
        Map<String, Predicate<EventPayload>> members = new HashMap<>();
        Map<String, Set<String>> enriched = new HashMap<>();
        for (CustomChannel.Member member : custom.members()) {
            ObjectSchema object = org.get()
                    .object(member.entity())
                    .filter(known -> known.isPlatformEvent() == custom.name().startsWith("/event/"))
                    .orElseThrow(() ->
                            new IllegalArgumentException(custom.name() + " cannot have events of " + member.entity()));
            Predicate<EventPayload> fits = payload -> true;
            Set<String> fields = new HashSet<>(member.enriched());
            for (String field : fields) {
                if (object.field(field).isEmpty()) {
                    throw new IllegalArgumentException(object.name() + " has no field " + field);
                }
            }
            if (member.filter() != null && !object.isPlatformEvent()) {
                Predicate<Row> filter = filters.of(object, member.filter());
                fits = payload ->
                        !(payload instanceof ChangePayload change) || change.row() == null || filter.test(change.row());
                named(object, member.filter()).forEach(fields::add);
            }
            members.put(object.name(), fits);
            enriched.put(object.name(), fields);
        }
        return new Channel(
                custom.name(),
                mixed().id(),
                false,
                payload -> members.containsKey(payload.entity())
                        && members.get(payload.entity()).test(payload),
                enriched);
    }

    /** The fields of the object that a condition names. */
    private static List<String> named(ObjectSchema object, String condition) {
        return Pattern.compile("\\w+")
                .matcher(condition.replaceAll("'(?:[^'\\\\]|\\\\.)*'", ""))
                .results()
                .map(MatchResult::group)
                .flatMap(word -> object.field(word).stream())
                .map(FieldSchema::name)
                .toList();
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
