package org.sftoolkit.camel.config;

import io.vertx.core.Vertx;
import io.vertx.core.net.ProxyType;
import io.vertx.ext.web.client.WebClientOptions;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Options of the connection to an org: transport, patience, budget. */
@UriParams
public abstract class ConnectionConfiguration extends LoginConfiguration {

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "The Vert.x instance to use. By default the single instance in the registry; if there is none, the"
                            + " component creates one and closes it when it stops")
    private @Nullable Vertx vertx;

    @UriParam(label = "advanced")
    @Metadata(description = "Options of the Vert.x Web Client. Options of the component override them")
    private @Nullable WebClientOptions webClientOptions;

    @UriParam(label = "advanced", defaultValue = "10000", javaType = "java.time.Duration")
    @Metadata(description = "Longest wait for a connection, in milliseconds")
    private long connectTimeout = 10_000;

    @UriParam(label = "advanced", defaultValue = "60000", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "Longest wait in milliseconds for a free connection, then for the start of the response, then for"
                            + " more of it. A response slower than 4 KB a second also times out")
    private long requestTimeout = 60_000;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Maximum size in bytes, decompressed, of a response held in memory; a larger one fails. Streams"
                            + " and files have no limit. The default (0) is a sixteenth of the heap, at least 4 MB")
    private long maxAnswerBytes;

    @UriParam(label = "advanced", defaultValue = "100")
    @Metadata(description = "Maximum number of TCP connections to the org")
    private int maxConnections = 100;

    @UriParam(label = "advanced", defaultValue = "true")
    @Metadata(description = "Whether Salesforce is asked to compress responses with gzip")
    private boolean compression = true;

    @UriParam(label = "advanced", defaultValue = "3")
    @Metadata(
            description =
                    "Maximum number of retries of a request that failed for a temporary reason and may be repeated; 0"
                            + " for none. Twice as many if Salesforce limits concurrent requests")
    private int maxRetries = 3;

    @UriParam(label = "advanced", defaultValue = "500", javaType = "java.time.Duration")
    @Metadata(
            description = "Pause before the first retry, in milliseconds; doubled each time, with jitter. A Retry-After"
                    + " header of Salesforce is respected")
    private long retryDelay = 500;

    @UriParam(label = "advanced", defaultValue = "30000", javaType = "java.time.Duration")
    @Metadata(description = "Longest pause between retries, in milliseconds; a longer Retry-After ends the retries")
    private long retryMaxDelay = 30_000;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Maximum number of concurrent requests of all exchanges of the connection; others wait without a"
                            + " thread. The default is maxConnections")
    private int maxConcurrentRequests;

    @UriParam(label = "security")
    @Metadata(
            description =
                    "TLS settings: trusted certificates, client certificates, protocols, cipher suites. By default"
                            + " those of the JDK")
    private @Nullable SSLContextParameters sslContextParameters;

    @UriParam(label = "security")
    @Metadata(
            description = "Whether the TLS parameters of the CamelContext are used if sslContextParameters is not set")
    private boolean useGlobalSslContextParameters;

    @UriParam(label = "proxy")
    @Metadata(description = "Host of the proxy through which Salesforce is reached")
    private @Nullable String proxyHost;

    @UriParam(label = "proxy")
    @Metadata(description = "Port of the proxy")
    private int proxyPort;

    @UriParam(label = "proxy", defaultValue = "HTTP", enums = "HTTP,SOCKS4,SOCKS5")
    @Metadata(description = "Protocol of the proxy")
    private ProxyType proxyType = ProxyType.HTTP;

    @UriParam(label = "proxy", secret = true)
    @Metadata(description = "User name for the proxy, if it needs one")
    private @Nullable String proxyUsername;

    @UriParam(label = "proxy", secret = true)
    @Metadata(description = "Password for the proxy")
    private @Nullable String proxyPassword;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Whether request bodies of 2 KB and more are compressed with gzip: less network traffic, more CPU"
                            + " use")
    private boolean compressRequests;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Percentage of the org's API calls in 24 hours at which calls fail with LimitExceededException, 1"
                            + " to 100; 0 turns it off. One call a minute is still sent, to see whether calls are possible"
                            + " again")
    private int apiBudget;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Host of the Pub/Sub API, for subscribe and publish. api.pubsub.salesforce.com by default, and the"
                            + " org's own host if that is none of Salesforce's, such as the emulator's; http://host:port"
                            + " for one without TLS")
    private @Nullable String pubSubHost;

    @UriParam(label = "advanced", defaultValue = "443")
    @Metadata(description = "Port of the Pub/Sub API; Salesforce has 443 and 7443, which some firewalls close")
    private int pubSubPort = 443;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Name of this application, sent with each request (Sforce-Call-Options: client=). Change events"
                            + " tell by it who made a change, see skipOwnChanges")
    private @Nullable String clientName;

    @UriParam(label = "security")
    @Metadata(
            description =
                    "Whether writes go to sandboxes and scratch orgs only. The org is asked once, before the first"
                            + " write; in production the write fails with SandboxRequiredException, and nothing was sent")
    private boolean requireSandbox;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Folder in which each HTTP call and its answer are written down, without secrets, for a support"
                            + " request; the emulator plays them again. The files contain the records that were sent and"
                            + " read. Off by default")
    private @Nullable String recordTo;

    public @Nullable Vertx getVertx() {
        return vertx;
    }

    public void setVertx(Vertx vertx) {
        this.vertx = vertx;
    }

    public @Nullable WebClientOptions getWebClientOptions() {
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

    public long getMaxAnswerBytes() {
        return maxAnswerBytes;
    }

    public void setMaxAnswerBytes(long maxAnswerBytes) {
        this.maxAnswerBytes = maxAnswerBytes;
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

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public @Nullable String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public int getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(int proxyPort) {
        this.proxyPort = proxyPort;
    }

    public ProxyType getProxyType() {
        return proxyType;
    }

    public void setProxyType(ProxyType proxyType) {
        this.proxyType = proxyType;
    }

    public @Nullable String getProxyUsername() {
        return proxyUsername;
    }

    public void setProxyUsername(String proxyUsername) {
        this.proxyUsername = proxyUsername;
    }

    public @Nullable String getProxyPassword() {
        return proxyPassword;
    }

    public void setProxyPassword(String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    public boolean isCompressRequests() {
        return compressRequests;
    }

    public void setCompressRequests(boolean compressRequests) {
        this.compressRequests = compressRequests;
    }

    public int getApiBudget() {
        return apiBudget;
    }

    public void setApiBudget(int apiBudget) {
        this.apiBudget = apiBudget;
    }

    public @Nullable String getPubSubHost() {
        return pubSubHost;
    }

    public void setPubSubHost(String pubSubHost) {
        this.pubSubHost = pubSubHost;
    }

    public int getPubSubPort() {
        return pubSubPort;
    }

    public void setPubSubPort(int pubSubPort) {
        this.pubSubPort = pubSubPort;
    }

    public @Nullable String getClientName() {
        return clientName;
    }

    public void setClientName(String clientName) {
        this.clientName = clientName;
    }

    public boolean isRequireSandbox() {
        return requireSandbox;
    }

    public void setRequireSandbox(boolean requireSandbox) {
        this.requireSandbox = requireSandbox;
    }

    public @Nullable String getRecordTo() {
        return recordTo;
    }

    public void setRecordTo(String recordTo) {
        this.recordTo = recordTo;
    }
}
