package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/** Puts the paths of the data API below the API version of the connection. Stateless. */
public final class ResolveVersion implements Filter {

    private final String base;

    /** @param apiVersion such as {@code 66.0} */
    public ResolveVersion(String apiVersion) {
        this.base = "/services/data/v" + apiVersion;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        return next.send(below(base, request));
    }

    /** The request with its path, and the paths that its body names, below the version's. */
    private static Request below(String base, Request request) {
        Request located = request.body() instanceof Body.Located body
                ? request.carrying(body.below().apply(base))
                : request;
        return located.path().startsWith("/services/") ? located : located.to(base + located.path());
    }
}
