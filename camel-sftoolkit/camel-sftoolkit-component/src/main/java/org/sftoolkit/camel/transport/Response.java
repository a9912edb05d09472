package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * An answer of Salesforce.
 *
 * @param status  HTTP status
 * @param headers as sent; names without regard to case
 * @param body    whole and decompressed; empty where there is none or a {@link Sink} took it; never null
 */
public record Response(int status, MultiMap headers, Buffer body) {

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
