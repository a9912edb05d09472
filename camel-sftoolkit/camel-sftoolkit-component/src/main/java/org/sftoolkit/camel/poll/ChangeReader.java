package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SObject;

/** The org's replication resources as a source sees them. */
public interface ChangeReader {

    /** The org's time, by its own clock. */
    Future<Instant> now();

    /** What was created or changed. */
    Future<Replicated> updated(Instant start, Instant end);

    /** What was deleted. */
    Future<Replicated> deleted(Instant start, Instant end);

    /** Records by their Ids, in that order; null for one that does not exist. */
    Future<List<@Nullable SObject>> records(List<String> ids);

    /** The watermark of a record. */
    Instant stamp(SObject record);

    /** A deleted record of which only the Id is known. */
    SObject deleted(String id);
}
