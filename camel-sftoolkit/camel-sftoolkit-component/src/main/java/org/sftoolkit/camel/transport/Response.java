package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * An answer of Salesforce.
 *
 * @param status          HTTP status
 * @param headers         as sent; names without regard to case
 * @param body            whole and decompressed; empty where there is none or a {@link Sink} took it; never null
 * @param afterLostAnswer whether the request had been sent before and may have been carried out then: what it was to do may
 *                        be found done already
 */
public record Response(int status, MultiMap headers, Buffer body, boolean afterLostAnswer) {

    /** The answer to a request's first try. */
    public Response(int status, MultiMap headers, Buffer body) {
        this(status, headers, body, false);
    }

    /** The same answer, to a request whose earlier try may have been carried out. */
    Response repeated() {
        return new Response(status, headers, body, true);
    }

    /** A header's value, or null. */
    public String header(String name) {
        return headers.get(name);
    }

    /** Whether the status is one of success. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
        return status + " with " + body.length() + " bytes";
    }
}
