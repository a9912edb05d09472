package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.TokenSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of a connection: any number of callers share one token and, when it dies, one login.
 *
 * <p>A refused token is replaced only if it is still the present one, so that callers whose request crossed with a login do
 * not cause another. A failed login fails all who wait for it, and the next caller tries anew. Thread-safe.
 */
public final class Session implements TokenSource {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final LoginFlow flow;
    private Future<Token> current;

    /** @param flow how to log in */
    public Session(LoginFlow flow) {
        this.flow = flow;
    }

    @Override
    public synchronized Future<Token> token() {
        if (current == null || current.failed()) {
            current = logIn();
        }
        return current;
    }

    @Override
    public synchronized Future<Token> renew(Token refused) {
        if (current != null && current.succeeded() && current.result().equals(refused)) {
            current = logIn();
            return current;
        }
        return token();
    }

    private Future<Token> logIn() {
        try {
            return flow.login()
                    .onSuccess(token -> LOG.info("Logged in to Salesforce at {}", token.instanceUrl()))
                    .onFailure(failure -> LOG.debug("Login to Salesforce failed: {}", failure.getMessage()));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
