package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SaveResult;

/** {@code reload=true}: reads the records of a batch that were saved back into their objects. */
final class Reloading {

    private Reloading() {}

    static Future<Void> reload(List<SaveBatch.Entry> entries, List<SaveResult> results, Call call) {
        Map<String, List<Saved>> byType = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            if (results.get(i).success()) {
                byType.computeIfAbsent(entries.get(i).plan().type(), type -> new ArrayList<>())
                        .add(new Saved(entries.get(i), results.get(i).id()));
            }
        }
        Future<Void> done = Future.succeededFuture();
        for (var group : byType.entrySet()) {
            done = done.compose(before -> reload(group.getKey(), group.getValue(), call));
        }
        return done;
    }

    private static Future<Void> reload(String type, List<Saved> saved, Call call) {
        List<Object> ids = new ArrayList<>();
        saved.forEach(one -> ids.add(one.id()));
        return FetchOperation.find(new RecordIds(ids, false), type, call.byId()).map(found -> {
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i) != null) {
                    saved.get(i).entry().record().merge(found.get(i));
                }
            }
            return null;
        });
    }

    private record Saved(SaveBatch.Entry entry, String id) {}
}
