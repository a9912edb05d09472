package org.sftoolkit.camel.auth;

import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.RedirectedException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SessionExpiredException;

/** A login that Salesforce refused, whatever shape the refusal has. */
final class LoginRefusal {

    private LoginRefusal() {}

    /** The failure as the login's caller is to see it. */
    static Throwable of(Throwable failure) {
        if (failure instanceof RedirectedException moved) {
            return new AuthenticationException(
                    "the login host redirects to " + moved.location() + ": set loginUrl to the host that logs in",
                    null,
                    new Answer(moved.status(), moved.errors(), moved.request()));
        }
        if (failure instanceof RequestRejectedException refused) {
            return exception(new Answer(refused.status(), refused.errors(), refused.request()));
        }
        // a login has no session that could expire: its 401 means the client's credentials
        return failure instanceof SessionExpiredException refused
                ? exception(new Answer(refused.status(), refused.errors(), refused.request()))
                : failure;
    }

    private static AuthenticationException exception(Answer answer) {
        String code = answer.errors().isEmpty() ? null : answer.errors().get(0).code();
        return new AuthenticationException(
                "Salesforce refused the login" + LoginHints.hint(answer.errors()), code, answer);
    }
}
