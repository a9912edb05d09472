package org.sftoolkit.emulator.api;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An access token that was given out. Safe for threads.
 *
 * @param token the token itself; a secret
 * @param userId whom it stands for, 18 characters
 * @param clientId the connected app's consumer key; null for a SOAP login
 * @param requestsLeft how many more calls it bears
 */
public record Session(
        String token, String userId, String userName, String clientId, Instant issuedAt, AtomicInteger requestsLeft) {

    @Override
    public String toString() {
        return "Session[" + userName + "]";
    }
}
