package org.sftoolkit.camel;

import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.ConnectionConfiguration;
import org.sftoolkit.camel.config.ContinueOn;
import org.sftoolkit.camel.config.EventConfiguration;
import org.sftoolkit.camel.config.OnLimit;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.ProgressListener;
import org.sftoolkit.camel.transport.Concurrency;

/**
 * All options of the component and its endpoints, each declared once. This bean is for Camel's configurers; the rest
 * of the component uses immutable records created from it.
 */
@UriParams
@Configurer
public class SfToolkitConfiguration extends EventConfiguration implements Cloneable {

    @UriParam(label = "common,security")
    @Metadata(
            description =
                    "Name of a bean of type SfToolkitConnection in the registry, which defines the org and the login."
                            + " Do not set other options of login and connection together with it")
    private @Nullable String connection;

    @UriParam(label = "advanced", defaultValue = "POOL")
    @Metadata(
            description =
                    "Where the route continues after an answer: in a thread pool of Camel (sized by the thread pool"
                            + " profile sftoolkit), on Vert.x's worker threads, or on the event loop, only for routes"
                            + " that never block")
    private ContinueOn continueOn = ContinueOn.POOL;

    @UriParam(label = "advanced")
    @Metadata(description = "Whether exchanges are handled in order on the calling thread, which waits for Salesforce")
    private boolean synchronous;

    @UriParam(label = "producer", defaultValue = "5")
    @Metadata(
            description =
                    "Maximum number of requests that one exchange has in flight; 1 sends one after the other; adaptive"
                            + " finds the best number itself: more while answers are fast, fewer when Salesforce slows"
                            + " down or reports too many requests")
    private String concurrency = "5";

    @UriParam(label = "producer,advanced")
    @Metadata(
            description =
                    "Bean that is told the progress of an exchange: after each request, batch, page and job step of"
                            + " any operation. Camel's event notifiers are told without it")
    private @Nullable ProgressListener progressListener;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "What becomes of work that meets the org's limit of calls in 24 hours, or apiBudget: it fails with"
                            + " LimitExceededException (FAIL, the default of producers), or waits without a thread,"
                            + " asks once a minute at most, and goes on where it stood (PARK, the default of"
                            + " consumers)")
    private @Nullable OnLimit onLimit;

    @UriParam(label = "advanced", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "How long work waits at most with onLimit=PARK, in milliseconds; then it fails as with FAIL. 0, the"
                            + " default, for as long as it takes")
    private long parkTimeout;

    @UriParam(label = "producer,advanced", defaultValue = "10000", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "How often, in milliseconds, an exchange that lasts longer than this tells in the log how far it"
                            + " has come: records done, share, rate, time left. 0 for never; not written if a"
                            + " progressListener is set")
    private long progressInterval = 10_000;

    @UriParam(label = "producer", javaType = "java.lang.Integer")
    @Metadata(
            description =
                    "Maximum number of records in one request. The default is the maximum that Salesforce accepts: 200"
                            + " to write, 2,000 to read")
    private @Nullable Integer batchSize;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Names of message headers that are sent to Salesforce as request headers, separated by commas,"
                            + " such as Sforce-Auto-Assign")
    private @Nullable String requestHeaders;

    @UriParam(label = "producer")
    @Metadata(description = "Names of fields to read, separated by commas. By default all fields that the user can see")
    private @Nullable String fields;

    @UriParam(label = "producer")
    @Metadata(
            description = "Class of the records that are returned; any class that Jackson can read. By default SObject,"
                    + " which is a map")
    private @Nullable String type;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Options that a message header may override, separated by commas; CamelSfToolkitMode overrides"
                            + " mode. By default no option can be overridden, because headers may come from outside")
    private @Nullable String allowHeaderOverride;

    /** A copy that shares no mutable state. */
    public SfToolkitConfiguration copy() {
        try {
            return (SfToolkitConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /**
     * The validated options of an exchange.
     *
     * @param sObject the endpoint's object, or null
     * @param headers that are sent with each request
     */
    CallOptions callOptions(@Nullable String sObject, Map<String, String> headers) {
        return callOptions(sObject, headers, Set.of());
    }

    /** Same as {@link #callOptions}, before a message can override options. */
    CallOptions callOptionsBefore(@Nullable String sObject) {
        return callOptions(sObject, Map.of(), Set.copyOf(OptionRules.names(allowHeaderOverride)));
    }

    private CallOptions callOptions(@Nullable String sObject, Map<String, String> headers, Set<String> overridable) {
        OptionRules.requireDuration("progressInterval", progressInterval, 0);
        OptionRules.requireDuration("parkTimeout", parkTimeout, 0);
        if (batchSize != null) {
            OptionRules.requirePositive("batchSize", batchSize);
        }
        return new CallOptions(
                sObject,
                OptionRules.names(fields),
                Concurrency.of(concurrency),
                batchSize == null ? 0 : batchSize,
                headers,
                recordOptions(),
                queryOptions(),
                fileOptions(),
                bulkOptions(),
                restOptions(),
                overridable);
    }

    /** The connection options: those of the connection bean, or else these. */
    ConnectionConfiguration effectiveConnection(CamelContext camel) {
        if (connection == null) {
            return this;
        }
        var bean = camel.getRegistry().lookupByNameAndType(connection, SfToolkitConnection.class);
        if (bean == null) {
            throw new IllegalArgumentException("connection=" + connection
                    + ": there is no SfToolkitConnection of this name in the registry. Available: "
                    + camel.getRegistry()
                            .findByTypeWithName(SfToolkitConnection.class)
                            .keySet());
        }
        return bean;
    }

    public @Nullable String getConnection() {
        return connection;
    }

    public void setConnection(String connection) {
        this.connection = connection;
    }

    public ContinueOn getContinueOn() {
        return continueOn;
    }

    public void setContinueOn(ContinueOn continueOn) {
        this.continueOn = continueOn;
    }

    public boolean isSynchronous() {
        return synchronous;
    }

    public void setSynchronous(boolean synchronous) {
        this.synchronous = synchronous;
    }

    public String getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(String concurrency) {
        this.concurrency = concurrency;
    }

    public @Nullable ProgressListener getProgressListener() {
        return progressListener;
    }

    public void setProgressListener(ProgressListener progressListener) {
        this.progressListener = progressListener;
    }

    public @Nullable OnLimit getOnLimit() {
        return onLimit;
    }

    public void setOnLimit(OnLimit onLimit) {
        this.onLimit = onLimit;
    }

    public long getParkTimeout() {
        return parkTimeout;
    }

    public void setParkTimeout(long parkTimeout) {
        this.parkTimeout = parkTimeout;
    }

    public long getProgressInterval() {
        return progressInterval;
    }

    public void setProgressInterval(long progressInterval) {
        this.progressInterval = progressInterval;
    }

    public @Nullable Integer getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(Integer batchSize) {
        this.batchSize = batchSize;
    }

    public @Nullable String getRequestHeaders() {
        return requestHeaders;
    }

    public void setRequestHeaders(String requestHeaders) {
        this.requestHeaders = requestHeaders;
    }

    public @Nullable String getFields() {
        return fields;
    }

    public void setFields(String fields) {
        this.fields = fields;
    }

    public @Nullable String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    public @Nullable String getAllowHeaderOverride() {
        return allowHeaderOverride;
    }

    public void setAllowHeaderOverride(String allowHeaderOverride) {
        this.allowHeaderOverride = allowHeaderOverride;
    }
}
