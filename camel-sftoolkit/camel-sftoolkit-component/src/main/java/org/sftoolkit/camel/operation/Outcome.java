package org.sftoolkit.camel.operation;

import java.util.Map;

/**
 * The result of an operation for an exchange.
 *
 * @param body its new body, null included
 * @param replaceBody false to leave the body as it was
 * @param headers headers to set; a null value removes the header
 */
public record Outcome(Object body, boolean replaceBody, Map<OutcomeHeader, Object> headers) {

    /** A new body. */
    public static Outcome of(Object body, Map<OutcomeHeader, Object> headers) {
        return new Outcome(body, true, headers);
    }

    /** The body as it was. */
    public static Outcome keepBody(Map<OutcomeHeader, Object> headers) {
        return new Outcome(null, false, headers);
    }
}
