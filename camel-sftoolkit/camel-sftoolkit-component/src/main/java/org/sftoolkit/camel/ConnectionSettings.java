package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.sftoolkit.camel.transport.RetryPolicy;

/** A connection, validated: endpoints with equal settings share one client, one session and one budget. */
record ConnectionSettings(
        LoginSettings login,
        String apiVersion,
        Vertx vertx,
        WebClientOptions webClientOptions,
        Duration connectTimeout,
        Duration requestTimeout,
        int maxConnections,
        boolean compression,
        int maxRetries,
        Duration retryDelay,
        Duration retryMaxDelay,
        int maxConcurrentRequests) {

    static ConnectionSettings of(ConnectionConfiguration options) {
        requirePositive("connectTimeout", options.getConnectTimeout());
        requirePositive("requestTimeout", options.getRequestTimeout());
        requirePositive("maxConnections", options.getMaxConnections());
        requirePositive("retryDelay", options.getRetryDelay());
        requirePositive("retryMaxDelay", options.getRetryMaxDelay());
        requireNotNegative("maxRetries", options.getMaxRetries());
        requireNotNegative("maxConcurrentRequests", options.getMaxConcurrentRequests());
        return new ConnectionSettings(
                options.loginSettings(),
                version(options.getApiVersion()),
                options.getVertx(),
                options.getWebClientOptions(),
                Duration.ofMillis(options.getConnectTimeout()),
                Duration.ofMillis(options.getRequestTimeout()),
                options.getMaxConnections(),
                options.isCompression(),
                options.getMaxRetries(),
                Duration.ofMillis(options.getRetryDelay()),
                Duration.ofMillis(options.getRetryMaxDelay()),
                options.getMaxConcurrentRequests() == 0
                        ? options.getMaxConnections()
                        : options.getMaxConcurrentRequests());
    }

    /** Takes {@code 66}, {@code 66.0} and {@code v66.0}. */
    private static String version(String text) {
        String version = text == null ? "" : text.strip().replaceFirst("^v", "");
        if (!version.matches("\\d{2,3}(\\.0)?")) {
            throw new IllegalArgumentException("apiVersion=" + text + " is none: give it as in 66.0");
        }
        return version.endsWith(".0") ? version : version + ".0";
    }

    static void requirePositive(String option, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(option + "=" + value + ": it is at least 1");
        }
    }

    static void requireNotNegative(String option, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(option + "=" + value + ": it cannot be negative");
        }
    }

    RetryPolicy retryPolicy() {
        return new RetryPolicy(maxRetries, retryDelay, retryMaxDelay, RandomGenerator.getDefault());
    }

    WebClientOptions clientOptions() {
        var options = webClientOptions == null ? new WebClientOptions() : new WebClientOptions(webClientOptions);
        options.setMaxPoolSize(maxConnections)
                .setConnectTimeout((int) connectTimeout.toMillis())
                .setKeepAlive(true)
                // Salesforce drops idle connections after some minutes; one that it drops while a request is written
                // costs more
                .setKeepAliveTimeout(30)
                .setDecompressionSupported(compression)
                .setUserAgentEnabled(true)
                .setUserAgent("camel-sftoolkit");
        return options;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return login + " v" + apiVersion;
    }
}
