package org.sftoolkit.camel.poll;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that changed, or that were deleted, in a span of time.
 *
 * @param records time of deletion by Id; null values for changes
 * @param earliest start of the log of deletions; null for changes
 * @param covered time up to which the list is complete
 */
public record Replicated(Map<String, @Nullable Instant> records, @Nullable Instant earliest, Instant covered) {}
