package org.sftoolkit.camel.connection;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.sftoolkit.camel.config.ConnectionConfiguration;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.transport.ApiVersion;
import org.sftoolkit.camel.transport.RetryPolicy;

/**
 * A connection, validated: endpoints with equal settings share one client, one session and one budget.
 *
 * @param apiVersion such as {@code 66.0}, or {@code latest}
 * @param apiBudget percent; 0 for no budget
 * @param requireSandbox whether writes to production are refused
 */
public record ConnectionSettings(
        LoginSettings login,
        String apiVersion,
        TransportSettings transport,
        int maxRetries,
        Duration retryDelay,
        Duration retryMaxDelay,
        int maxConcurrentRequests,
        int apiBudget,
        PubSubSettings pubSub,
        boolean requireSandbox) {

    /** The API version of requests. */
    static final String LATEST = "latest";

    public static ConnectionSettings of(ConnectionConfiguration options, CamelContext camel) {
        OptionRules.requireDuration("retryDelay", options.getRetryDelay(), 1);
        OptionRules.requireDuration("retryMaxDelay", options.getRetryMaxDelay(), 1);
        OptionRules.requireRetries("maxRetries", options.getMaxRetries());
        OptionRules.requireNotNegative("maxConcurrentRequests", options.getMaxConcurrentRequests());
        OptionRules.requireNotNegative("apiBudget", options.getApiBudget());
        if (options.getApiBudget() > 100) {
            throw new IllegalArgumentException("apiBudget=" + options.getApiBudget()
                    + " is not allowed: use 1 to 100 (percent), or 0 to turn it off");
        }
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
                options.getApiBudget(),
                PubSubSettings.of(options),
                options.isRequireSandbox());
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
    public Vertx vertx() {
        return transport.vertx();
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return login + " v" + apiVersion;
    }
}
