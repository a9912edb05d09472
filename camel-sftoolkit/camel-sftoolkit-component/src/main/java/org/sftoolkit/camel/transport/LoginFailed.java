package org.sftoolkit.camel.transport;

/**
 * A request that did not go out because there is no token: its login has failed. The login has had its own tries, so that
 * {@link Retry}, which takes this wrapper off, adds none. Callers see the cause.
 */
final class LoginFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LoginFailed(Throwable cause) {
        super(null, cause, false, false);
    }
}
