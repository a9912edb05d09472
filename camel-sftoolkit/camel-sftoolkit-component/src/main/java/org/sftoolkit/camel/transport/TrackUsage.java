package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import java.util.Optional;

/** Reads the API usage from every answer, failures included: below {@link DecodeErrors}. Thread-safe. */
public final class TrackUsage implements Filter {

    private volatile ApiUsage last;

    @Override
    public Future<Response> apply(Request request, Transport next) {
        return next.send(request).onSuccess(response -> ApiUsage.parse(response.header("Sforce-Limit-Info"))
                .ifPresent(usage -> last = usage));
    }

    /** What the newest answer said; empty before the first. */
    public Optional<ApiUsage> last() {
        return Optional.ofNullable(last);
    }
}
