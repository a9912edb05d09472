package org.sftoolkit.emulator.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The refresh tokens that are alive. Safe for threads. */
public final class RefreshTokens {

    /**
     * What a refresh token stands for.
     *
     * @param lastAccessToken of the session that its last exchange opened, or null
     */
    record Grant(UserAccount user, String lastAccessToken) {}

    private final AtomicInteger issued = new AtomicInteger();
    private final Map<String, Grant> living = new ConcurrentHashMap<>();

    /** Gives out a token, as a web login would. */
    public String issue(UserAccount user) {
        String token = "5Aep861.emulated.refresh.token." + issued.incrementAndGet();
        admit(token, user);
        return token;
    }

    /** Makes a token valid. */
    public void admit(String token, UserAccount user) {
        living.put(token, new Grant(user, null));
    }

    /** Takes a token out of use: of two exchanges at once, one gets it. */
    Optional<Grant> take(String token) {
        return token == null ? Optional.empty() : Optional.ofNullable(living.remove(token));
    }

    Optional<Grant> grant(String token) {
        return token == null ? Optional.empty() : Optional.ofNullable(living.get(token));
    }

    /** Remembers the session that an exchange opened; with a new token, the old one dies. */
    void exchanged(String token, String newToken, UserAccount user, String accessToken) {
        if (newToken.equals(token)) {
            living.replace(token, new Grant(user, accessToken));
        } else {
            living.remove(token);
            living.put(newToken, new Grant(user, accessToken));
        }
    }

    boolean end(String token) {
        return living.remove(token) != null;
    }
}
