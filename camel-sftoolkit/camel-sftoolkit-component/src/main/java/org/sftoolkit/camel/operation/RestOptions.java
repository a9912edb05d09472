package org.sftoolkit.camel.operation;

import org.jspecify.annotations.Nullable;

/**
 * Options of the operations that are close to one REST resource.
 *
 * @param sosl          the search statement, or null
 * @param q             what to search for without a statement, or null
 * @param in            where q is searched; null for everywhere
 * @param compositeType kind of a composite request
 * @param method        HTTP method of a raw call
 * @param path          path of a raw call, or null
 */
public record RestOptions(
        @Nullable String sosl,
        @Nullable String q,
        @Nullable SearchIn in,
        CompositeType compositeType,
        String method,
        @Nullable String path) {}
