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
        Future<String> number = version.number(next);
        return number.succeeded()
                ? next.send(below(number.result(), request))
                : number.compose(told -> next.send(below(told, request)));
    }

    /** The request with its path, and the paths that its body names, below the version's. */
    private static Request below(String number, Request request) {
        String base = "/services/data/v" + number;
        Request located = request.body() instanceof Body.Located body
                ? request.carrying(body.below().apply(base))
                : request;
        return located.path().startsWith("/services/") ? located : located.to(base + located.path());
    }
}
