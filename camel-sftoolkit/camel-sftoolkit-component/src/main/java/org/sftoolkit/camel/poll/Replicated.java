package org.sftoolkit.camel.poll;

import java.time.Instant;
import java.util.Map;

/**
 * Records that changed, or that were deleted, in a span of time.
 *
 * @param records  when each was deleted, by Id; of changes the values are null
 * @param earliest begin of the log of deletions; null for changes
 * @param covered  up to where nothing is missing
 */
public record Replicated(Map<String, Instant> records, Instant earliest, Instant covered) {}
