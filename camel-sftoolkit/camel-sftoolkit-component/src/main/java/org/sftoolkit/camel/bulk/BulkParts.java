package org.sftoolkit.camel.bulk;

import java.io.IOException;
import java.util.Optional;

/** Splits an input into parts on demand, one part per job. Reading may block. Not thread-safe. */
interface BulkParts extends AutoCloseable {

    /** The next part; empty at the end. */
    Optional<BulkPart> next() throws IOException;

    /** Closes the input, and removes a part that was begun. */
    @Override
    void close() throws Exception;
}
