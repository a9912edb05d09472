package org.sftoolkit.emulator.events;

import java.util.Map;
import java.util.Set;

/** What an event carries: a change of rows, or what somebody published. Immutable. */
sealed interface EventPayload permits ChangePayload, PublishedPayload {

    /** {@code Account} or {@code Order_Placed__e}. */
    String entity();

    /** What subscribers see as its id. */
    String uuid();

    /** The id of the schema in which {@link #avro} is written. */
    String schemaId();

    /**
     * Avro binary, without a header.
     *
     * @param enriched names of fields whose values are to be there whether they changed or not
     */
    byte[] avro(Set<String> enriched);

    /** The same as JSON values, with bitmaps as lists of names. */
    Map<String, Object> json();
}
