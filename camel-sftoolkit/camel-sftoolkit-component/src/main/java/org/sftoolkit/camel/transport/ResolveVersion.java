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
        boolean located = request.body() instanceof Body.Located;
        if (request.path().startsWith("/services/") && !located) {
            return next.send(request);
        }
        return version.number(next).compose(number -> next.send(below("/services/data/v" + number, request)));
    }

    /** The request with its path, and the paths that its body names, below the version's. */
    private static Request below(String base, Request request) {
        Request located = request.body() instanceof Body.Located body
                ? request.carrying(body.below().apply(base))
                : request;
        return located.path().startsWith("/services/") ? located : located.to(base + located.path());
    }
}
