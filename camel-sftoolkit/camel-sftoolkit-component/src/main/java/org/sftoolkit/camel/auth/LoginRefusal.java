package org.sftoolkit.camel.auth;

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
                    "the login host redirects to " + moved.location() + ": set loginUrl to the host that logs in",
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
}
