package org.sftoolkit.camel.client;

/**
 * What a page of rows says beside its rows.
 *
 * @param totalSize rows of the whole query
 * @param next      path of the next page, or null
 */
record PageEnd(long totalSize, String next) {}
