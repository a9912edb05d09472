package org.sftoolkit.camel.connection;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.ConnectionConfiguration;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.events.EventBus;
import org.sftoolkit.camel.transport.ApiVersion;
import org.sftoolkit.camel.transport.RetryPolicy;
import org.sftoolkit.camel.transport.Token;

/**
 * A connection, validated: endpoints with equal settings share one client, one session and one budget.
 *
 * @param apiVersion such as {@code 66.0}, or {@code latest}
 * @param requireSandbox whether writes to production are refused
 * @param recordTo folder in which calls are recorded, or null
 */
public record ConnectionSettings(
        LoginSettings login,
        String apiVersion,
        TransportSettings transport,
        int maxRetries,
        Duration retryDelay,
        Duration retryMaxDelay,
        int maxConcurrentRequests,
        PubSubSettings pubSub,
        boolean requireSandbox,
        @Nullable Path recordTo) {

    /** The API version of requests. */
    static final String LATEST = "latest";

    public static ConnectionSettings of(ConnectionConfiguration options, CamelContext camel) {
        OptionRules.requireDuration("retryDelay", options.getRetryDelay(), 1);
        OptionRules.requireDuration("retryMaxDelay", options.getRetryMaxDelay(), 1);
        OptionRules.requireRetries("maxRetries", options.getMaxRetries());
        OptionRules.requireNotNegative("maxConcurrentRequests", options.getMaxConcurrentRequests());
        return new ConnectionSettings(
                LoginSettings.of(options, camel),
                version(options.getApiVersion()),
                TransportSettings.of(options, camel),
                options.getMaxRetries(),
                Duration.ofMillis(options.getRetryDelay()),
                Duration.ofMillis(options.getRetryMaxDelay()),
                options.getMaxConcurrentRequests() == 0
                        ? options.getMaxConnections()
                        : options.getMaxConcurrentRequests(),
                PubSubSettings.of(options),
                options.isRequireSandbox(),
                options.getRecordTo() == null || options.getRecordTo().isBlank()
                        ? null
                        : Path.of(options.getRecordTo()));
    }

    /**
     * Percent of the org's calls in 24 hours at which calls of an endpoint stop; 0 for no budget. Not of the connection: endpoints with
     * different budgets share one.
     */
    public static int apiBudget(ConnectionConfiguration options) {
        OptionRules.requireNotNegative("apiBudget", options.getApiBudget());
        if (options.getApiBudget() > 100) {
            throw new IllegalArgumentException("apiBudget=" + options.getApiBudget()
                    + " is not allowed: use 1 to 100 (percent), or 0 to turn it off");
        }
        return options.getApiBudget();
    }

    /** Takes {@code 66}, {@code 66.0}, {@code v66.0} and {@code latest}. */
    static String version(String text) {
        String version = text == null ? "" : text.strip().replaceFirst("^v", "");
        if (version.equalsIgnoreCase(LATEST)) {
            return LATEST;
        }
        if (!version.matches("\\d{2,3}(\\.0)?")) {
            throw new IllegalArgumentException(
                    "Invalid apiVersion '" + text + "': use a number such as 66.0, or 'latest'");
        }
        return version.endsWith(".0") ? version : version + ".0";
    }

    /**
     * Refuses a version that is too old.
     *
     * @param user  what needs a newer one, as the subject of the message
     * @param least the oldest version that has what it needs
     */
    public void requireVersion(String user, double least) {
        if (!apiVersion.equals(LATEST) && Double.parseDouble(apiVersion) < least) {
            throw new IllegalArgumentException(
                    user + " needs apiVersion=" + least + " or later, but it is " + apiVersion);
        }
    }

    RetryPolicy retryPolicy() {
        // not RandomGenerator.getDefault(), which finds no generator through class loaders such as those of Maven's
        // plugins
        return new RetryPolicy(maxRetries, retryDelay, retryMaxDelay, new Random());
    }

    /** The version, requested from the org if it is {@code latest}; one for each connection. */
    ApiVersion newApiVersion() {
        return apiVersion.equals(LATEST) ? ApiVersion.latest() : ApiVersion.of(apiVersion);
    }

    /** The Vert.x instance that the options name; null for the component's. */
    public @Nullable Vertx vertx() {
        return transport.vertx();
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return login + " v" + apiVersion;
    }

    /**
     * The address of the Pub/Sub API of a connection.
     *
     * @param host null for Salesforce's host, or for the org's own host if it does not belong to Salesforce
     */
    record PubSubSettings(@Nullable String host, int port, @Nullable String clientName) {

        private static final String GLOBAL = "api.pubsub.salesforce.com";
        private static final int HTTPS = 443;
        private static final int HTTP = 80;

        static PubSubSettings of(ConnectionConfiguration options) {
            String host =
                    options.getPubSubHost() == null || options.getPubSubHost().isBlank()
                            ? null
                            : options.getPubSubHost().strip();
            if (options.getPubSubPort() < 1 || options.getPubSubPort() > 65_535) {
                throw new IllegalArgumentException("pubSubPort=" + options.getPubSubPort() + ": use 1 to 65535");
            }
            if (host != null && !host.matches("(https?://)?[A-Za-z0-9.-]+(:\\d{1,5})?/?")) {
                throw new IllegalArgumentException("pubSubHost=" + host
                        + ": give a host alone, such as api.deu.pubsub.salesforce.com, or http://localhost:7443");
            }
            String client = options.getClientName();
            if (client != null && !client.matches("[\\w .:/@-]+")) {
                throw new IllegalArgumentException(
                        "clientName=" + client + ": use letters, digits, spaces and . : / @ _ -");
            }
            return new PubSubSettings(host, options.getPubSubPort(), client);
        }

        EventBus.Address address(Token token) {
            if (host != null) {
                return host.contains("://") ? address(host) : new EventBus.Address(host, port, true);
            }
            String instance = token.instanceUrl();
            String name = uri(instance).getHost();
            boolean salesforce = name != null && (name.endsWith(".salesforce.com") || name.endsWith(".force.com"));
            return salesforce ? new EventBus.Address(GLOBAL, port, true) : address(instance);
        }

        private static EventBus.Address address(String url) {
            URI uri = uri(url);
            boolean tls = "https".equals(uri.getScheme());
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? HTTPS : HTTP;
            return new EventBus.Address(uri.getHost(), port, tls);
        }

        private static URI uri(String url) {
            try {
                return new URI(url);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("'" + url + "' is no URL", e);
            }
        }
    }
}
