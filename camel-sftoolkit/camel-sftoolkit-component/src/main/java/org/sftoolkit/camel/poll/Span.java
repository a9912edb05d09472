package org.sftoolkit.camel.poll;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of a source's records, in the order of stamp and Id.
 *
 * @param lower first stamp; null for no bound
 * @param until end of the stamps, exclusive
 * @param after only what follows this place; null for all
 */
public record Span(@Nullable Instant lower, Instant until, @Nullable Position after) {}
