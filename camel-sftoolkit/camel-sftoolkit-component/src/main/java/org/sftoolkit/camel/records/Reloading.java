package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.OperationContext;

/** {@code reload=true}: reads saved records back into their objects, as many a request as Salesforce takes. Thread-safe. */
final class Reloading {

    private record Saved(String id, SourceRecord record) {}

    private record Part(String type, List<Saved> records) {}

    private final OperationContext call;
    private final boolean wanted;
    private final int size;
    private final Map<String, Part> pending = new HashMap<>();
    private final List<Part> full = new ArrayList<>();

    Reloading(OperationContext call) {
        this.call = call;
        this.wanted = call.options().records().reload();
        this.size = call.options().batchOf(CollectionsClient.MAX_READ);
    }

    /** A record has been saved. */
    synchronized void add(String type, @Nullable String id, SourceRecord record) {
        if (!wanted || id == null) {
            return;
        }
        String key = type.toLowerCase(Locale.ROOT);
        Part part = pending.computeIfAbsent(key, k -> new Part(type, new ArrayList<>()));
        part.records().add(new Saved(id, record));
        if (part.records().size() >= size) {
            full.add(pending.remove(key));
        }
    }

    /** Reads back what fills a request. */
    Future<Void> reloadFull() {
        return reload(take(false));
    }

    /** Reads back the rest. */
    Future<Void> finish() {
        return reload(take(true));
    }

    private synchronized List<Part> take(boolean all) {
        if (all) {
            full.addAll(pending.values());
            pending.clear();
        }
        List<Part> parts = List.copyOf(full);
        full.clear();
        return parts;
    }

    private Future<Void> reload(List<Part> parts) {
        Future<Void> done = Future.succeededFuture();
        for (Part part : parts) {
            done = done.compose(before -> reload(part));
        }
        return done;
    }

    private Future<Void> reload(Part part) {
        List<Object> ids = new ArrayList<>();
        part.records().forEach(saved -> ids.add(saved.id()));
        return FetchOperation.find(new RecordIds(ids, false), part.type(), call.byId())
                .map(found -> {
                    for (int i = 0; i < found.size(); i++) {
                        if (found.get(i) != null) {
                            part.records().get(i).record().merge(found.get(i));
                        }
                    }
                    return null;
                });
    }
}
