package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SObject;

/** Reads records from the org that no event tells of: page by page, so that their number does not matter. */
public interface StoredRecords {

    /** All records of an object as they are. */
    Pages all(String sObject);

    /** Records that changed since an instant, deleted ones too. */
    Pages changedSince(String sObject, Instant since);

    /** Pages of records. Asked by one caller at a time. */
    interface Pages {

        /** The next page, which may be empty; null behind the last. After a failure it may be asked again. */
        Future<@Nullable List<Row>> next();

        /** No more are wanted. */
        void close();
    }

    /**
     * A record.
     *
     * @param record of a deleted one its Id
     * @param time   of its last change; null if that is not known
     */
    record Row(SObject record, EventChange change, @Nullable Instant time) {}
}
