package org.sftoolkit.camel.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest refresh token of each that was configured. Outlives connections: a route that is stopped and started again goes
 * on with the token that the last rotation gave. Thread-safe.
 */
public final class RefreshTokens {

    private final Map<String, String> newest = new ConcurrentHashMap<>();

    /** The token to use in place of the one that was configured. */
    String newest(String configured) {
        return newest.getOrDefault(configured, configured);
    }

    /** Takes note of a token's successor. */
    void rotated(String configured, String successor) {
        newest.put(configured, successor);
    }
}
