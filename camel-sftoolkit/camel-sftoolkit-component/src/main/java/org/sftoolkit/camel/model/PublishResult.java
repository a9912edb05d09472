package org.sftoolkit.camel.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event that was to be published.
 *
 * @param index    its place in the input, from 0
 * @param success  whether the org has it
 * @param eventId  of the event, if it is known: through the Pub/Sub API the id that was sent with it, through REST its UUID
 * @param replayId its place in the channel, in Base64; null where it failed, and through REST, which does not tell it
 * @param errors   why it failed; empty on success
 * @param record   the input as it was given, ready to be sent again; null for a successful event of an input that is read as a
 *                 stream
 */
public record PublishResult(
        int index,
        boolean success,
        @Nullable String eventId,
        @Nullable String replayId,
        List<SaveError> errors,
        @Nullable Object record) {

    public PublishResult {
        errors = List.copyOf(errors);
    }

    /** Whether it failed for a reason that passes. */
    public boolean retryable() {
        return !success && !errors.isEmpty() && errors.stream().allMatch(SaveError::retryable);
    }

    /** The same outcome as that of a record that was to be saved. */
    public SaveResult asSaved() {
        return success
                ? SaveResult.written(index, eventId, true, record)
                : SaveResult.failure(index, eventId, errors, record);
    }
}
