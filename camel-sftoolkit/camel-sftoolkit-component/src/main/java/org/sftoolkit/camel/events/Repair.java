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
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.records.CollectionsClient;

/**
 * Reads anew what changes did not bring: all fields of a record whose event has no values (a gap), and long texts that came as
 * differences. Many records that wait are read by one call.
 */
public final class Repair implements Amendment {

    private static final String ID = "Id";

    private final Supplier<SalesforceClient> client;

    /** @param client of the org, one for each time */
    public Repair(Supplier<SalesforceClient> client) {
        this.client = client;
    }

    @Override
    public boolean concerns(List<ChannelEvent> event) {
        return event.stream().anyMatch(one -> isGap(one) || isDifference(one));
    }

    private static boolean isGap(ChannelEvent event) {
        return event.gap() != null && event.id() != null && event.change() != EventChange.DELETED;
    }

    private static boolean isDifference(ChannelEvent event) {
        return event.header() != null
                && event.id() != null
                && event.gap() == null
                && !event.header().diffFields().isEmpty();
    }

    @Override
    public Future<List<List<ChannelEvent>>> amend(String channel, List<List<ChannelEvent>> events) {
        Map<String, Set<String>> whole = new LinkedHashMap<>();
        Map<String, Set<String>> some = new LinkedHashMap<>();
        Map<String, Set<String>> fields = new HashMap<>();
        events.forEach(held -> held.forEach(event -> {
            String type = event.record().type();
            if (isGap(event)) {
                whole.computeIfAbsent(type, name -> new LinkedHashSet<>()).add(event.id());
            } else if (isDifference(event)) {
                some.computeIfAbsent(type, name -> new LinkedHashSet<>()).add(event.id());
                fields.computeIfAbsent(type, name -> new LinkedHashSet<>())
                        .addAll(event.header().diffFields());
            }
        }));
        if (whole.isEmpty() && some.isEmpty()) {
            return null;
        }
        SalesforceClient org = client.get();
        Map<String, SObject> records = new HashMap<>();
        Map<String, SObject> texts = new HashMap<>();
        var reads = new ArrayList<Future<?>>();
        whole.forEach((type, ids) -> reads.add(org.metadata()
                .describe(type)
                .compose(object -> read(org, type, List.copyOf(ids), object.fieldNames(), records))));
        some.forEach((type, ids) -> reads.add(read(org, type, List.copyOf(ids), List.copyOf(fields.get(type)), texts)));
        return Future.all(reads).map(done -> events.stream()
                .map(held -> held.stream()
                        .map(event -> amended(event, records, texts))
                        .toList())
                .toList());
    }

    private static Future<Void> read(
            SalesforceClient org, String type, List<String> ids, List<String> fields, Map<String, SObject> into) {
        if (ids.isEmpty()) {
            return Future.succeededFuture();
        }
        List<String> first = ids.subList(0, Math.min(ids.size(), CollectionsClient.MAX_READ));
        return new CollectionsClient(org).retrieve(type, first, fields).compose(found -> {
            for (int i = 0; i < first.size(); i++) {
                if (found.get(i) != null) {
                    into.put(first.get(i), found.get(i));
                }
            }
            return read(org, type, ids.subList(first.size(), ids.size()), fields, into);
        });
    }

    /** A record that is gone meanwhile stays as it came: its end comes by an event of its own. */
    private static ChannelEvent amended(ChannelEvent event, Map<String, SObject> records, Map<String, SObject> texts) {
        SObject found = isGap(event) ? records.get(event.id()) : isDifference(event) ? texts.get(event.id()) : null;
        if (found == null) {
            return event;
        }
        if (isDifference(event)) {
            event.header().diffFields().forEach(field -> event.record().put(field, found.get(field)));
            return event;
        }
        var read = new LinkedHashMap<String, Object>();
        read.put(ID, event.id());
        SObject record = SObject.read(event.record().type(), read);
        found.forEach((name, value) -> {
            if (!name.equals(ID)) {
                record.put(name, value);
            }
        });
        return event.with(record, event.change(), event.gap());
    }
}
