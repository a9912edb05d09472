package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.transport.Token;

/** {@code authType=TOKEN}: a token issued elsewhere. There is no way to renew it. */
public final class FixedToken implements LoginFlow {

    private final Token token;
    private final AtomicBoolean given = new AtomicBoolean();

    /** @param token as issued */
    public FixedToken(Token token) {
        this.token = token;
    }

    @Override
    public Future<Token> login() {
        return given.compareAndSet(false, true)
                ? Future.succeededFuture(token)
                : Future.failedFuture(new AuthenticationException(
                        "Salesforce does not accept the accessToken (any more), and authType=TOKEN has no way to get another:"
                                + " set a new accessToken, or another authType",
                        (Throwable) null));
    }
}
