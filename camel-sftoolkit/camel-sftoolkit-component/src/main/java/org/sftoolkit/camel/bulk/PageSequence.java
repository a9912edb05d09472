package org.sftoolkit.camel.bulk;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The pages of a query job, in order. Asked by one reader, whom it may let wait. */
interface PageSequence extends Closeable {

    /** The next page, or null behind the last; the one before it was read to its end. */
    @Nullable
    ResumableCsv next() throws IOException;

    /** Locator of the page that {@link #next} gave last; null for the first. */
    @Nullable
    String locator();

    /** Stops reading. */
    @Override
    void close();
}
