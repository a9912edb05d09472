package org.sftoolkit.camel.error;

import org.jspecify.annotations.Nullable;

/**
 * What an exchange brings beside its body, or what it lacks, does not do: the value of a header or of a bind, an Id or an object
 * that is not named. Also a body that is fine by itself and that these options cannot be used for. Nothing was sent for what
 * the message names.
 */
public final class InvalidInputException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what  what was given, what may be given and the cure; no content of records
     * @param cause why it is refused, or null
     */
    public InvalidInputException(String what, @Nullable Throwable cause) {
        super(what, Answer.NONE, cause);
    }

    /** False: the same exchange fails in the same way. */
    @Override
    public boolean retryable() {
        return false;
    }
}
