package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the API usage from every response, including failures. It stands below {@link DecodeErrors}. Thread-safe. */
public final class TrackUsage implements Filter {

    private final InstantSource clock;
    private volatile @Nullable Reading last;

    /** @param clock tells when an answer came */
    public TrackUsage(InstantSource clock) {
        this.clock = clock;
    }

    /** A usage and when Salesforce told it. */
    record Reading(ApiUsage usage, Instant at) {}

    @Override
    public Future<Response> apply(Request request, Transport next) {
        if (request.sink() == null) {
            return next.send(request).map(response -> {
                heard(response.header("Sforce-Limit-Info"));
                return response;
            });
        }
        // before the body: it may be read much later, when the header is outdated, or never to its end
        var sink = new ObservedSink(request.sink(), headers -> heard(headers.get("Sforce-Limit-Info")));
        return next.send(request.into(sink)).onSuccess(response -> {
            if (!sink.opened()) {
                heard(response.header("Sforce-Limit-Info"));
            }
        });
    }

    private void heard(@Nullable String header) {
        ApiUsage.parse(header).ifPresent(usage -> last = new Reading(usage, clock.instant()));
    }

    Optional<Reading> reading() {
        return Optional.ofNullable(last);
    }

    /** The usage in the newest response; empty before the first. */
    public Optional<ApiUsage> last() {
        return reading().map(Reading::usage);
    }
}
