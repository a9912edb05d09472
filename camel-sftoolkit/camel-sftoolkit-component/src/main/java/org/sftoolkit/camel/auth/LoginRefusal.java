package org.sftoolkit.camel.auth;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.RedirectedException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.SfToolkitException;

/** A login that Salesforce refused, whatever shape the refusal has. */
final class LoginRefusal {

    /** RFC 6749 and Salesforce's own; {@code unknown_error} comes with "retry your request". */
    private static final Set<String> PASSING =
            Set.of("temporarily_unavailable", "server_error", "unknown_error", "server_unavailable");

    private static final Set<String> LIMITS = Set.of("rate_limit_exceeded", "login_rate_exceeded");

    private LoginRefusal() {}

    /**
     * The failure as the login's caller is to see it.
     *
     * @param credentials what this kind of login is refused for, such as {@code clientId and clientSecret}
     */
    static Throwable of(Throwable failure, String credentials) {
        if (failure instanceof RedirectedException moved) {
            return new AuthenticationException(
                    "the login host redirects to " + moved.location() + ": set loginUrl to the new host",
                    null,
                    new Answer(moved.status(), moved.errors(), moved.request()));
        }
        // a login has no session that could expire: its 401 means the client's credentials
        return failure instanceof RequestRejectedException || failure instanceof SessionExpiredException
                ? refusal((SfToolkitException) failure, credentials)
                : failure;
    }

    private static SfToolkitException refusal(SfToolkitException refused, String credentials) {
        var answer = new Answer(refused.status(), refused.errors(), refused.request());
        if (answer.errors().stream().anyMatch(LoginRefusal::isLimit)) {
            return new LimitExceededException("too many logins in a short time", true, null, answer);
        }
        if (answer.errors().stream().anyMatch(LoginRefusal::isPassing)) {
            return new ServerException("Salesforce could not handle the login", true, null, answer);
        }
        String code = answer.errors().isEmpty() ? null : answer.errors().get(0).code();
        return new AuthenticationException(
                "Salesforce refused the login" + LoginHints.hint(answer.errors(), credentials), code, answer);
    }

    private static boolean isLimit(ApiError error) {
        return LIMITS.contains(error.code().toLowerCase(Locale.ROOT))
                || error.message().toLowerCase(Locale.ROOT).replace('_', ' ').contains("login rate exceeded");
    }

    private static boolean isPassing(ApiError error) {
        return PASSING.contains(error.code().toLowerCase(Locale.ROOT))
                || error.message().toLowerCase(Locale.ROOT).contains("retry your request");
    }

    /**
     * What to do about a refused login, by Salesforce's own words.
     *
     * @see <a href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm">Salesforce Help: OAuth
     *      2.0 Error Codes</a>
     */
    private static final class LoginHints {

        private LoginHints() {}

        /**
         * A cure to append to a message, beginning with a blank; empty if no cure is known.
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
                    "pre-authorise the connected app for the profile or permission set of this user";
                case "audience validation failed", "audience is invalid" ->
                    "set jwtAudience: https://login.salesforce.com for production, https://test.salesforce.com for"
                            + " sandboxes";
                case "expired authorization code" -> "check the clock of this machine";
                case "expired access/refresh token" ->
                    "the refreshToken was revoked or rotated: authorise the app again";
                default -> "";
            };
        }

        private static String byCode(String code, String credentials) {
            return switch (code) {
                case "invalid_grant", "INVALID_LOGIN" -> "check " + credentials;
                case "invalid_client", "invalid_client_id", "invalid_client_credentials" ->
                    "check clientId and clientSecret";
                case "inactive_user" -> "activate the user";
                case "unsupported_grant_type" ->
                    "the connected app does not allow this authType: allow its OAuth flow, or use another authType";
                case "LOGIN_MUST_USE_SECURITY_TOKEN" ->
                    "set securityToken, or add the IP address of this machine to the trusted range of the user's"
                            + " profile";
                case "UNSUPPORTED_API_VERSION" -> "this org no longer supports SOAP login: use another authType";
                default -> "";
            };
        }
    }
}
