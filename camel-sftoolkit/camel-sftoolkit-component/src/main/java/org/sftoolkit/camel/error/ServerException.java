package org.sftoolkit.camel.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Salesforce failed (5xx), or its edge could not reach the org (420, 502, 503, 504). */
public final class ServerException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final boolean repeatable;
    private final transient @Nullable Duration retryAfter;

    /**
     * @param repeatable whether the request may be sent again even if Salesforce carried it out
     * @param retryAfter the pause that Salesforce asks for, or null
     * @param answer     the answer
     */
    public ServerException(String what, boolean repeatable, @Nullable Duration retryAfter, Answer answer) {
        super(telling(!repeatable, what), answer, null);
        this.repeatable = repeatable;
        this.retryAfter = retryAfter;
    }

    /** The pause that Salesforce asked for ({@code Retry-After}). */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the request wrote something and nobody knows whether Salesforce carried it out before it failed. */
    public boolean outcomeUnknown() {
        return !repeatable;
    }

    @Override
    public boolean retryable() {
        return repeatable;
    }
}
