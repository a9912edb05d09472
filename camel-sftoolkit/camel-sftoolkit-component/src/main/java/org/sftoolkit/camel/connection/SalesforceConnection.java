package org.sftoolkit.camel.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.auth.LoginFlow;
import org.sftoolkit.camel.auth.RefreshTokens;
import org.sftoolkit.camel.auth.RetriedLogin;
import org.sftoolkit.camel.auth.Session;
import org.sftoolkit.camel.auth.TokenEndpoint;
import org.sftoolkit.camel.client.DescribeCache;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.events.BusSession;
import org.sftoolkit.camel.events.EventBus;
import org.sftoolkit.camel.events.OrgId;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.ProgressListener;
import org.sftoolkit.camel.operation.Worker;
import org.sftoolkit.camel.transport.AdaptiveLimit;
import org.sftoolkit.camel.transport.ApiUsage;
import org.sftoolkit.camel.transport.Authenticate;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.CallCounter;
import org.sftoolkit.camel.transport.CallRecording;
import org.sftoolkit.camel.transport.CallTerms;
import org.sftoolkit.camel.transport.Compress;
import org.sftoolkit.camel.transport.DailyLimit;
import org.sftoolkit.camel.transport.DecodeErrors;
import org.sftoolkit.camel.transport.Filter;
import org.sftoolkit.camel.transport.Limit;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.ObserveLoad;
import org.sftoolkit.camel.transport.Park;
import org.sftoolkit.camel.transport.RecordCalls;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.ResolveVersion;
import org.sftoolkit.camel.transport.Retry;
import org.sftoolkit.camel.transport.RetryPolicy;
import org.sftoolkit.camel.transport.SandboxOnly;
import org.sftoolkit.camel.transport.StopSignal;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.Trace;
import org.sftoolkit.camel.transport.TraceCalls;
import org.sftoolkit.camel.transport.TrackUsage;
import org.sftoolkit.camel.transport.Transport;
import org.sftoolkit.camel.transport.VertxDelays;
import org.sftoolkit.camel.transport.VertxTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live connection to an org: one client, one session, one budget of requests, shared by all endpoints of equal
 * settings. Only this class defines the chain of filters. Thread-safe.
 */
public final class SalesforceConnection {

    private static final Logger LOG = LoggerFactory.getLogger(SalesforceConnection.class);
    private static final int REVOKE_SECONDS = 5;
    /** Not the machine's clock, which may be set back: a limit would last as long. */
    private static final InstantSource ELAPSED = () -> Instant.EPOCH.plusNanos(System.nanoTime());

    private final ConnectionSettings settings;
    private final VertxTransport wire;
    private final VertxDelays delays;
    private final TrackUsage usage = new TrackUsage(ELAPSED);
    private final Session session;
    private final RetryPolicy retries;
    private final Limit limit;
    private final Transport login;
    private final Transport chain;
    private final Transport transport;
    private final @Nullable SandboxOnly sandboxOnly;
    private final DescribeCache descriptions = new DescribeCache();
    private final ConnectionWatch watch;
    private final LogContext log;
    private final DailyLimit dailyLimit = new DailyLimit(usage, ELAPSED);
    private final Map<Integer, Park> parks = new ConcurrentHashMap<>();
    private final @Nullable CallRecording recording;
    private final Vertx vertx;
    private final Worker worker;
    private final HttpClientOptions httpOptions;
    private volatile @Nullable EventBus bus;
    private @Nullable BusSession busSession;

    /**
     * @param name     for people
     * @param vertx    whose event loops and workers it uses
     * @param options  of the client
     * @param rotated  the newest refresh tokens
     * @param metering of the application
     */
    SalesforceConnection(
            String name,
            ConnectionSettings settings,
            Vertx vertx,
            WebClientOptions options,
            RefreshTokens rotated,
            Metering metering) {
        this.settings = settings;
        this.vertx = vertx;
        this.worker = Worker.of(() -> vertx);
        this.httpOptions = new HttpClientOptions(options);
        this.log = LogContext.NONE.connection(name);
        this.delays = new VertxDelays(vertx);
        // a request gives its permit back, or fails, within requestTimeout and the time that its answer is read
        this.limit = new Limit(
                settings.maxConcurrentRequests(),
                settings.transport().requestTimeout().multipliedBy(2),
                delays,
                System::nanoTime);
        this.watch = new ConnectionWatch(name, limit, usage, metering);
        this.wire = new VertxTransport(vertx, options, settings.transport().bounds());
        this.retries = settings.retryPolicy();
        var retry = new Retry(retries, delays, watch::repeated, log);
        // A login takes no permit: the request that waits for it may hold the last one.
        this.recording = settings.recordTo() == null ? null : new CallRecording(settings.recordTo(), vertx);
        this.login = recorded(wire).behind(new DecodeErrors()).behind(watch.tries());
        var flows = new LoginFlows(login, vertx, settings.transport().requestTimeout(), rotated);
        LoginFlow flow =
                new RetriedLogin(flows.of(settings.login().login()), retries, delays, watch::loginRepeated, log);
        this.session = new Session(
                watch.logins(flow), flows.listener(settings.login().listener()), InstantSource.system(), log);
        // Read from the wire outwards. Errors are decoded next to the wire, so that all above see typed failures; each
        // try takes the token that is current then; a retry that waits holds no permit.
        Transport chain = settings.transport().compressRequests() ? wire.behind(new Compress()) : wire;
        chain = recorded(chain)
                .behind(usage)
                .behind(new DecodeErrors())
                .behind(new ObserveLoad())
                .behind(watch.tries())
                .behind(new TraceCalls(name))
                .behind(new Authenticate(session))
                .behind(dailyLimit);
        this.chain = chain.behind(limit).behind(retry).behind(new ResolveVersion(settings.newApiVersion()));
        // the first: its question is a request like any other
        this.sandboxOnly = settings.requireSandbox() ? new SandboxOnly() : null;
        this.transport = sandboxOnly == null ? this.chain : this.chain.behind(sandboxOnly);
        if (settings.login().retirement() != null) {
            log.write(() -> LOG.warn("{}", settings.login().retirement()));
        }
    }

