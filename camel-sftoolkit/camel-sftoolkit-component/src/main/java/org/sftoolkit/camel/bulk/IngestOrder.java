package org.sftoolkit.camel.bulk;

import org.jspecify.annotations.Nullable;

/**
 * What an ingest job is to do.
 *
 * @param object           API name
 * @param operation        as Salesforce names it: {@code insert}, {@code hardDelete}
 * @param externalIdField  for an upsert; else null
 * @param assignmentRuleId for cases and leads, or null
 * @param delimiter        Salesforce's name of it, such as {@code COMMA}
 * @param lineEnding       {@code LF} or {@code CRLF}
 */
public record IngestOrder(
        String object,
        String operation,
        @Nullable String externalIdField,
        @Nullable String assignmentRuleId,
        String delimiter,
        String lineEnding) {}
