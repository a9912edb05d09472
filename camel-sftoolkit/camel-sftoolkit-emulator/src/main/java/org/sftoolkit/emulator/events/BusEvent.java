package org.sftoolkit.emulator.events;

import java.time.Instant;
import java.util.Map;

/**
 * An event as people read it.
 *
 * @param replayId Base64
 * @param at when it was published or committed
 * @param uuid what subscribers see as its id
 * @param entity the object that changed, such as {@code Account}, or the platform event, such as {@code Order_Placed__e}
 * @param schemaId of its payload
 * @param fields its values; of a change event the header under {@code ChangeEventHeader}, with lists of names instead of bitmaps
 */
public record BusEvent(
        String replayId, Instant at, String uuid, String entity, String schemaId, Map<String, Object> fields) {}
