package org.sftoolkit.camel;

/**
 * A login that succeeded.
 *
 * @param accessToken  the bearer token; secret
 * @param instanceUrl  where calls go, without trailing slash
 * @param refreshToken the new refresh token, which has replaced the one before; null where the login gave none; secret
 * @param identityUrl  names org and user, such as {@code https://login.salesforce.com/id/00D.../005...}; null where the login
 *                     does not tell
 */
public record SfToolkitLogin(String accessToken, String instanceUrl, String refreshToken, String identityUrl) {

    /** Without secrets. */
    @Override
    public String toString() {
        return "Login to " + instanceUrl;
    }
}
