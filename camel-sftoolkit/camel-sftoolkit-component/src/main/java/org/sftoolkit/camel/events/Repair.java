package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.records.CollectionsClient;

/**
 * Reads what changes did not bring: all fields of a record whose event has no values (a gap), long texts that came as
 * differences, and the whole record of each change if that is wanted. Many records that wait are read by one call.
 */
public final class Repair implements Amendment {

    /**
     * What is read.
     *
     * @param gaps        whether records whose event has no values are
     * @param differences whether texts that came as differences are; else the record gets the difference
     * @param whole       whether the whole record of each change is
     * @param fields      of a whole record; empty for all
     */
    public record Scope(boolean gaps, boolean differences, boolean whole, List<String> fields) {

        public Scope {
            fields = List.copyOf(fields);
        }
    }

    private static final String ID = "Id";

    private final Supplier<SalesforceClient> client;
    private final Scope scope;

    /** @param client of the org, one for each time */
    public Repair(Supplier<SalesforceClient> client, Scope scope) {
        this.client = client;
        this.scope = scope;
    }

    @Override
    public boolean concerns(List<ChannelEvent> event) {
        return event.stream().anyMatch(one -> isReadWhole(one) || isDifference(one));
    }

    private boolean isReadWhole(ChannelEvent event) {
        return event.header() != null
                && event.id() != null
                && event.change() != EventChange.DELETED
                && (scope.whole() || scope.gaps() && event.gap() != null);
    }

    private boolean isDifference(ChannelEvent event) {
        return event.header() != null
                && event.id() != null
                && event.gap() == null
                && !scope.whole()
                && !event.diffFields().isEmpty();
    }

    @Override
    public @Nullable Future<List<List<ChannelEvent>>> amend(String channel, List<List<ChannelEvent>> events) {
        Map<String, Set<String>> whole = new LinkedHashMap<>();
        Map<String, Set<String>> some = new LinkedHashMap<>();
        Map<String, Set<String>> fields = new HashMap<>();
        events.forEach(held -> held.forEach(event -> {
            String type = event.record().type();
            if (isReadWhole(event)) {
                whole.computeIfAbsent(type, name -> new LinkedHashSet<>()).add(event.id());
            } else if (isDifference(event)) {
                some.computeIfAbsent(type, name -> new LinkedHashSet<>()).add(event.id());
                fields.computeIfAbsent(type, name -> new LinkedHashSet<>()).addAll(event.diffFields());
            }
        }));
        if (whole.isEmpty() && some.isEmpty()) {
            return null;
        }
        Map<String, SObject> records = new HashMap<>();
        Map<String, SObject> texts = new HashMap<>();
        var reads = new ArrayList<Future<?>>();
        whole.forEach(
                (type, ids) -> reads.add(fields(type).compose(names -> read(type, List.copyOf(ids), names, records))));
        if (scope.differences()) {
            some.forEach((type, ids) -> reads.add(read(type, List.copyOf(ids), List.copyOf(fields.get(type)), texts)));
        }
        return Future.all(reads).map(done -> events.stream()
                .map(held -> held.stream()
                        .map(event -> amended(event, records, texts))
                        .toList())
                .toList());
    }

    private Future<List<String>> fields(String type) {
        if (!scope.fields().isEmpty()) {
            return Future.succeededFuture(scope.fields());
        }
        return client.get().metadata().describe(type).map(object -> List.copyOf(object.fieldNames()));
    }

    private Future<Void> read(String type, List<String> ids, List<String> fields, Map<String, SObject> into) {
        if (ids.isEmpty()) {
            return Future.succeededFuture();
        }
        List<String> first = ids.subList(0, Math.min(ids.size(), CollectionsClient.MAX_READ));
        return new CollectionsClient(client.get()).retrieve(type, first, fields).compose(found -> {
            for (int i = 0; i < first.size(); i++) {
                if (found.get(i) != null) {
                    into.put(first.get(i), found.get(i));
                }
            }
            return read(type, ids.subList(first.size(), ids.size()), fields, into);
        });
    }

    /** A record that is gone meanwhile stays as it came: its end comes by an event of its own. */
    private ChannelEvent amended(ChannelEvent event, Map<String, SObject> records, Map<String, SObject> texts) {
        if (isDifference(event)) {
            Map<String, ?> values = scope.differences() ? texts.get(event.id()) : event.values();
            if (values != null) {
                event.diffFields().forEach(field -> event.record().put(field, values.get(field)));
            }
            return event;
        }
        SObject found = isReadWhole(event) ? records.get(event.id()) : null;
        return found == null ? event : event.with(whole(event, found), event.change(), event.gap());
    }

    /** The record as it is now; its changes are those of the event, and all its fields if the event does not tell. */
    private static SObject whole(ChannelEvent event, SObject found) {
        boolean tells = event.gap() == null && event.change() == EventChange.UPDATED;
        var read = new LinkedHashMap<String, Object>();
        read.put(ID, event.id());
        var changed = new LinkedHashMap<String, Object>();
        found.forEach((name, value) -> {
            boolean isRead = name.equals(ID) || tells && !event.changedFields().contains(name);
            (isRead ? read : changed).put(name, value);
        });
        SObject record = SObject.read(event.record().type(), read);
        changed.forEach(record::put);
        return record;
    }
}
