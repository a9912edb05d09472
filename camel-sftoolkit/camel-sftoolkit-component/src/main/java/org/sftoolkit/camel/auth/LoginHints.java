package org.sftoolkit.camel.auth;

import java.util.List;
import java.util.Locale;
import org.sftoolkit.camel.error.ApiError;

/**
 * What to do about a refused login, by Salesforce's own words.
 *
 * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm">Salesforce Help: OAuth
 *      2.0 Error Codes</a>
 */
final class LoginHints {

    private LoginHints() {}

    /**
     * A cure to append to a message, beginning with a blank; empty if none is known.
     *
     * @param credentials what this kind of login is refused for, such as {@code clientId and clientSecret}
     */
    static String hint(List<ApiError> errors, String credentials) {
        if (errors.isEmpty()) {
            return " (is loginUrl a Salesforce host?)";
        }
        String cure = byMessage(errors.get(0).message());
        if (cure.isEmpty()) {
            cure = byCode(errors.get(0).code(), credentials);
        }
        return cure.isEmpty() ? "" : " (" + cure + ")";
    }

    private static String byMessage(String message) {
        return switch (message.toLowerCase(Locale.ROOT)) {
            case "client identifier invalid" -> "check clientId";
            case "invalid client credentials" -> "check clientId and clientSecret";
            case "no client credentials user enabled" ->
                "name a run-as user in the connected app's client credentials flow";
            case "request not supported on this domain" -> "set loginUrl to the org's My Domain URL";
            case "user hasn't approved this consumer" ->
                "pre-authorise the connected app for this user's profile or permission set";
            case "audience validation failed", "audience is invalid" ->
                "set jwtAudience: https://login.salesforce.com for production, https://test.salesforce.com for"
                        + " sandboxes";
            case "expired authorization code" -> "check the clock of this machine";
            case "expired access/refresh token" -> "the refreshToken was revoked or rotated: authorise the app anew";
            default -> "";
        };
    }

    private static String byCode(String code, String credentials) {
        return switch (code) {
            case "invalid_grant", "INVALID_LOGIN" -> "check " + credentials;
            case "invalid_client", "invalid_client_id", "invalid_client_credentials" ->
                "check clientId and clientSecret";
            case "inactive_user" -> "activate the user";
            case "unsupported_grant_type" -> "the connected app does not allow this kind of login";
            case "LOGIN_MUST_USE_SECURITY_TOKEN" ->
                "set securityToken, or let the user's profile trust this machine's IP address";
            case "UNSUPPORTED_API_VERSION" -> "this org has no SOAP login any more: use another authType";
            default -> "";
        };
    }
}
