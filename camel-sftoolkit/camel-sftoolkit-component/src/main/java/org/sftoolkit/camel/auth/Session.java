package org.sftoolkit.camel.auth;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.redaction.Redaction;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.TokenSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of a connection: all callers share one token and, when it expires, one login.
 *
 * <p>A refused token is replaced only if it is still the current one, so that requests that overlap with a login do
 * not cause another. Salesforce locks users out after too many failed logins, so there are limits:
 * <ul>
 * <li>after a refused login, callers get the same exception and no login is tried for {@link #REFUSAL_MEMORY},
 * doubled by each further refusal up to {@link #LONGEST_MEMORY};
 * <li>after {@link #VAIN_LOGINS} logins in a row that succeeded but whose token was refused all the same, there is at
 * most one login a {@link #LONGEST_MEMORY}, and callers are told the reason;
 * <li>a host that redirects causes one login; if it returns the same host, there is no further login for that reason
 * for {@link #LONGEST_MEMORY}.
 * </ul> A login without a response fails for all exchanges that began before it failed, for {@link #LONGEST_MEMORY}
 * at most. So no exchange causes more than one login with its retries. Thread-safe.
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
    private @Nullable Future<Token> current;
    private long failedAt;
    private Instant failedOn = Instant.MIN;
    private Instant loggedIn = Instant.MIN;
    private int refusals;
    private Instant refusedUntil = Instant.MIN;
    /** Volatile, because every response checks it. */
    private volatile int vainLogins;

    private @Nullable Token lastVain;
    private @Nullable String movedFrom;
    private @Nullable SessionExpiredException vainReason;

    /**
     * @param flow how to log in
     * @param listener told of each login
     * @param clock for the pauses between logins that do not help
     * @param log what its lines belong to
     */
    public Session(LoginFlow flow, GrantListener listener, InstantSource clock, LogContext log) {
        this.flow = flow;
        this.listener = listener;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public synchronized Future<Token> token(long since) {
        Future<Token> now = current;
        return now == null || now.failed() && !isRemembered(since) ? logIn() : now;
    }

    /** The current token, for an exchange that starts now. */
    public Future<Token> token() {
        return token(System.nanoTime());
    }

    @Override
    public synchronized Future<Token> renew(Token refused, long since) {
        if (current == null || !current.succeeded() || !current.result().equals(refused)) {
            return token(since);
        }
        if (vainLogins >= VAIN_LOGINS && clock.instant().isBefore(loggedIn.plus(LONGEST_MEMORY))) {
            return Future.failedFuture(new AuthenticationException(
                    vainLogins
                            + " logins in a row succeeded, but Salesforce refused every token; the next login is tried"
                            + " in a minute. Last refusal: "
                            + (vainReason == null ? "" : vainReason.getMessage()),
                    vainReason));
        }
        return logIn();
    }

    @Override
    public synchronized Future<Token> moved(Token met, long since) {
        if (current == null || !current.succeeded() || !current.result().equals(met)) {
            return token(since);
        }
        boolean inVain = met.instanceUrl().equals(movedFrom) && clock.instant().isBefore(loggedIn.plus(LONGEST_MEMORY));
        if (flow.renews() && !inVain) {
            movedFrom = met.instanceUrl();
            return logIn();
        }
        return current;
    }

    @Override
    public void accepted(Token token) {
        if (vainLogins > 0) {
            forgetVainLogins();
        }
    }

    private synchronized void forgetVainLogins() {
        vainLogins = 0;
    }

    @Override
    public synchronized void refused(Token token, SessionExpiredException refusal) {
        if (!token.equals(lastVain)) {
            lastVain = token;
            vainReason = refusal;
            vainLogins = vainLogins + 1;
        }
    }

    /** The last token, if there is one; does not log in. */
    public synchronized @Nullable Token present() {
        return current != null && current.succeeded() ? current.result() : null;
    }

    private boolean isRemembered(long since) {
        Instant now = clock.instant();
        return now.isBefore(refusedUntil) || failedAt - since > 0 && now.isBefore(failedOn.plus(LONGEST_MEMORY));
    }

    private Future<Token> logIn() {
        loggedIn = clock.instant();
        refusedUntil = Instant.MIN;
        Future<Token> begun = begin().onSuccess(Session::learn)
                .compose(grant -> listener.granted(grant)
                        .recover(failure -> {
                            log.write(() -> LOG.warn("The tokenListener failed: {}", Redaction.of(failure.toString())));
                            return Future.succeededFuture();
                        })
                        .map(heard -> grant.token()))
                // noted before anybody can see the failure: a caller on another thread would log in once more
                .andThen(this::note);
        current = begun;
        return begun;
    }

    private Future<Grant> begin() {
        try {
            return flow.login();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static void learn(Grant grant) {
        Redaction.learn(grant.token().accessToken());
        Redaction.learn(grant.refreshToken());
    }

    private synchronized void note(AsyncResult<Token> login) {
        Throwable failure = login.cause();
        if (failure == null) {
            refusals = 0;
            log.write(() ->
                    LOG.info("Logged in to Salesforce at {}", login.result().instanceUrl()));
            return;
        }
        failedAt = System.nanoTime();
        failedOn = clock.instant();
        if (failure instanceof LimitExceededException limit) {
            Duration pause = limit.retryAfter().orElse(Duration.ZERO);
            refusedUntil = clock.instant().plus(bounded(pause));
        } else if (failure instanceof AuthenticationException) {
            Duration memory = REFUSAL_MEMORY.multipliedBy(1L << Math.min(4, refusals++));
            refusedUntil = clock.instant().plus(bounded(memory));
        }
        log.write(() -> LOG.debug("Login to Salesforce failed: {}", failure.getMessage()));
    }

    private static Duration bounded(Duration memory) {
        return memory.compareTo(LONGEST_MEMORY) > 0 ? LONGEST_MEMORY : memory;
    }
}
