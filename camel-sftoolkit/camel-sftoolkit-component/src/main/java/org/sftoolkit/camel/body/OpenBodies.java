package org.sftoolkit.camel.body;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bodies that exchanges of a producer read while they arrive: a reader of a route that was stopped is not left waiting. */
public final class OpenBodies {

    private static final Logger LOG = LoggerFactory.getLogger(OpenBodies.class);

    private final CamelContext context;
    /** Each with its route; unreferenced bodies are removed by the garbage collector. */
    private final Map<Closeable, String> open = new WeakHashMap<>();

    public OpenBodies(CamelContext context) {
        this.context = context;
    }

    /** Takes note of the exchange's body. */
    public void opened(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Closeable body && exchange.getFromRouteId() != null) {
            synchronized (open) {
                open.put(body, exchange.getFromRouteId());
            }
        }
    }

    /** Closes the bodies of routes that stop. A producer may also be stopped because a cache has no room for it. */
    public void closeThoseOfStoppedRoutes() {
        Map<Closeable, String> all;
        synchronized (open) {
            all = Map.copyOf(open);
        }
        all.forEach((body, route) -> {
            if (stops(route)) {
                close(body);
            }
        });
    }

    private boolean stops(String route) {
        ServiceStatus status = context.getRouteController().getRouteStatus(route);
        return context.isStopping() || status == null || status.isStopping() || status.isStopped();
    }

    private static void close(Closeable body) {
        try {
            body.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("A body cannot be closed: {}", e.toString());
        }
    }
}
