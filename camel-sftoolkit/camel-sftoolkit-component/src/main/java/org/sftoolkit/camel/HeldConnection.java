package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.connection.ConnectionSettings;
import org.sftoolkit.camel.connection.Connections;
import org.sftoolkit.camel.connection.SalesforceConnection;

/** The connection of a started endpoint, which it shares with others of equal settings. */
final class HeldConnection {

    private static final int LOGIN_MINUTES = 5;
    private static final int CLOSE_SECONDS = 10;

    private final Connections connections;
    private final ConnectionSettings settings;
    private final int apiBudget;
    // kept after the release, because exchanges in progress still need it
    private volatile @Nullable SalesforceConnection connection;
    private boolean held;

    /** @param apiBudget of the endpoint, in percent; 0 for no budget */
    HeldConnection(Connections connections, ConnectionSettings settings, int apiBudget) {
        this.apiBudget = apiBudget;
        this.connections = connections;
        this.settings = settings;
    }

    /** @param shared Vert.x of the component, asked for if the connection has no other */
    Vertx vertx(Supplier<Vertx> shared) {
        return settings.vertx() == null ? shared.get() : settings.vertx();
    }

    int apiBudget() {
        return apiBudget;
    }

    /** Null before the first {@link #acquire}. */
    @Nullable
    SalesforceConnection connection() {
        return connection;
    }

    /** May block for a login, unless that is lazy, because an endpoint does not start on a route's thread. */
    void acquire() throws Exception {
        SalesforceConnection acquired = connections.acquire(settings, apiBudget);
        connection = acquired;
        held = true;
        if (!settings.login().lazy()) {
            logIn(acquired);
        }
    }

    private static void logIn(SalesforceConnection connection) throws Exception {
        try {
            connection.logIn().toCompletionStage().toCompletableFuture().get(LOGIN_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    void release() throws Exception {
        if (held) {
            held = false;
            try (var stopping = new UninterruptedStop()) {
                var closed = connections
                        .release(settings, apiBudget)
                        .toCompletionStage()
                        .toCompletableFuture();
                stopping.await(CLOSE_SECONDS, most -> closed.get(most, TimeUnit.NANOSECONDS));
            }
        }
    }
}
