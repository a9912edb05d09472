package org.sftoolkit.emulator.org;

import java.util.List;

/**
 * Why a row was refused.
 *
 * @param statusCode Salesforce's code, such as {@code REQUIRED_FIELD_MISSING}
 * @param message Salesforce's text
 * @param fields the fields it concerns; may be empty
 */
public record SaveError(String statusCode, String message, List<String> fields) {

    public SaveError(String statusCode, String message, String... fields) {
        this(statusCode, message, List.of(fields));
    }
}
