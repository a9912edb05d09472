package org.sftoolkit.camel.auth;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.Token;

/**
 * The result of a login.
 *
 * @param token the token
 * @param refreshToken a new refresh token, which replaces the one before; null if the login returns no new one;
 *     secret
 * @param identityUrl names org and user, such as {@code https://login.salesforce.com/id/00D.../005...}; null if the
 *     login does not return it
 */
public record Grant(Token token, @Nullable String refreshToken, @Nullable String identityUrl) {

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
