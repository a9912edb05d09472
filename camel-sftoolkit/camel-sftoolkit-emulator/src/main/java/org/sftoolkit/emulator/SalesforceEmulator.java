package org.sftoolkit.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.sftoolkit.emulator.api.Dispatcher;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.api.Instance;
import org.sftoolkit.emulator.api.RefreshTokens;
import org.sftoolkit.emulator.api.Routes;
import org.sftoolkit.emulator.api.RuntimeSettings;
import org.sftoolkit.emulator.api.Sessions;
import org.sftoolkit.emulator.api.UserAccount;
import org.sftoolkit.emulator.bulk.BulkService;
import org.sftoolkit.emulator.control.ControlApi;
import org.sftoolkit.emulator.control.Controlled;
import org.sftoolkit.emulator.control.LocalCallers;
import org.sftoolkit.emulator.control.Snapshots;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.fault.FaultPlan;
import org.sftoolkit.emulator.org.ApiUsage;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.OrgClock;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.page.PageApi;
import org.sftoolkit.emulator.pubsub.PubSubService;
import org.sftoolkit.emulator.soql.QueryContext;
import org.sftoolkit.emulator.soql.QueryCursors;
import org.sftoolkit.emulator.soql.Soql;
import org.sftoolkit.emulator.soql.SoqlException;
import org.sftoolkit.emulator.traffic.RequestLog;

/**
 * An org of Salesforce inside this JVM, reached over HTTP on a local port, with the same answers and the same errors. What
 * it does not support it refuses by name. Safe for threads; adds at most eight of its own.
 *
 * <pre>{@code
 * try (SalesforceEmulator emulator = SalesforceEmulator.builder().start()) {
 *     String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
 *     // point a client at emulator.url(), then look at emulator.org() and emulator.requests()
 * }
 * }</pre>
 */
public final class SalesforceEmulator implements AutoCloseable {

    /** Developer Limits Quick Reference: SOQL results can be read on for two days. */
    private static final Duration CURSOR_LIFE = Duration.ofDays(2);

    private final OrgClock clock;
    private final Org org;
    private final ApiUsage usage;
    private final Sessions sessions;
    private final RefreshTokens refreshTokens = new RefreshTokens();
    private final Instance instance = new Instance();
    private final RequestLog requests = new RequestLog();
    private final QueryCursors cursors;
    private final FaultPlan faults;
    private final BulkService bulk;
    private final EventBus events;
    private final TempFolder folder = new TempFolder();
    private final RuntimeSettings runtime;
    private final List<Endpoint> endpoints;
    private final HttpListeners listeners;
    /** Or null. */
    private final DataFolder data;

    private final AtomicBoolean closed = new AtomicBoolean();

    SalesforceEmulator(EmulatorSettings settings) {
        Random random = new Random(settings.seed());
        faults = new FaultPlan(new Random(settings.seed()));
        String first = settings.users().get(0).userName();
        clock = new OrgClock(settings.clock());
        org = new Org(settings.schema(), clock, random, faults, settings.duplicateRules(), first);
        cursors = new QueryCursors(clock, settings.openCursors(), CURSOR_LIFE);
        bulk = new BulkService(org);
        events = new EventBus(org, settings.events(), this::filter, settings.seed());
        usage = new ApiUsage(settings.dailyLimit());
        sessions = new Sessions(org.organizationId(), clock, random, settings.tokenLifetimeRequests());
        List<UserAccount> users = settings.users().stream()
                .map(account -> new UserAccount(
                        account.userName(),
                        account.password(),
                        account.securityToken(),
                        account.userName().equals(first) ? org.userId() : org.addUser(account.userName())))
                .toList();
        settings.accessTokens().forEach(token -> sessions.admit(token, org.userId(), first));
        settings.refreshTokens().forEach(token -> refreshTokens.admit(token, users.get(0)));
        runtime = new RuntimeSettings(
                settings.loginRules(users), settings.latency(), settings.pageSize(), settings.fileLimit());
        data = settings.data().map(folder -> DataFolder.open(folder, org)).orElse(null);
        if (data != null) {
            data.settings().restore(runtime, sessions);
        }
        Routes.Backend backend =
                new Routes.Backend(org, usage, sessions, refreshTokens, instance, cursors, runtime, bulk, events);
        endpoints = new ArrayList<>(Routes.all(backend));
        LocalCallers callers = new LocalCallers(settings.allowedHosts());
        Controlled controlled = controlled();
        ControlApi control = new ControlApi(controlled);
        endpoints.addAll(control.endpoints(callers));
        endpoints.addAll(new PageApi(controlled, control).endpoints(callers));
        Dispatcher dispatcher = new Dispatcher(endpoints, sessions, usage, instance);
        try {
            if (data == null || data.isNew()) {
                settings.seeds().forEach(seed -> seed.accept(new SeedFiles(org)));
            }
        } catch (RuntimeException e) {
            closeQuietly();
            throw e;
        }
        org.allowPublishing(events::takePublishing);
        // Seeds were there before anybody could subscribe.
        org.listen(events);
        listeners = new HttpListeners(
                settings,
                new RequestPipeline(
                        clock, runtime, dispatcher, requests, faults, sessions, usage, folder, settings.recorded()),
                new PubSubService(org, sessions, instance, events, faults, requests));
        instance.moveTo(listening(settings.port()));
    }

