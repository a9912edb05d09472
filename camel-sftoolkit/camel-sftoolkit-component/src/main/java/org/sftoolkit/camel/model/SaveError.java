package org.sftoolkit.camel.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * Why one record was not saved or deleted.
 *
 * @param statusCode Salesforce's code such as {@code FIELD_CUSTOM_VALIDATION_EXCEPTION}
 * @param message    Salesforce's text
 * @param fields     fields it concerns; never null
 * @param retryable  whether the same record may well go through a little later (row locks)
 * @param duplicates what duplicate rules found ({@code DUPLICATES_DETECTED}); never null, empty if Salesforce named nothing
 */
public record SaveError(
        String statusCode,
        String message,
        List<String> fields,
        boolean retryable,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DuplicateMatch> duplicates) {

    /** An error that no duplicate rule has caused. */
    public SaveError(String statusCode, String message, List<String> fields, boolean retryable) {
        this(statusCode, message, fields, retryable, List.of());
    }

    public SaveError {
        statusCode = Redaction.of(statusCode);
        message = Redaction.of(message);
        fields = fields.stream().map(Redaction::of).toList();
        duplicates = List.copyOf(duplicates);
    }
}
