package org.sftoolkit.camel.operation;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation for an exchange.
 *
 * @param body its new body, null included
 * @param replaceBody false to leave the body as it was
 * @param headers headers to set; a null value removes the header
 * @param settled hears whether the exchange has succeeded when it is over; may block; null if nobody wants to know
 */
public record Outcome(
        @Nullable Object body,
        boolean replaceBody,
        Map<OutcomeHeader, Object> headers,
        @Nullable Consumer<Boolean> settled) {

    /** A new body. */
    public static Outcome of(@Nullable Object body, Map<OutcomeHeader, Object> headers) {
        return new Outcome(body, true, headers, null);
    }

    /** The same, told of the end of its exchange. */
    public Outcome settling(Consumer<Boolean> end) {
        return new Outcome(body, replaceBody, headers, end);
    }

    /** The same with other headers. */
    public Outcome with(Map<OutcomeHeader, Object> others) {
        return new Outcome(body, replaceBody, others, settled);
    }

    /** The body as it was. */
    public static Outcome keepBody(Map<OutcomeHeader, Object> headers) {
        return new Outcome(null, false, headers, null);
    }
}
