package org.sftoolkit.camel.poll;

import java.time.Instant;

/**
 * The place of one version of a record in the order in which sources give them.
 *
 * @param stamp value of the watermark field, to the second as Salesforce has it
 * @param id    18-character Id
 */
public record Position(Instant stamp, String id) {}
