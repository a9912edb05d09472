package org.sftoolkit.camel.auth;

import org.sftoolkit.camel.transport.Token;

/**
 * What a login gave.
 *
 * @param token        leave to call the org
 * @param refreshToken a new refresh token, which replaces the one before; null where the login gives none; secret
 * @param identityUrl  names org and user, such as {@code https://login.salesforce.com/id/00D.../005...}; null where the login
 *                     does not tell
 */
public record Grant(Token token, String refreshToken, String identityUrl) {

    /** A token and nothing else. */
    public static Grant of(Token token) {
        return new Grant(token, null, null);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Grant of a " + token + (refreshToken == null ? "" : " with a refresh token");
    }
}
