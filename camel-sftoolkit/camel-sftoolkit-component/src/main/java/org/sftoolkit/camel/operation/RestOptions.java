package org.sftoolkit.camel.operation;

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
        String sosl, String q, SearchIn in, CompositeType compositeType, String method, String path) {}
