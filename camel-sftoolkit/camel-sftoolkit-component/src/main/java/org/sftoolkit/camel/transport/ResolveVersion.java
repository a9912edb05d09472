package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/** Puts the paths of the data API below the API version of the connection. Thread-safe. */
public final class ResolveVersion implements Filter {

    private final ApiVersion version;

    /** @param version of the connection */
    public ResolveVersion(ApiVersion version) {
        this.version = version;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        if (request.path().startsWith("/services/")) {
            return next.send(request);
        }
        Future<String> known = version.number(next);
        return known.compose(number -> next.send(request.to("/services/data/v" + number + request.path())));
    }
}
