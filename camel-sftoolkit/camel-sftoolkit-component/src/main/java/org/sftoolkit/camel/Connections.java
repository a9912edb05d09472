package org.sftoolkit.camel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The component's live connections: one for all endpoints of equal settings, closed with the last of them. Thread-safe. */
final class Connections {

    private static final class Shared {
        private final SalesforceConnection connection;
        private int users;

        private Shared(SalesforceConnection connection) {
            this.connection = connection;
        }
    }

    private final Supplier<Vertx> vertx;
    private final Map<ConnectionSettings, Shared> live = new HashMap<>();

    /** @param vertx of the component, for connections that name none */
    Connections(Supplier<Vertx> vertx) {
        this.vertx = vertx;
    }

    synchronized SalesforceConnection acquire(ConnectionSettings settings) {
        Shared shared = live.computeIfAbsent(
                settings,
                key -> new Shared(new SalesforceConnection(key, key.vertx() != null ? key.vertx() : vertx.get())));
        shared.users++;
        return shared.connection;
    }

    synchronized Future<Void> release(ConnectionSettings settings) {
        Shared shared = live.get(settings);
        if (shared == null || --shared.users > 0) {
            return Future.succeededFuture();
        }
        live.remove(settings);
        return shared.connection.close();
    }
}
