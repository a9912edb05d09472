package org.sftoolkit.camel.config;

import io.vertx.core.Vertx;
import io.vertx.core.net.ProxyType;
import io.vertx.ext.web.client.WebClientOptions;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Options of what requests go through on their way to the org: client, time-outs, TLS, proxy. */
@UriParams
public abstract class TransportConfiguration extends LoginConfiguration {

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

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Whether request bodies of 2 KB and more are compressed with gzip: less network traffic, more CPU"
                            + " use")
    private boolean compressRequests;

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

    public boolean isCompressRequests() {
        return compressRequests;
    }

    public void setCompressRequests(boolean compressRequests) {
        this.compressRequests = compressRequests;
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
}
