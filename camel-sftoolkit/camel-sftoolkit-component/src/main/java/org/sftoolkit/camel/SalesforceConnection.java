package org.sftoolkit.camel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.camel.auth.FixedToken;
import org.sftoolkit.camel.auth.LoginFlow;
import org.sftoolkit.camel.auth.OAuthLogin;
import org.sftoolkit.camel.auth.Session;
import org.sftoolkit.camel.client.DescribeCache;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.transport.AdaptiveLimit;
import org.sftoolkit.camel.transport.ApiUsage;
import org.sftoolkit.camel.transport.Authenticate;
import org.sftoolkit.camel.transport.DecodeErrors;
import org.sftoolkit.camel.transport.Delays;
import org.sftoolkit.camel.transport.Limit;
import org.sftoolkit.camel.transport.ObserveLoad;
import org.sftoolkit.camel.transport.ResolveVersion;
import org.sftoolkit.camel.transport.Retry;
import org.sftoolkit.camel.transport.Tally;
import org.sftoolkit.camel.transport.TrackUsage;
import org.sftoolkit.camel.transport.Transport;
import org.sftoolkit.camel.transport.VertxDelays;
import org.sftoolkit.camel.transport.VertxTransport;

/**
 * A live connection to an org: one client, one session, one budget of requests, shared by all endpoints of equal settings.
 * The one place where the chain of filters is written. Thread-safe.
 */
final class SalesforceConnection {

    private final VertxTransport wire;
    private final VertxDelays delays;
    private final TrackUsage usage = new TrackUsage();
    private final Transport transport;
    private final DescribeCache descriptions = new DescribeCache();

    SalesforceConnection(ConnectionSettings settings, Vertx vertx) {
        this.wire = new VertxTransport(vertx, settings.clientOptions(), settings.requestTimeout());
        this.delays = new VertxDelays(vertx);
        var retry = new Retry(settings.retryPolicy(), delays);
        // A login takes no permit: the request that waits for it may hold the last one.
        Transport login = wire.behind(new DecodeErrors()).behind(retry);
        // Read from the wire outwards. Errors are decoded next to the wire, so that all above see typed failures; each
        // try
        // takes the token that is current then; a retry that waits holds no permit.
        this.transport = wire.behind(usage)
                .behind(new DecodeErrors())
                .behind(new ObserveLoad())
                .behind(new Authenticate(new Session(flow(settings.login(), login))))
                .behind(new Limit(settings.maxConcurrentRequests()))
                .behind(retry)
                .behind(new ResolveVersion(settings.apiVersion()));
    }

    private static LoginFlow flow(LoginSettings login, Transport transport) {
        return switch (login.authType()) {
            case TOKEN -> new FixedToken(login.token());
            case PASSWORD ->
                oauth(
                        login,
                        transport,
                        OAuthLogin.password(
                                login.clientId(),
                                login.clientSecret(),
                                login.userName(),
                                login.password(),
                                login.securityToken()));
            default -> oauth(login, transport, OAuthLogin.clientCredentials(login.clientId(), login.clientSecret()));
        };
    }

    private static LoginFlow oauth(LoginSettings login, Transport transport, Map<String, String> form) {
        return new OAuthLogin(transport, login.loginUrl(), form, login.instanceUrl());
    }

    /** The org's API for one exchange, whose calls are counted together. */
    SalesforceClient client() {
        return client(null);
    }

    /**
     * The org's API for one exchange.
     *
     * @param limit learns from the exchange's requests; null for none
     */
    SalesforceClient client(AdaptiveLimit limit) {
        return new SalesforceClient(transport, descriptions, new Tally(limit));
    }

    /** Waits that end with the connection. */
    Delays delays() {
        return delays;
    }

    /** API usage as the newest answer told it. */
    Optional<ApiUsage> usage() {
        return usage.last();
    }

    /** Ends waits and connections; requests under way fail. */
    Future<Void> close() {
        delays.close();
        return wire.shutdown();
    }
}
