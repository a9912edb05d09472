package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Salesforce.
 *
 * @param status HTTP status
 * @param headers as sent; names without regard to case
 * @param body whole and decompressed; empty if there is no body or a {@link Sink} took it; never null; must not be
 *     changed
 * @param afterLostAnswer whether the request was sent before and may have been carried out then
 */
public record Response(int status, MultiMap headers, byte[] body, boolean afterLostAnswer) {

    /** The response to the first attempt of a request. */
    public Response(int status, MultiMap headers, Buffer body) {
        this(status, headers, body.getBytes(), false);
    }

    /** The same response, for a request whose earlier attempt may have been carried out. */
    Response repeated() {
        return new Response(status, headers, body, true);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A header's value, or null. */
    public @Nullable String header(String name) {
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
