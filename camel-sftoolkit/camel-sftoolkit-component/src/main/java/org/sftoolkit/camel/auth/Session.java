package org.sftoolkit.camel.auth;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.TokenSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of a connection: any number of callers share one token and, when it dies, one login.
 *
 * <p>A refused token is replaced only if it is still the present one, so that callers whose request crossed with a login do
 * not cause another. Salesforce locks users out who fail to log in too often, hence two brakes:
 * <ul>
 * <li>a refused login is remembered: for {@link #REFUSAL_MEMORY}, doubled by each further refusal up to
 * {@link #LONGEST_MEMORY}, callers get the same exception and no login is tried;
 * <li>after {@link #VAIN_LOGINS} logins in a row that succeeded but whose token was refused all the same, there is at most
 * one login a {@link #LONGEST_MEMORY}, and callers are told the reason.
 * </ul>
 * Logins that got no answer are not remembered; they have their own retries. Thread-safe.
 */
public final class Session implements TokenSource {

    /** How long a first refusal is remembered. */
    static final Duration REFUSAL_MEMORY = Duration.ofSeconds(5);
    /** How long a refusal is remembered at most. */
    static final Duration LONGEST_MEMORY = Duration.ofMinutes(1);
    /** Logins that may succeed in vain before they become rare. */
    static final int VAIN_LOGINS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final LoginFlow flow;
    private final GrantListener listener;
    private final InstantSource clock;
    private final LogContext log;
    private Future<Token> current;
    private Instant loggedIn = Instant.MIN;
    private int refusals;
    private Instant refusedUntil = Instant.MIN;
    private int vainLogins;
    private Token lastVain;
    private SessionExpiredException vainReason;

    /**
     * @param flow     how to log in
     * @param listener hears of each login
     * @param clock    for the pauses between logins that do not help
     * @param log      what its lines belong to
     */
    public Session(LoginFlow flow, GrantListener listener, InstantSource clock, LogContext log) {
        this.flow = flow;
        this.listener = listener;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public synchronized Future<Token> token() {
        if (current == null || current.failed() && !rememberedRefusal()) {
            logIn();
        }
        return current;
    }

    @Override
    public synchronized Future<Token> renew(Token refused) {
        if (current == null || !current.succeeded() || !current.result().equals(refused)) {
            return token();
        }
        if (vainLogins >= VAIN_LOGINS && clock.instant().isBefore(loggedIn.plus(LONGEST_MEMORY))) {
            return Future.failedFuture(new AuthenticationException(
                    vainLogins + " logins in a row succeeded, but Salesforce refused each token; logging in is tried"
                            + " again in a minute. The refusal: " + vainReason.getMessage(),
                    vainReason));
        }
        logIn();
        return current;
    }

    @Override
    public synchronized void replayed(Token fresh, SessionExpiredException refusal) {
        if (refusal == null) {
            vainLogins = 0;
        } else if (!fresh.equals(lastVain)) {
            lastVain = fresh;
            vainReason = refusal;
            vainLogins++;
        }
    }

    /** The token that was given out last, if there is one; logs nobody in. */
    public synchronized Token present() {
        return current != null && current.succeeded() ? current.result() : null;
    }

    private boolean rememberedRefusal() {
        return current.cause() instanceof AuthenticationException
                && clock.instant().isBefore(refusedUntil);
    }

    private void logIn() {
        loggedIn = clock.instant();
        current = begin().compose(grant -> listener.granted(grant)
                        .recover(failure -> {
                            log.write(() -> LOG.warn("The tokenListener failed: {}", failure.toString()));
                            return Future.succeededFuture();
                        })
                        .map(heard -> grant.token()))
                // noted before anybody can see the failure: a caller on another thread would log in once more
                .andThen(this::note);
    }

    private Future<Grant> begin() {
        try {
            return flow.login();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private synchronized void note(AsyncResult<Token> login) {
        Throwable failure = login.cause();
        if (failure == null) {
            refusals = 0;
            log.write(() ->
                    LOG.info("Logged in to Salesforce at {}", login.result().instanceUrl()));
            return;
        }
        if (failure instanceof AuthenticationException) {
            Duration memory = REFUSAL_MEMORY.multipliedBy(1L << Math.min(4, refusals++));
            refusedUntil = clock.instant().plus(memory.compareTo(LONGEST_MEMORY) < 0 ? memory : LONGEST_MEMORY);
        }
        log.write(() -> LOG.debug("Login to Salesforce failed: {}", failure.getMessage()));
    }
}
