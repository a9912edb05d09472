package org.sftoolkit.emulator.api;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The access tokens that are alive. Safe for threads. */
public final class Sessions {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

    private final Map<String, Session> living = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final String organizationId;
    private final Clock clock;
    private final Random random;
    private volatile int lifetime;
    private volatile Watcher watcher = new Watcher() {};

    /** Hears of sessions as they begin and end. */
    public interface Watcher {

        default void opened(Session session) {}

        default void ended(String token) {}

        default void allEnded() {}
    }

    /** @param lifetime number of calls after which a token dies */
    public Sessions(String organizationId, Clock clock, Random random, int lifetime) {
        this.organizationId = organizationId;
        this.clock = clock;
        this.random = random;
        this.lifetime = lifetime;
    }

    /** Calls that a token bears before it dies. */
    public int lifetime() {
        return lifetime;
    }

    /** Another number of calls, for tokens given out from now on. */
    public void lifetime(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("tokenLifetimeRequests must be 1 or more, not " + calls);
        }
        lifetime = calls;
    }

    /** Who hears of sessions from now on. */
    public void watch(Watcher listener) {
        watcher = listener;
    }

    /** Number of tokens that are alive. */
    public int living() {
        return living.size();
    }

    /** Opens a session after a login. */
    Session open(String userId, String userName, String clientId) {
        opened.incrementAndGet();
        return add(organizationId.substring(0, 15) + "!AQ" + secret(90), userId, userName, clientId);
    }

    /** Makes a token valid that no login gave out. */
    public void admit(String token, String userId, String userName) {
        add(token, userId, userName, null);
    }

    /** The living session of a token, which this call uses up by one. */
    public Optional<Session> use(String token) {
        Session session = living.get(token);
        if (session == null) {
            return Optional.empty();
        }
        if (session.requestsLeft().getAndDecrement() <= 0) {
            end(token);
            return Optional.empty();
        }
        return Optional.of(session);
    }

    /** The living session of a token. */
    Optional<Session> peek(String token) {
        return Optional.ofNullable(living.get(token));
    }

    /** Ends one session. Answers whether it was alive. */
    boolean end(String token) {
        boolean ended = living.remove(token) != null;
        if (ended) {
            watcher.ended(token);
        }
        return ended;
    }

    /** Ends all sessions. */
    public void expireAll() {
        living.clear();
        watcher.allEnded();
    }

    void countRefused() {
        refused.incrementAndGet();
    }

    /** Number of logins that gave out a token. */
    public int opened() {
        return opened.get();
    }

    /** Number of logins that were refused. */
    public int refused() {
        return refused.get();
    }

    /** A random text for tokens. */
    String secret(int length) {
        StringBuilder text = new StringBuilder(length);
        random.ints(length, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
        return text.toString();
    }

    private Session add(String token, String userId, String userName, String clientId) {
        Session session = new Session(token, userId, userName, clientId, clock.instant(), new AtomicInteger(lifetime));
        living.put(token, session);
        watcher.opened(session);
        return session;
    }
}
