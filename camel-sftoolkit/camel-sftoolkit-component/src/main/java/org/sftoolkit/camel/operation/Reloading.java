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
        Map<String, List<SaveBatch.Entry>> byType = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            if (results.get(i).success()) {
                byType.computeIfAbsent(entries.get(i).plan().type(), type -> new ArrayList<>())
                        .add(entries.get(i));
            }
        }
        Future<Void> done = Future.succeededFuture();
        for (var group : byType.entrySet()) {
            done = done.compose(before -> reload(group.getKey(), group.getValue(), call));
        }
        return done;
    }

    private static Future<Void> reload(String type, List<SaveBatch.Entry> entries, Call call) {
        List<Object> ids = new ArrayList<>();
        entries.forEach(entry -> ids.add(entry.record().id()));
        return FetchOperation.find(new RecordIds(ids, false), type, call.byId()).map(found -> {
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i) != null) {
                    entries.get(i).record().merge(found.get(i));
                }
            }
            return null;
        });
    }
}
