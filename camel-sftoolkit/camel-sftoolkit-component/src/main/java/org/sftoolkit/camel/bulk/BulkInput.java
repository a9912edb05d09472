package org.sftoolkit.camel.bulk;

import java.io.InputStream;
import org.sftoolkit.camel.model.Records;

/**
 * What a bulk load is fed with: records, or CSV that is passed through.
 *
 * @param records null if it is CSV
 * @param csv     null if it is records
 */
public record BulkInput(Records records, Csv csv) {

    /**
     * A CSV with a header.
     *
     * @param utf8     closed when it was read or will not be
     * @param declared whether the message says that it is CSV
     * @param again    the same bytes, to be read once more; null if they can be read once
     */
    public record Csv(InputStream utf8, boolean declared, RepeatableBytes again) {}
}