    private Transport recorded(Transport next) {
        return recording == null ? next : next.behind(new RecordCalls(recording));
    }

    /**
     * The org's API for one exchange of a route, whose calls are counted together.
     *
     * @param limit observes the exchange's requests, or null
     * @param stop ends its pauses with the route
     * @param trace of the exchange
     */
    public SalesforceClient client(@Nullable AdaptiveLimit limit, StopSignal stop, CallTerms terms, Trace trace) {
        var client = new SalesforceClient(transport, descriptions, new CallCounter(limit, stop, terms, trace));
        String name = settings.pubSub().clientName();
        return name == null ? client : client.with(Map.of("Sforce-Call-Options", "client=" + name));
    }

    /**
     * What an operation works with.
     *
     * @param client of the exchange
     * @param stop   of the route
     */
    public OperationContext call(
            SalesforceClient client, CallOptions options, ProgressListener progress, StopSignal stop) {
        var pauses = stop.over(delays);
        return new OperationContext(client, options, worker, pauses, retries, progress, watch.jobs(), null, log, stop);
    }

    /** The org's event bus; all subscriptions and publishers of the connection share one. */
    public synchronized BusSession bus(EventBus.Connector connector) {
        if (busSession == null) {
            busSession = new BusSession(
                    token -> connect(connector, token),
                    session,
                    token -> OrgId.of(token, client(null, new StopSignal(), CallTerms.NONE, Trace.NONE)),
                    this::leaveToWrite);
        }
        return busSession;
    }

    /** What is published does not pass the chain of filters, and asks as a request that writes would. */
    @SuppressWarnings("ReferenceEquality") // this request, and no other like it
    private Future<Void> leaveToWrite() {
        if (sandboxOnly == null) {
            return Future.succeededFuture();
        }
        Request write = Request.of(HttpMethod.POST, "/eventbus.v1.PubSub/Publish", Body.NONE, Replay.NEVER);
        return sandboxOnly
                .apply(write, request -> request == write ? Future.succeededFuture() : chain.send(request))
                .mapEmpty();
    }

    private EventBus connect(EventBus.Connector connector, Token token) {
        bus = connector.connect(vertx, httpOptions, settings.pubSub().address(token));
        return bus;
    }

    /** How this application is called in changes that it made; null for no name. */
    public @Nullable String clientName() {
        return settings.pubSub().clientName();
    }

    /** The pauses before further tries. */
    public RetryPolicy pauses() {
        return retries;
    }

    /**
     * Parks requests of a route while the org takes no calls.
     *
     * @param share percent of the org's calls at which those of the route stop; 0 for no limit of its own
     * @param stop of the route
     * @param most how long each waits at most; null for as long as it takes
     */
    public Filter parking(int share, StopSignal stop, @Nullable Duration most) {
        return parks.computeIfAbsent(share, percent -> {
                    var park = new Park(delays, log);
                    dailyLimit.whenOver(park::mayBeOver);
                    return park;
                })
                .filter(stop, most);
    }

    /**
     * Hears when the org takes calls again after its limit.
     *
     * @return ends that
     */
    public Runnable whenLimitIsOver(Runnable listener) {
        return dailyLimit.whenOver(listener);
    }

    /** What log lines of the connection belong to. */
    public LogContext log() {
        return log;
    }

    /** The running bulk jobs of its exchanges and consumers. */
    List<RunningJob> jobs() {
        return watch.jobs().all();
    }

    /** API usage from the newest response. */
    public Optional<ApiUsage> usage() {
        return usage.last();
    }

    /** Logs in if that has not happened yet. */
    public Future<Void> logIn() {
        return session.token().mapEmpty();
    }

    /** Ends waits and connections; requests under way fail. */
    Future<Void> close() {
        Token token = settings.login().revoke() ? session.present() : null;
        if (token == null) {
            return shutdown();
        }
        return new TokenEndpoint(login, token.instanceUrl(), null)
                .revoke(token.accessToken())
                .timeout(REVOKE_SECONDS, TimeUnit.SECONDS)
                .onFailure(failure -> log.write(
                        () -> LOG.warn("The Salesforce session could not be revoked: {}", failure.toString())))
                .transform(done -> shutdown());
    }

    /** Its present status. */
    public ConnectionStatus status() {
        return watch.status()
                .parking(parks.values().stream()
                        .flatMap(park -> park.trouble().stream())
                        .reduce((one, other) -> one + "; " + other));
    }

    private Future<Void> shutdown() {
        delays.close();
        if (bus != null) {
            bus.close();
        }
        // the last: requests that fail now are metered
        Future<Void> down = wire.shutdown().onComplete(ended -> watch.close());
        return recording == null ? down : down.transform(ended -> recording.close());
    }
}
