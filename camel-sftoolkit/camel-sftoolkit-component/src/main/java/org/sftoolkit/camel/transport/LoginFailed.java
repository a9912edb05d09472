package org.sftoolkit.camel.transport;

/**
 * A request that was not sent because its login failed. The login has its own retries, so {@link Retry} removes this
 * wrapper and does not retry. Callers see the cause.
 */
final class LoginFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LoginFailed(Throwable cause) {
        super(null, cause, false, false);
    }
}
