package org.sftoolkit.emulator.org;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A platform event that a transaction published.
 *
 * @param id what the caller is told; made as ids of rows are
 * @param fields its values
 */
public record PublishedEvent(ObjectSchema type, String id, Row fields) {

    /** The event's own UUID. */
    public String uuid() {
        return uuidOf(id);
    }

    /** The UUID of the event with that id. */
    public static String uuidOf(String id) {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
