package org.sftoolkit.camel.error;

import org.jspecify.annotations.Nullable;

/**
 * The position from which a consumer would go on cannot be used: it is corrupt, was written by a newer version or for another
 * source, lies ahead of the org's clock, or is older than what the org still knows. Never taken for "from the start".
 */
public final class WatermarkException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what  what is wrong and what to do
     * @param cause what Salesforce said, or null
     */
    public WatermarkException(String what, @Nullable Throwable cause) {
        super(what, Answer.NONE, cause);
    }

    /** False: only setting the position, or the option that the message names, helps. */
    @Override
    public boolean retryable() {
        return false;
    }
}
