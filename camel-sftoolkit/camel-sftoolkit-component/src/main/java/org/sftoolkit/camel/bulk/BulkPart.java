package org.sftoolkit.camel.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sftoolkit.camel.operation.BulkAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data of one job, whole in a temporary file: an upload whose answer is lost must be sent again, to another job.
 *
 * @param number place among the parts, from 0
 * @param action what the job does
 * @param file   CSV
 * @param bytes  its size
 * @param rows   without the header
 */
public record BulkPart(int number, BulkAction action, Path file, long bytes, long rows) {

    private static final Logger LOG = LoggerFactory.getLogger(BulkPart.class);

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The temporary file {} could not be removed: {}", file, e.toString());
        }
    }
}
