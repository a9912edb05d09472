package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * An answer of Salesforce.
 *
 * @param status          HTTP status
 * @param headers         as sent; names without regard to case
 * @param body            whole and decompressed; empty where there is none or a {@link Sink} took it; never null, and
 *                        not to be changed
 * @param afterLostAnswer whether the request had been sent before and may have been carried out then: what it was to do may
 *                        be found done already
 */
public record Response(int status, MultiMap headers, byte[] body, boolean afterLostAnswer) {

    /** The answer to a request's first try. */
    public Response(int status, MultiMap headers, Buffer body) {
        this(status, headers, body.getBytes(), false);
    }

    /** The same answer, to a request whose earlier try may have been carried out. */
    Response repeated() {
        return new Response(status, headers, body, true);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
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
        return status + " with " + body.length + " bytes";
    }
}
