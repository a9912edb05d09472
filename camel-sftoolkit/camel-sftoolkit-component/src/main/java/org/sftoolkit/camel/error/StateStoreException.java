package org.sftoolkit.camel.error;

/** The database in which states are kept cannot be read or written now. Whether a write that failed took place is unknown. */
public final class StateStoreException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what  which state, which table, and what the database said
     * @param cause of the driver
     */
    public StateStoreException(String what, Throwable cause) {
        super(what, Answer.NONE, cause);
    }

    /** True: consumers try again, and each write replaces only what they know. */
    @Override
    public boolean retryable() {
        return true;
    }
}
