package org.sftoolkit.camel.error;

/**
 * Salesforce does not accept the access token (any more). Absorbed by a new login; a route sees it only where a new login
 * succeeded and did not help.
 */
public final class SessionExpiredException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    /** @param answer the refusal */
    public SessionExpiredException(String what, Answer answer) {
        super(what, null, answer);
    }
}
