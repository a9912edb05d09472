package org.sftoolkit.emulator.api;

/** A login is refused. Carries no stack trace: it is an answer, not a fault. */
final class LoginRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    /** @param error the code of OAuth or of the SOAP fault */
    LoginRefusedException(String error, String description) {
        super(description, null, false, false);
        this.error = error;
    }

    String error() {
        return error;
    }
}
