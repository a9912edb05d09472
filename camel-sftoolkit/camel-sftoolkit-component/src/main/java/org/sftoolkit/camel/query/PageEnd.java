package org.sftoolkit.camel.query;

import org.jspecify.annotations.Nullable;

/**
 * What a page of rows says beside its rows.
 *
 * @param totalSize rows of the whole query; negative if it does not say
 * @param next      path of the next page, or null
 * @param done      whether it says that it is the last; null if it does not say
 */
record PageEnd(long totalSize, @Nullable String next, @Nullable Boolean done) {

    PageEnd(long totalSize, String next) {
        this(totalSize, next, next == null);
    }
}
