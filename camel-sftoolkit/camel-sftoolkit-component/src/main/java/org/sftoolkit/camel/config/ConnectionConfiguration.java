package org.sftoolkit.camel.config;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Options of the connection to an org: patience, budget, and by what it is known there. */
@UriParams
public abstract class ConnectionConfiguration extends TransportConfiguration {

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

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Percentage of the org's API calls in 24 hours at which calls fail with LimitExceededException, 1"
                            + " to 100; 0 turns it off. One call a minute is still sent, to see whether calls are"
                            + " possible again")
    private int apiBudget;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Host of the Pub/Sub API, for subscribe and publish. api.pubsub.salesforce.com by default, and the"
                            + " org's own host if that is none of Salesforce's, such as the emulator's;"
                            + " http://host:port for one without TLS")
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
                            + " write; in production the write fails with SandboxRequiredException, and nothing"
                            + " was sent")
    private boolean requireSandbox;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Folder in which each HTTP call and its answer are written down, without secrets, for a support"
                            + " request; the emulator plays them again. The files contain the records that were sent"
                            + " and read. Off by default")
    private @Nullable String recordTo;

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
