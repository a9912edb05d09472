package org.sftoolkit.emulator.events;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one can subscribe to. Immutable.
 *
 * @param name such as {@code /data/AccountChangeEvent}
 * @param schemaId of the newest schema of its events
 * @param publishable whether clients may publish to it
 * @param fits whether an event belongs to it
 * @param enriched by object, the fields that its events always have
 */
public record Channel(
        String name,
        String schemaId,
        boolean publishable,
        Predicate<EventPayload> fits,
        Map<String, Set<String>> enriched) {

    byte[] avro(EventPayload payload) {
        return payload.avro(enriched.getOrDefault(payload.entity(), Set.of()));
    }
}
