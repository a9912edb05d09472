package org.sftoolkit.camel.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A limit of the org was met: of requests at a time, of calls a day, or the {@code apiBudget} set on the connection. */
public final class LimitExceededException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;
    private final transient @Nullable Duration retryAfter;

    /**
     * @param what       which limit, and what to do
     * @param passing    true for limits that are over in seconds (requests at a time), false for those of a day
     * @param retryAfter the pause that Salesforce asks for, or null
     * @param answer     the answer behind it
     */
    public LimitExceededException(String what, boolean passing, @Nullable Duration retryAfter, Answer answer) {
        super(what, answer, null);
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /** The pause that Salesforce asked for ({@code Retry-After}). */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** True for a limit on requests at a time, which is over in seconds; false for the limit of 24 hours. */
    @Override
    public boolean retryable() {
        return passing;
    }
}
