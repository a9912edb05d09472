package org.sftoolkit.camel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContextAware;
import org.sftoolkit.camel.auth.RefreshTokens;

/** The component's live connections: one for all endpoints of equal settings, closed with the last of them. Thread-safe. */
final class Connections {

    private static final class Shared {
        private final SalesforceConnection connection;
        private int users;

        private Shared(SalesforceConnection connection) {
            this.connection = connection;
        }
    }

    private final CamelContextAware owner;
    private final Supplier<Vertx> vertx;
    private final RefreshTokens rotated = new RefreshTokens();
    private final Map<ConnectionSettings, Shared> live = new HashMap<>();

    /**
     * @param owner knows the CamelContext, which finds key stores
     * @param vertx of the component, for connections that name none
     */
    Connections(CamelContextAware owner, Supplier<Vertx> vertx) {
        this.owner = owner;
        this.vertx = vertx;
    }

    synchronized SalesforceConnection acquire(ConnectionSettings settings) {
        Shared shared = live.get(settings);
        if (shared == null) {
            shared = new Shared(connect(settings));
            live.put(settings, shared);
        }
        shared.users++;
        return shared.connection;
    }

    private SalesforceConnection connect(ConnectionSettings settings) {
        return new SalesforceConnection(
                ConnectionName.of(
                        settings.login().login(),
                        status().stream().map(ConnectionStatus::name).toList()),
                settings,
                settings.vertx() != null ? settings.vertx() : vertx.get(),
                settings.transport().clientOptions(owner.getCamelContext()),
                rotated,
                MeteringLookup.in(owner.getCamelContext()));
    }

    /** What the live connections are at. */
    synchronized List<ConnectionStatus> status() {
        return live.values().stream().map(shared -> shared.connection.status()).toList();
    }

    /** The bulk jobs that exchanges and consumers are at. */
    synchronized List<RunningJob> jobs() {
        return live.values().stream()
                .flatMap(shared -> shared.connection.jobs().stream())
                .toList();
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
