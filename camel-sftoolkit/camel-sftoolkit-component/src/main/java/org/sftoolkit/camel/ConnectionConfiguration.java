package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options of the connection to an org: transport, patience, budget. */
@UriParams
public abstract class ConnectionConfiguration extends LoginConfiguration {

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "The Vert.x instance to use. Without one the single instance in the registry is used, and without"
                            + " that the component makes one and closes it when it stops")
    private Vertx vertx;

    @UriParam(label = "advanced")
    @Metadata(
            description = "Options of the Vert.x Web Client; those that the component has options for are set by them")
    private WebClientOptions webClientOptions;

    @UriParam(label = "advanced", defaultValue = "10000", javaType = "java.time.Duration")
    @Metadata(description = "Longest wait for a connection, in milliseconds")
    private long connectTimeout = 10_000;

    @UriParam(label = "advanced", defaultValue = "60000", javaType = "java.time.Duration")
    @Metadata(description = "Longest wait for the first, and then for the next, bytes of an answer, in milliseconds")
    private long requestTimeout = 60_000;

    @UriParam(label = "advanced", defaultValue = "100")
    @Metadata(description = "Most TCP connections to the org")
    private int maxConnections = 100;

    @UriParam(label = "advanced", defaultValue = "true")
    @Metadata(description = "Whether answers are asked for compressed with gzip")
    private boolean compression = true;

    @UriParam(label = "advanced", defaultValue = "3")
    @Metadata(
            description =
                    "How often a request is sent again that failed for a passing reason and may be repeated; 0 for never")
    private int maxRetries = 3;

    @UriParam(label = "advanced", defaultValue = "500", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "Pause before the first repetition, in milliseconds; doubled each time, with jitter. A Retry-After"
                            + " of Salesforce is honoured")
    private long retryDelay = 500;

    @UriParam(label = "advanced", defaultValue = "30000", javaType = "java.time.Duration")
    @Metadata(description = "Longest pause between repetitions, in milliseconds; a longer Retry-After ends them")
    private long retryMaxDelay = 30_000;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Most requests at a time of all exchanges of the connection together; the others wait, holding no"
                            + " thread. As many as maxConnections by default")
    private int maxConcurrentRequests;

    public Vertx getVertx() {
        return vertx;
    }

    public void setVertx(Vertx vertx) {
        this.vertx = vertx;
    }

    public WebClientOptions getWebClientOptions() {
        return webClientOptions;
    }

    public void setWebClientOptions(WebClientOptions webClientOptions) {
        this.webClientOptions = webClientOptions;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public int getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public boolean isCompression() {
        return compression;
    }

    public void setCompression(boolean compression) {
        this.compression = compression;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public long getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(long retryDelay) {
        this.retryDelay = retryDelay;
    }

    public long getRetryMaxDelay() {
        return retryMaxDelay;
    }

    public void setRetryMaxDelay(long retryMaxDelay) {
        this.retryMaxDelay = retryMaxDelay;
    }

    public int getMaxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    public void setMaxConcurrentRequests(int maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
    }

    /** The connection as these options describe it, validated; equal settings share one connection. */
    ConnectionSettings connectionSettings() {
        return ConnectionSettings.of(this);
    }
}
