package org.sftoolkit.camel.operation;

import org.jspecify.annotations.Nullable;

/**
 * What is queried and how it is given out.
 *
 * @param soql           the statement; null to build it or take it from the body
 * @param where          condition of the statement that is built, or null
 * @param orderBy        order of the statement that is built, or null
 * @param limit          most rows of the statement that is built, or null
 * @param outputType     form of the result; null for the operation's default
 * @param includeDeleted whether deleted and archived rows are read too
 * @param api            which API is asked
 * @param batchSize      most rows a page; 0 for Salesforce's default
 * @param prefetch       pages read ahead of the reader
 * @param maxListSize    most rows of a list
 * @param splitIn        name of the bound collection whose list may be split, or null
 */
public record QueryOptions(
        @Nullable String soql,
        @Nullable String where,
        @Nullable String orderBy,
        @Nullable Integer limit,
        @Nullable OutputType outputType,
        boolean includeDeleted,
        Api api,
        int batchSize,
        int prefetch,
        int maxListSize,
        @Nullable String splitIn) {}
