package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers what is done, beyond restarts, so that it is not delivered again. */
public interface CompletedEvents {

    /** Those of these keys that are done. */
    Future<Set<String>> among(Collection<String> keys);

    /** These are done. */
    Future<Void> add(Collection<String> keys);

    /** The key of an event: its id, and the record if it is a change. Null if it has no id. */
    static @Nullable String key(ChannelEvent event) {
        if (event.raw() == null
                || event.raw().eventId() == null
                || event.raw().eventId().isEmpty()) {
            return null;
        }
        return event.id() == null ? event.raw().eventId() : event.raw().eventId() + ':' + event.id();
    }

    /** The keys of events; those without one are left out. */
    static List<String> keys(Collection<ChannelEvent> events) {
        return events.stream()
                .map(CompletedEvents::key)
                .filter(Objects::nonNull)
                .toList();
    }
}
