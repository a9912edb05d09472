package org.sftoolkit.camel.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.BulkAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data of one job.
 *
 * @param number    place among the parts, from 0
 * @param action    what the job does
 * @param content   CSV
 * @param rows      without the header
 * @param temporary file that the content is in; null if it is read from the body itself
 */
public record BulkPart(int number, BulkAction action, PartContent content, long rows, @Nullable Path temporary) {

    private static final Logger LOG = LoggerFactory.getLogger(BulkPart.class);

    void remove() {
        if (temporary == null) {
            return;
        }
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            LOG.warn("The temporary file {} could not be removed: {}", temporary, e.toString());
        }
    }
}
