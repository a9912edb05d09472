package org.sftoolkit.camel.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of saving or deleting one record.
 *
 * @param index its place in the input, from 0
 * @param id its Id if known: given, found or new; null for a record that was not created
 * @param success whether the org now has the requested state; true also for {@code skipped} ones
 * @param created whether it was created by this call
 * @param skipped whether it was not sent because it had no changes
 * @param errors why it failed; empty on success
 * @param record the input as it was given, ready to be sent again; null for a successful record of an input that is
 *     read as a stream and not kept
 */
public record SaveResult(
        int index,
        @Nullable String id,
        boolean success,
        boolean created,
        boolean skipped,
        List<SaveError> errors,
        @Nullable Object record) {

    public SaveResult {
        errors = List.copyOf(errors);
    }

    /** A record that was written. */
    public static SaveResult written(int index, @Nullable String id, boolean created, @Nullable Object record) {
        return new SaveResult(index, id, true, created, false, List.of(), record);
    }

    /** A record for which nothing was sent because nothing had changed. */
    public static SaveResult unchanged(int index, @Nullable String id, @Nullable Object record) {
        return new SaveResult(index, id, true, false, true, List.of(), record);
    }

    /** A record that was not written. */
    public static SaveResult failure(int index, @Nullable String id, List<SaveError> errors, @Nullable Object record) {
        return new SaveResult(index, id, false, false, false, errors, record);
    }

    /** Whether it failed for a reason that passes, such as a row lock. */
    public boolean retryable() {
        return !success && !errors.isEmpty() && errors.stream().allMatch(SaveError::retryable);
    }

    /** The same outcome at another place of the input. */
    public SaveResult at(int place) {
        return new SaveResult(place, id, success, created, skipped, errors, record);
    }
}
