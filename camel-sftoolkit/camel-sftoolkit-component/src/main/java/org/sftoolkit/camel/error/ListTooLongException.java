package org.sftoolkit.camel.error;

/** A query has more rows, or the org more jobs, than {@code maxListSize} lets a list hold. Nothing is wrong with the request. */
public final class ListTooLongException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    /** @param message says how many there are, and the cure */
    public ListTooLongException(String message) {
        super(message, Answer.NONE, null);
    }

    /** False: the list is as long the next time. */
    @Override
    public boolean retryable() {
        return false;
    }
}
