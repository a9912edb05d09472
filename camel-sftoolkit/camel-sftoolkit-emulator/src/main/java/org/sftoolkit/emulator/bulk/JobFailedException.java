package org.sftoolkit.emulator.bulk;

/** The input of a job cannot be processed at all; the job ends as Failed with this message. */
final class JobFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message in the form {@code Code : text} */
    JobFailedException(String message) {
        super(message, null, false, false);
    }
}
