package org.sftoolkit.camel.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How records are named, read and written.
 *
 * @param externalIdField  field by which records are known; null for their Id
 * @param notFound         what a missing record means; null for the operation's default
 * @param mode             whether they are inserted, updated or upserted
 * @param onlyChanges      whether only changed fields are sent, and unchanged records not at all
 * @param updateOnly       whether nothing may be created
 * @param allOrNone        whether a request fails as a whole when one record of it fails
 * @param reload           whether saved records are read back
 * @param clearId          whether a deleted record loses its Id
 * @param onPartialFailure what failed records of a list mean
 * @param ifModifiedSince   fetch only what was changed since; null for always
 * @param ifUnmodifiedSince write only what was not changed since; null for always
 * @param writing          how records are written, beyond what is done with them
 */
public record RecordOptions(
        @Nullable String externalIdField,
        @Nullable NotFound notFound,
        SaveMode mode,
        boolean onlyChanges,
        boolean updateOnly,
        boolean allOrNone,
        boolean reload,
        boolean clearId,
        OnPartialFailure onPartialFailure,
        @Nullable Instant ifModifiedSince,
        @Nullable Instant ifUnmodifiedSince,
        WriteOptions writing) {

    /** The same key and the same tries for records that are written in this mode, each by itself and whole. */
    RecordOptions plain(SaveMode how) {
        return new RecordOptions(
                externalIdField,
                NotFound.FAIL,
                how,
                false,
                false,
                false,
                false,
                false,
                OnPartialFailure.RETURN,
                null,
                null,
                writing);
    }

    /** The same options, with records known by their Id. */
    RecordOptions byId() {
        return new RecordOptions(
                null,
                notFound,
                mode,
                onlyChanges,
                updateOnly,
                allOrNone,
                reload,
                clearId,
                onPartialFailure,
                ifModifiedSince,
                ifUnmodifiedSince,
                writing);
    }
}
