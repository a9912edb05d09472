package org.sftoolkit.camel.error;

/**
 * Another consumer has moved the position since this one read or wrote it: two run under one key, or this one was paused and has
 * lost its lock in the cluster. Nothing was written; the consumer reads the position again and goes on there.
 */
public final class PositionOvertakenException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    /** @param key of the position */
    public PositionOvertakenException(String key) {
        super(
                "another consumer has moved the position " + key
                        + " since this one wrote it: two consumers run under one watermarkKey, or this one was paused"
                        + " and has lost its lock in the cluster. The stored position stays, and this consumer goes on"
                        + " there; what it has delivered since may come again",
                Answer.NONE,
                null);
    }

    /** True: the next poll begins at the stored position. */
    @Override
    public boolean retryable() {
        return true;
    }
}
