package org.sftoolkit.camel.connection;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.config.TransportConfiguration;
import org.sftoolkit.camel.redaction.Redaction;
import org.sftoolkit.camel.transport.WireBounds;

/**
 * Validated settings of the HTTP client.
 *
 * @param vertx null for the component's
 * @param webClientOptions or null
 * @param tls null for the JDK's defaults
 * @param proxy or null
 * @param maxAnswerBytes resolved: at least 1
 */
public record TransportSettings(
        @Nullable Vertx vertx,
        @Nullable WebClientOptions webClientOptions,
        @Nullable SSLContextParameters tls,
        @Nullable Proxy proxy,
        Duration connectTimeout,
        Duration requestTimeout,
        long maxAnswerBytes,
        int maxConnections,
        boolean compression,
        boolean compressRequests) {

    /**
     * @param userName null if the proxy needs no user
     * @param password or null
     */
    public record Proxy(String host, int port, ProxyType type, @Nullable String userName, @Nullable Secret password) {

        ProxyOptions options() {
            return new ProxyOptions()
                    .setHost(host)
                    .setPort(port)
                    .setType(type)
                    .setUsername(userName)
                    .setPassword(Secret.reveal(password));
        }
    }

    // Salesforce drops idle connections after some minutes; one that it drops while a request is written costs more
    private static final int IDLE_SECONDS = 30;
    // as much as one read of a socket brings; Vert.x's own default cuts it into eight
    private static final int CHUNK_BYTES = 1 << 16;

    private static final long LONGEST_ARRAY = 2_000_000_000;
    private static final long LEAST_BYTES = 4L << 20;

    static TransportSettings of(TransportConfiguration options, CamelContext camel) {
        OptionRules.requireDuration("connectTimeout", options.getConnectTimeout(), 1);
        OptionRules.requireDuration("requestTimeout", options.getRequestTimeout(), 1);
        OptionRules.requirePositive("maxConnections", options.getMaxConnections());
        OptionRules.requireNotNegative("maxAnswerBytes", options.getMaxAnswerBytes());
        if (options.getMaxAnswerBytes() > LONGEST_ARRAY) {
            throw new IllegalArgumentException("maxAnswerBytes=" + options.getMaxAnswerBytes()
                    + " is not allowed: use at most " + LONGEST_ARRAY + ", or 0 for a share of the heap");
        }
        return new TransportSettings(
                options.getVertx(),
                options.getWebClientOptions(),
                tls(options, camel),
                proxyOf(options),
                Duration.ofMillis(options.getConnectTimeout()),
                Duration.ofMillis(options.getRequestTimeout()),
                options.getMaxAnswerBytes() == 0 ? shareOfHeap() : options.getMaxAnswerBytes(),
                options.getMaxConnections(),
                options.isCompression(),
                options.isCompressRequests());
    }

    private static @Nullable SSLContextParameters tls(TransportConfiguration options, CamelContext camel) {
        if (options.getSslContextParameters() != null || !options.isUseGlobalSslContextParameters()) {
            return options.getSslContextParameters();
        }
        if (camel.getSSLContextParameters() == null) {
            throw new IllegalArgumentException(
                    "useGlobalSslContextParameters=true, but the CamelContext has no SSLContextParameters: set them"
                            + " there, or set sslContextParameters");
        }
        return camel.getSSLContextParameters();
    }

    private static @Nullable Proxy proxyOf(TransportConfiguration options) {
        if (options.getProxyHost() == null || options.getProxyHost().isBlank()) {
            if (options.getProxyPort() > 0 || options.getProxyUsername() != null) {
                throw new IllegalArgumentException("proxy options are set without proxyHost: set it, or remove them");
            }
            return null;
        }
        if (options.getProxyPort() <= 0 || options.getProxyPort() > 65_535) {
            throw new IllegalArgumentException("proxyHost needs proxyPort, 1 to 65535");
        }
        learnCredentials(options.getProxyUsername(), options.getProxyPassword());
        return new Proxy(
                options.getProxyHost(),
                options.getProxyPort(),
                options.getProxyType(),
                options.getProxyUsername(),
                Secret.of(options.getProxyPassword()));
    }

    // its records take several times its bytes, and several answers may be in memory at a time
    private static long shareOfHeap() {
        return Math.min(
                LONGEST_ARRAY, Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / 16));
    }

    /** What bounds each call. */
    WireBounds bounds() {
        return new WireBounds(requestTimeout, maxAnswerBytes, maxConnections);
    }

    // as they go over the wire
    private static void learnCredentials(@Nullable String userName, @Nullable String password) {
        if (userName != null && password != null) {
            byte[] credentials = (userName + ':' + password).getBytes(StandardCharsets.UTF_8);
            Redaction.learn(Base64.getEncoder().encodeToString(credentials));
        }
    }

    /** Options of the client; those that the component has options for are set by them. */
    WebClientOptions clientOptions(CamelContext camel) {
        var options = webClientOptions == null ? new WebClientOptions() : new WebClientOptions(webClientOptions);
        options.setMaxPoolSize(maxConnections)
                .setConnectTimeout((int) Math.min(Integer.MAX_VALUE, connectTimeout.toMillis()))
                .setSslHandshakeTimeout(connectTimeout.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAlive(true)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setDecompressionSupported(compression)
                .setUserAgentEnabled(true)
                .setUserAgent("camel-sftoolkit");
        if (options.getMaxChunkSize() == HttpClientOptions.DEFAULT_MAX_CHUNK_SIZE) {
            options.setMaxChunkSize(CHUNK_BYTES);
        }
        if (proxy != null) {
            options.setProxyOptions(proxy.options().setConnectTimeout(connectTimeout));
        }
        if (tls != null) {
            TlsOptions.apply(tls, options, camel);
        }
        return options;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "transport" + (proxy == null ? "" : " through " + proxy.host());
    }

    /** Camel's TLS parameters as Vert.x takes them. */
    private static final class TlsOptions {

        private TlsOptions() {}

        /** Sets certificates, protocols and cipher suites; throws if a key store cannot be read. */
        static void apply(SSLContextParameters tls, ClientOptionsBase options, CamelContext camel) {
            try {
                tls.setCamelContext(camel);
                // Camel's engine knows the outcome of its include, exclude and explicit lists
                SSLEngine engine = tls.createSSLContext(camel).createSSLEngine();
                options.setEnabledSecureTransportProtocols(new HashSet<>(List.of(engine.getEnabledProtocols())));
                for (String suite : engine.getEnabledCipherSuites()) {
                    options.addEnabledCipherSuite(suite);
                }
                if (tls.getKeyManagers() != null) {
                    for (KeyManager manager : tls.getKeyManagers().createKeyManagers()) {
                        if (manager instanceof X509KeyManager own) {
                            options.setKeyCertOptions(KeyCertOptions.wrap(own));
                        }
                    }
                }
                if (tls.getTrustManagers() != null) {
                    for (TrustManager manager : tls.getTrustManagers().createTrustManagers()) {
                        options.setTrustOptions(TrustOptions.wrap(manager));
                    }
                }
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalArgumentException("sslContextParameters cannot be used: " + e.getMessage(), e);
            }
        }
    }
}
