package org.sftoolkit.camel.error;

import org.jspecify.annotations.Nullable;

/** No answer came: the connection failed, was cut, or the time was up. */
public final class TransportException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final boolean sent;
    private final boolean repeatable;

    /**
     * @param what       what happened
     * @param request    method and path, or null if there was none
     * @param sent       whether the request may have reached Salesforce
     * @param repeatable whether the request may be sent again even if Salesforce carried it out
     * @param cause      the failure of the network, or null
     */
    public TransportException(
            String what, @Nullable String request, boolean sent, boolean repeatable, @Nullable Throwable cause) {
        super(telling(sent && !repeatable, what), Answer.none(request), cause);
        this.sent = sent;
        this.repeatable = repeatable;
    }

    /** Whether the request may have reached Salesforce; false only if it certainly did not. */
    public boolean sent() {
        return sent;
    }

    /**
     * Whether the request wrote something, was sent, and nobody knows whether Salesforce carried it out: an insert whose
     * answer was lost. Sending it again might create the record twice.
     */
    public boolean outcomeUnknown() {
        return sent && !repeatable;
    }

    @Override
    public boolean retryable() {
        return !outcomeUnknown();
    }
}
