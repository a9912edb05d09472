package org.sftoolkit.camel.connection;

import io.vertx.core.Future;
import org.sftoolkit.camel.auth.Grant;
import org.sftoolkit.camel.auth.LoginFlow;
import org.sftoolkit.camel.transport.CallCounts;
import org.sftoolkit.camel.transport.CallListener;
import org.sftoolkit.camel.transport.Limit;
import org.sftoolkit.camel.transport.ReportCalls;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.ResourceName;
import org.sftoolkit.camel.transport.TrackUsage;

/**
 * Observes one connection: counts for consoles and health checks, and meters if the application has a registry.
 */
final class ConnectionWatch {

    /** The resource of logins in metrics. */
    private static final String LOGIN = "oauth2/token";

    private final String name;
    private final Limit limit;
    private final TrackUsage usage;
    private final CallCounts counts = new CallCounts();
    private final Metering.ConnectionMeters meters;
    private final CallListener listener;
    private final RunningJobs jobs;

    ConnectionWatch(String name, Limit limit, TrackUsage usage, Metering metering) {
        this.name = name;
        this.limit = limit;
        this.usage = usage;
        this.meters = metering.connection(name, new ConnectionGauges(limit::inFlight, limit::queued, usage::last));
        this.listener = counts.and(meters);
        this.jobs = new RunningJobs(name, meters);
    }

    /** Hears of every try. */
    ReportCalls tries() {
        return new ReportCalls(listener);
    }

    /** Hears of every repetition. */
    void repeated(Request request) {
        listener.repeated(ResourceName.of(request));
    }

    /** Hears of every further try of a login. */
    void loginRepeated() {
        listener.repeated(LOGIN);
    }

    /** Hears of logins. */
    LoginFlow logins(LoginFlow flow) {
        return new LoginFlow() {
            @Override
            public Future<Grant> login() {
                return flow.login().onComplete(done -> listener.loggedIn(done.cause()));
            }

            @Override
            public boolean renews() {
                return flow.renews();
            }
        };
    }

    /** Sees bulk jobs. */
    RunningJobs jobs() {
        return jobs;
    }

    ConnectionStatus status() {
        return new ConnectionStatus(name, limit.inFlight(), limit.queued(), 0, usage.last(), counts, null);
    }

    /** Takes the meters away. */
    void close() {
        meters.close();
    }
}
