package org.sftoolkit.camel.operation;

import java.io.InputStream;
import org.sftoolkit.camel.model.Records;

/**
 * What a bulk load is fed with: records, or CSV that is passed through.
 *
 * @param records null where it is CSV
 * @param csv     in UTF-8, with a header; null where it is records; closed when it was read or will not be
 */
public record BulkInput(Records records, InputStream csv) {}
