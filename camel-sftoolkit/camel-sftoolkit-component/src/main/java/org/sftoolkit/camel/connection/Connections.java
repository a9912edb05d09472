package org.sftoolkit.camel.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContextAware;
import org.sftoolkit.camel.auth.RefreshTokens;

/** The component's live connections: one for all endpoints of equal settings, closed with the last of them. Thread-safe. */
public final class Connections {

    private static final class Shared {
        private final SalesforceConnection connection;
        /** Of each user. */
        private final List<Integer> budgets = new ArrayList<>();

        private Shared(SalesforceConnection connection) {
            this.connection = connection;
        }

        private ConnectionStatus status() {
            return connection
                    .status()
                    .within(budgets.stream()
                            .filter(budget -> budget > 0)
                            .min(Integer::compare)
                            .orElse(0));
        }
    }

    private final CamelContextAware owner;
    private final Supplier<Vertx> vertx;
    private final RefreshTokens rotated = new RefreshTokens();
    private final Map<ConnectionSettings, Shared> live = new HashMap<>();

    /**
     * @param owner knows the CamelContext, which finds key stores
     * @param vertx of the component, for connections without their own
     */
    public Connections(CamelContextAware owner, Supplier<Vertx> vertx) {
        this.owner = owner;
        this.vertx = vertx;
    }

    /** @param apiBudget of the user, in percent; 0 for no budget */
    public synchronized SalesforceConnection acquire(ConnectionSettings settings, int apiBudget) {
        Shared shared = live.get(settings);
        if (shared == null) {
            shared = new Shared(connect(settings));
            live.put(settings, shared);
        }
        shared.budgets.add(apiBudget);
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

    /** The status of the live connections. */
    public synchronized List<ConnectionStatus> status() {
        return live.values().stream().map(Shared::status).toList();
    }

    /** The running bulk jobs of exchanges and consumers. */
    public synchronized List<RunningJob> jobs() {
        return live.values().stream()
                .flatMap(shared -> shared.connection.jobs().stream())
                .toList();
    }

    /** Ends what {@link #acquire} began; the last user closes the connection. */
    public synchronized Future<Void> release(ConnectionSettings settings, int apiBudget) {
        Shared shared = live.get(settings);
        if (shared == null) {
            return Future.succeededFuture();
        }
        shared.budgets.remove((Integer) apiBudget);
        if (!shared.budgets.isEmpty()) {
            return Future.succeededFuture();
        }
        live.remove(settings);
        return shared.connection.close();
    }

    /** Names connections for people: by the host of the org or of its login, with a number if that name is taken. */
    private static final class ConnectionName {

        private ConnectionName() {}

        /** A name that is not among those taken. */
        static String of(Login login, Collection<String> taken) {
            String host = host(login);
            String name = host;
            for (int number = 2; taken.contains(name); number++) {
                name = host + '#' + number;
            }
            return name;
        }

        private static String host(Login login) {
            if (login instanceof Login.Cli cli && cli.instanceUrl() == null) {
                return cli.alias() == null ? "default org of the CLI" : cli.alias();
            }
            String url = login.instanceUrl() != null ? login.instanceUrl() : login.loginUrl();
            return url == null ? "org of the tokenSource" : URI.create(url).getAuthority();
        }
    }
}
