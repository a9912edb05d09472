package org.sftoolkit.camel.bulk;

import java.io.Closeable;
import java.io.IOException;

/** The pages of a query job, in order. Asked by one reader, whom it may let wait. */
interface PageSequence extends Closeable {

    /** The next page, or null behind the last; the one before it was read to its end. */
    ResumableCsv next() throws IOException;

    /** Locator of the page that {@link #next} gave last; null for the first. */
    String locator();

    /** Stops reading. */
    @Override
    void close();
}
