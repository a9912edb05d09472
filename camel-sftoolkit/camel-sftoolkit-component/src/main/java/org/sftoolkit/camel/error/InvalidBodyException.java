package org.sftoolkit.camel.error;

import org.jspecify.annotations.Nullable;

/**
 * The body of the message is not what the operation works on, or cannot be read as it. Nothing was sent, unless the body is
 * read while it is sent: then what stood before the place that the message names may have been.
 */
public sealed class InvalidBodyException extends SfToolkitException permits ConsumedBodyException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what  what was given, what may be given and the cure; no content of records
     * @param cause why it cannot be read, or null
     */
    public InvalidBodyException(String what, @Nullable Throwable cause) {
        super(what, Answer.NONE, cause);
    }

    /** False: the same body fails in the same way. */
    @Override
    public final boolean retryable() {
        return false;
    }
}
