package org.sftoolkit.camel.bulk;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.Records;

/** What a bulk load is fed with: records, or CSV that is passed through. */
public sealed interface BulkInput {

    /** Records in any form. */
    record OfRecords(Records records) implements BulkInput {}

    /**
     * A CSV with a header.
     *
     * @param utf8     closed when it was read or will not be
     * @param declared whether the message says that it is CSV
     * @param again    the same bytes, to be read once more; null if they can be read once
     */
    record Csv(InputStream utf8, boolean declared, @Nullable RepeatableBytes again) implements BulkInput {}
}
