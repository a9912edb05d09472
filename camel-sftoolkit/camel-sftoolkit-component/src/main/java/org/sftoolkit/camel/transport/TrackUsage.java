package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Reads the API usage from every answer, failures included: below {@link DecodeErrors}. Thread-safe. */
public final class TrackUsage implements Filter {

    private final InstantSource clock;
    private volatile Reading last;

    /** @param clock tells when an answer came */
    public TrackUsage(InstantSource clock) {
        this.clock = clock;
    }

    /** A usage and when Salesforce told it. */
    record Reading(ApiUsage usage, Instant at) {}

    @Override
    public Future<Response> apply(Request request, Transport next) {
        return next.send(request).onSuccess(response -> ApiUsage.parse(response.header("Sforce-Limit-Info"))
                .ifPresent(usage -> last = new Reading(usage, clock.instant())));
    }

    Optional<Reading> reading() {
        return Optional.ofNullable(last);
    }

    /** What the newest answer said; empty before the first. */
    public Optional<ApiUsage> last() {
        return reading().map(Reading::usage);
    }
}
