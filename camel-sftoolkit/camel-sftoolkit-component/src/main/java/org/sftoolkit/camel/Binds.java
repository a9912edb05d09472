package org.sftoolkit.camel;

import java.util.Map;
import org.apache.camel.Exchange;
import org.sftoolkit.camel.operation.QueryInput;
import org.sftoolkit.camel.soql.Bindings;

/**
 * Values for the names in a statement: of the body, where it is a map, else of a header, else of an exchange property. A name
 * with dots that is none of these leads into maps: {@code :customer.id}.
 */
record Binds(Exchange exchange) implements Bindings {

    /** What the exchange brings to a query. The body is only read as text where it is needed as the statement. */
    static QueryInput input(Exchange exchange) {
        return new QueryInput(
                () -> exchange.getMessage().getBody() instanceof Map
                        ? null
                        : exchange.getMessage().getBody(String.class),
                new Binds(exchange));
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