    /** What the filter of an event channel stands for. */
    private Predicate<Row> filter(ObjectSchema object, String condition) {
        try {
            return Soql.condition(
                    object, condition, new QueryContext(org, clock.instant(), ZoneOffset.UTC, org.userId(), "", true));
        } catch (SoqlException e) {
            throw new IllegalArgumentException(
                    "the filter '" + condition + "' of " + object.name() + ": " + e.getMessage(), e);
        }
    }

    private Controlled controlled() {
        return new Controlled(
                org,
                clock,
                runtime,
                usage,
                sessions,
                refreshTokens,
                instance,
                cursors,
                bulk,
                faults,
                requests,
                events,
                new Snapshots(org),
                ConfiguredSchema::extended,
                data == null ? (name, value) -> {} : data.settings(),
                this::moveInstance);
    }

    /** An emulator on a free local port, with the built-in objects, a connected app and a user; all can be changed. */
    public static EmulatorBuilder builder() {
        return new EmulatorBuilder();
    }

    /**
     * Login host and instance at once: scheme, host and port, without a slash at the end. After {@link #moveInstance()} the
     * instance alone.
     */
    public String url() {
        return instance.url();
    }

    /** The port of {@link #url()}. */
    public int port() {
        return Integer.parseInt(url().substring(url().lastIndexOf(':') + 1));
    }

    /** The rows: to fill the org and to look into it, without a request. */
    public Org org() {
        return org;
    }

    /** The org's time, to be moved on or stopped. */
    public OrgClock clock() {
        return clock;
    }

    /** What has come over the wire. */
    public RequestLog requests() {
        return requests;
    }

    /** Bulk API 2.0: its jobs and how they are processed. */
    public BulkService bulk() {
        return bulk;
    }

    /** The event bus: change events and platform events. */
    public EventBus events() {
        return events;
    }

    /** The faults to come. */
    public FaultPlan faults() {
        return faults;
    }

    /** The calls of the API against the daily limit. */
    public ApiUsage usage() {
        return usage;
    }

    /** Number of logins that gave out a token. */
    public int logins() {
        return sessions.opened();
    }

    /** Number of logins that were refused. */
    public int refusedLogins() {
        return sessions.refused();
    }

    /** Ends all sessions: every access token given out so far meets 401 from now on. */
    public void expireTokens() {
        sessions.expireAll();
    }

    /** Number of query results that can still be read on, those read to their end included. */
    public int openQueryCursors() {
        return cursors.size();
    }

    /** Ends all query results that are still to be read: their locators meet INVALID_QUERY_LOCATOR from now on. */
    public void expireQueryCursors() {
        cursors.expireAll();
    }

    /** Gives out a refresh token of the first user, as a web login would. */
    public String newRefreshToken() {
        return refreshTokens.issue(runtime.loginRules().users().get(0));
    }

    /**
     * Moves the org to another instance, as Salesforce does in maintenance: a second port becomes the instance that logins
     * name; the old one goes on to accept logins and answers 401 to everything else.
     *
     * @return the new {@link #url()}
     */
    public String moveInstance() {
        sessions.expireAll();
        String moved = listening(0);
        instance.moveTo(moved);
        return moved;
    }

    private void closeQuietly() {
        bulk.close();
        if (data != null) {
            data.close();
        }
        folder.close();
    }

    /** All that it answers. */
    List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** Where bodies of requests lie on their way. */
    Path spool() {
        return folder.path();
    }

    private String listening(int port) {
        try {
            return listeners.listen(port);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Stops listening, closes all connections, ends all threads, and waits for that. Closed again, it does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            listeners.close();
        } finally {
            closeQuietly();
        }
    }
}
