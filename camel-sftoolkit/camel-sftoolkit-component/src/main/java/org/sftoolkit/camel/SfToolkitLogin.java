package org.sftoolkit.camel;

import org.jspecify.annotations.Nullable;

/**
 * A login that succeeded.
 *
 * @param accessToken the bearer token; secret
 * @param instanceUrl URL that calls are sent to, without trailing slash
 * @param refreshToken the new refresh token, which replaces the old one; null if the login returned no new one; secret
 * @param identityUrl names org and user, such as {@code https://login.salesforce.com/id/00D.../005...}; null if the
 *     login does not return it
 */
public record SfToolkitLogin(
        String accessToken, String instanceUrl, @Nullable String refreshToken, @Nullable String identityUrl) {

    /** Without secrets. */
    @Override
    public String toString() {
        return "Login to " + instanceUrl;
    }
}
