package org.sftoolkit.camel.error;

import org.jspecify.annotations.Nullable;

/**
 * The response is not what the API promises: incomplete, empty, or HTML or XML instead of JSON. It is never treated
 * as success.
 */
public final class UnreadableResponseException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final boolean repeatable;

    /**
     * @param what       what was expected and what came; an excerpt only of answers that hold no records
     * @param repeatable whether the request may be sent again even if Salesforce carried it out
     * @param answer     the answer
     * @param cause      why it cannot be read, or null
     */
    public UnreadableResponseException(String what, boolean repeatable, Answer answer, @Nullable Throwable cause) {
        super(telling(!repeatable, what), answer, cause);
        this.repeatable = repeatable;
    }

    /** Whether the request wrote something and nobody knows whether Salesforce carried it out. */
    public boolean outcomeUnknown() {
        return !repeatable;
    }

    @Override
    public boolean retryable() {
        return repeatable;
    }
}
