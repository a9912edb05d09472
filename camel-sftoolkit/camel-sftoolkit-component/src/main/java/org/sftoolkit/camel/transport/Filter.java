package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/** One duty on the way between client and wire: it may change the request, wait, repeat it, or judge the answer. */
@FunctionalInterface
public interface Filter {

    /** Handles the request and passes it to {@code next} if it is to be sent. */
    Future<Response> apply(Request request, Transport next);
}
