package org.sftoolkit.camel.error;

import org.jspecify.annotations.Nullable;

/**
 * The body can be read once, and something of it was read before: by an earlier step, by another branch, or by an attempt that
 * failed. What is left of it is never taken for the whole.
 */
public final class ConsumedBodyException extends InvalidBodyException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what  what was read before, and the cure
     * @param cause why an attempt before failed, or null
     */
    public ConsumedBodyException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
