package org.sftoolkit.camel.client;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Caches the descriptions of a connection's objects. One request serves all concurrent callers; a failure is not
 * cached. A description is requested again after {@link #LIFE}, because fields change while the application runs.
 * Thread-safe.
 */
public final class DescribeCache {

    /** How long a description is cached. */
    static final Duration LIFE = Duration.ofMinutes(15);

    private record Known(Future<ObjectDescription> description, Instant asked) {}

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final ConditionalGetCache answers = new ConditionalGetCache();
    private final InstantSource clock;

    /** An empty one. */
    public DescribeCache() {
        this(InstantSource.system());
    }

    /** @param clock tells when a description is old */
    DescribeCache(InstantSource clock) {
        this.clock = clock;
    }

    /** Descriptions as they came. */
    ConditionalGetCache answers() {
        return answers;
    }

    Future<ObjectDescription> get(String type, Supplier<Future<ObjectDescription>> request) {
        String key = type.toLowerCase(Locale.ROOT);
        Known last = known.get(key);
        if (last == null || isOver(last)) {
            // two first callers may both send a request; both responses are right, and no lock is held during a
            // request
            last = new Known(request.get(), clock.instant());
            known.put(key, last);
        }
        return last.description();
    }

    private boolean isOver(Known last) {
        boolean old = !last.asked().plus(LIFE).isAfter(clock.instant());
        return last.description().failed() || old && last.description().isComplete();
    }
}
