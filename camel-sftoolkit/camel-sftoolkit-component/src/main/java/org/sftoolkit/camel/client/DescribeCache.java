package org.sftoolkit.camel.client;

import io.vertx.core.Future;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Descriptions of a connection's objects; one request serves all who ask at a time, a failed one is forgotten. Thread-safe. */
public final class DescribeCache {

    private final Map<String, Future<ObjectDescription>> known = new ConcurrentHashMap<>();

    private final KeptAnswers answers = new KeptAnswers();

    /** Descriptions as they came. */
    KeptAnswers answers() {
        return answers;
    }

    Future<ObjectDescription> get(String type, Supplier<Future<ObjectDescription>> request) {
        String key = type.toLowerCase(Locale.ROOT);
        Future<ObjectDescription> description = known.get(key);
        if (description == null || description.failed()) {
            // two first askers may both send; both answers are right, and no lock is held over a request
            description = request.get();
            known.put(key, description);
        }
        return description;
    }
}
