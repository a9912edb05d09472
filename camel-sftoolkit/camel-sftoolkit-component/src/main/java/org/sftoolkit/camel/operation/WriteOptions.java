package org.sftoolkit.camel.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.RetryPolicy;

/**
 * How records are written, beyond what is done with them.
 *
 * @param rowRetries how many times and after which pauses rows that failed for a temporary reason are sent again
 * @param duplicateKeys handling of entries of a list with the same Id or external id
 * @param groupBy field whose equal values are never in two concurrent requests, or null
 * @param stripReadOnly whether fields are left out that the org's description says cannot be written
 * @param headers of Salesforce that say how it treats writes
 * @param dryRun whether everything is planned and nothing written
 * @param publishing how events are published
 */
public record WriteOptions(
        RetryPolicy rowRetries,
        DuplicateKeys duplicateKeys,
        @Nullable String groupBy,
        boolean stripReadOnly,
        Map<String, String> headers,
        boolean dryRun,
        Publishing publishing) {

    /**
     * How events are published.
     *
     * @param checkFields   whether each is checked before it is sent
     * @param repeatUnknown whether a call whose answer was lost is sent again, though its events may be published
     */
    public record Publishing(boolean checkFields, boolean repeatUnknown) {

        public static final Publishing USUAL = new Publishing(true, false);
    }

    public WriteOptions {
        headers = Map.copyOf(headers);
    }
}
