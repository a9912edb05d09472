package org.sftoolkit.camel.bulk;

import java.io.IOException;
import java.util.Optional;

/** Cuts an input into parts, one a job, as they are asked for. Reading may block. Not thread-safe. */
interface BulkParts extends AutoCloseable {

    /** The next part; empty at the end. */
    Optional<BulkPart> next() throws IOException;

    /** Closes the input, and removes a part that was begun. */
    @Override
    void close() throws Exception;
}
