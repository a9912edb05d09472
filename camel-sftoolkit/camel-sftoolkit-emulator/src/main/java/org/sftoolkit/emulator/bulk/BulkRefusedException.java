package org.sftoolkit.emulator.bulk;

/** A call for a job is refused. Carries no stack trace: it is an answer, not a fault. */
public final class BulkRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errorCode;

    /** @param errorCode as it stands on the wire, in upper case */
    public BulkRefusedException(int status, String errorCode, String message) {
        super(message, null, false, false);
        this.status = status;
        this.errorCode = errorCode;
    }

    static BulkRefusedException notFound() {
        return new BulkRefusedException(404, "NOT_FOUND", "The requested resource does not exist");
    }

    static BulkRefusedException invalidState(String message) {
        return new BulkRefusedException(400, "INVALIDJOBSTATE", message);
    }

    static BulkRefusedException invalidJob(String message) {
        return new BulkRefusedException(400, "INVALIDJOB", message);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    public String errorCode() {
        return errorCode;
    }
}
