package org.sftoolkit.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.operation.QueryInput;
import org.sftoolkit.camel.soql.Bindings;

/**
 * Values for the names in a statement: of the body, where it is a map, else of a header, else of an exchange property. A name
 * with dots that is none of these leads into maps: {@code :customer.id}.
 */
record Binds(Exchange exchange) implements Bindings {

    /** What the exchange brings to a query. The body is only read as text where it is needed as the statement. */
    static QueryInput input(Exchange exchange) {
        return new QueryInput(() -> statement(exchange), new Binds(exchange));
    }

    private static String statement(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body == null || body instanceof Map) {
            return null;
        }
        if (body instanceof JsonNode json && json.isTextual()) {
            return json.textValue();
        }
        boolean text = body instanceof CharSequence
                || body instanceof byte[]
                || body instanceof Buffer
                || body instanceof InputStream
                || body instanceof Reader
                || body instanceof StreamCache
                || body instanceof File
                || body instanceof Path
                || body instanceof WrappedFile;
        if (!text) {
            throw new InvalidBodyException(
                    "a body of " + body.getClass().getName()
                            + " is no statement: give text (a String, bytes, a stream or"
                            + " a file), or set the statement in the URI",
                    null);
        }
        return exchange.getMessage().getBody(String.class);
    }

    @Override
    public Bound find(String name) {
        Bound bound = plain(name);
        int dot = name.lastIndexOf('.');
        if (bound != null || dot < 0) {
            return bound;
        }
        Bound outer = find(name.substring(0, dot));
        String last = name.substring(dot + 1);
        return outer != null && outer.value() instanceof Map<?, ?> map && map.containsKey(last)
                ? new Bound(map.get(last))
                : null;
    }

    private Bound plain(String name) {
        if (exchange.getMessage().getBody() instanceof Map<?, ?> body && body.containsKey(name)) {
            return new Bound(body.get(name));
        }
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        if (headers.containsKey(name)) {
            return new Bound(headers.get(name));
        }
        Object property = exchange.getProperty(name);
        return property == null ? null : new Bound(property);
    }
}
