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
        return next.send(request.path().startsWith("/services/") ? request : request.to(base + request.path()));
    }
}
