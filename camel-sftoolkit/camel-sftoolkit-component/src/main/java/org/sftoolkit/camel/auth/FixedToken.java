package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.transport.Token;

/**
 * {@code authType=TOKEN}: a token issued elsewhere. It cannot be renewed: if Salesforce refuses it, the login fails,
 * and a later login tries it again.
 */
public final class FixedToken implements LoginFlow {

    private final Grant grant;
    private final AtomicBoolean given = new AtomicBoolean();

    /** @param token as issued */
    public FixedToken(Token token) {
        this.grant = Grant.of(token);
    }

    @Override
    public boolean renews() {
        return false;
    }

    @Override
    public Future<Grant> login() {
        if (given.compareAndSet(false, true)) {
            return Future.succeededFuture(grant);
        }
        given.set(false);
        return Future.failedFuture(new AuthenticationException(
                "Salesforce does not accept the accessToken, or it has expired, and authType=TOKEN cannot get a new"
                        + " one: set a new accessToken, a tokenSource, or another authType",
                (Throwable) null));
    }
}
