package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.SynchronousDelegateProducer;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.connection.ConnectionStatus;
import org.sftoolkit.camel.connection.MeteringLookup;
import org.sftoolkit.camel.connection.SalesforceConnection;
import org.sftoolkit.camel.events.Subscription;
import org.sftoolkit.camel.transport.AdaptiveLimit;
import org.sftoolkit.camel.transport.CallTerms;

/** Fetch, save and delete Salesforce records without blocking a thread. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "sftoolkit",
        title = "Salesforce Toolkit",
        syntax = "sftoolkit:operation:sObject",
        category = {Category.CLOUD, Category.SAAS},
        headersClass = SfToolkitConstants.class)
@ManagedResource(description = "Managed sftoolkit endpoint")
public class SfToolkitEndpoint extends ScheduledPollEndpoint implements AsyncEndpoint {

    private static final String NOT_STARTED = "the endpoint has not been started";

    @UriPath
    @Metadata(required = true, description = "Operation to run")
    private @Nullable OperationName operation;

    @UriPath
    @Metadata(description = "API name of the object, such as Account; optional if the records contain it")
    private @Nullable String sObject;

    @UriParam
    private SfToolkitConfiguration configuration;

    private @Nullable HeldConnection held;
    private @Nullable OptionCheck optionCheck;
    private @Nullable AdaptiveLimit adaptiveLimit;
    private @Nullable WatermarkControl watermarkControl;
    private volatile @Nullable Subscription subscription;
    private Runnable endOfMetering = () -> {};

    /** Created by the component. */
    public SfToolkitEndpoint(String uri, SfToolkitComponent component, SfToolkitConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    /** Refuses invalid options at once. */
    void check() {
        EndpointOptions options = options();
        options.requireValid();
        held = new HeldConnection(getComponent().connections(), options.connection(), options.apiBudget());
        adaptiveLimit = options.isAdaptive() ? new AdaptiveLimit(System::nanoTime) : null;
    }

    EndpointOptions options() {
        return new EndpointOptions(getCamelContext(), operation(), sObject, configuration, optionCheck());
    }

    /** The options that were set on this endpoint, by its URI or, if a bean made it, on its configuration. */
    OptionCheck optionCheck() {
        if (optionCheck == null) {
            optionCheck =
                    OptionCheck.of(operation(), configuration, getComponent().getConfiguration());
        }
        return optionCheck;
    }

    /** @param options names of the options in its URI */
    void setOptionCheck(OptionCheck options) {
        optionCheck = options;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (held == null) {
            check();
        }
        try {
            held().acquire();
        } catch (Exception e) {
            doStop(); // only started endpoints have a connection
            throw e;
        }
        if (adaptiveLimit != null) {
            String name = sObject == null ? getOperationName() : getOperationName() + ':' + sObject;
            endOfMetering = MeteringLookup.in(getCamelContext()).concurrency(name, adaptiveLimit::now);
        }
    }

    @Override
    protected void doStop() throws Exception {
        endOfMetering.run();
        endOfMetering = () -> {};
        if (held != null) {
            held.release();
        }
        super.doStop();
    }

    @Override
    public Producer createProducer() {
        options().requireProducer();
        var producer = SfToolkitProducer.of(this);
        return configuration.isSynchronous() ? new SynchronousDelegateProducer(producer) : producer;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        EndpointOptions options = options();
        options.requireConsumer();
        if (operation == OperationName.subscribe) {
            return new SfToolkitEventConsumer(this, processor, options.events(), options.wire());
        }
        ScheduledPollConsumer consumer = operation == OperationName.jobs
                ? new SfToolkitJobsConsumer(this, processor)
                : new SfToolkitConsumer(this, processor, PollSettings.of(configuration), options.polledQuery());
        configureConsumer(consumer);
        return consumer;
    }

    void setWatermarkControl(WatermarkControl control) {
        watermarkControl = control;
    }

    /** Position of the endpoint's consumer; null without a position. */
    @ManagedAttribute(description = "Position of the consumer as it is stored")
    public @Nullable String getWatermarkPosition() {
        return watermarkControl == null ? null : watermarkControl.position();
    }

    /** Key of the position in its store; null without a consumer. */
    @ManagedAttribute(description = "Key of the consumer's position in its store")
    public @Nullable String getWatermarkStoreKey() {
        return watermarkControl == null ? null : watermarkControl.key();
    }

    /** Sets the position from which the next poll continues. */
    @ManagedOperation(
            description = "Sets the consumer's position: BEGINNING, NOW, an instant, or a position as it is stored")
    public void moveWatermark(String position) {
        WatermarkControl.require(watermarkControl).set(position);
    }

    /** Moves the position back by this number of minutes. */
    @ManagedOperation(
            description = "Moves the consumer's position back by minutes: what was delivered since comes again")
    public void rewindWatermark(int minutes) {
        WatermarkControl.require(watermarkControl).rewind(java.time.Duration.ofMinutes(minutes));
    }

    void setSubscription(Subscription running) {
        subscription = running;
    }

    /** The channels of the endpoint's consumer, each with state, position and lag; empty if it has no subscription. */
    @ManagedAttribute(description = "Channels of the event subscription: state, position and lag")
    public List<String> getChannelStates() {
        return subscription == null ? List.of() : Subscriptions.texts(subscription);
    }

    /** Sets the position of a channel: what came and has not been delivered is dropped. */
    @ManagedOperation(description = "Sets the position of a channel: EARLIEST, LATEST, or a replay id in Base64")
    public void moveChannel(String channel, String position) {
        if (subscription == null) {
            throw new IllegalStateException("no subscription of this endpoint has been started");
        }
        subscription.set(channel, position.strip());
    }

    @Override
    public SfToolkitComponent getComponent() {
        return (SfToolkitComponent) super.getComponent();
    }

    /** Follows what a producer or a consumer does. */
    WorkTracker workTracker() {
        String name = "sftoolkit:" + operation + (sObject == null ? "" : ':' + sObject);
        return new WorkTracker(name, getComponent().workBoard(), configuration, vertx(), () -> connection()
                .log());
    }

    /** The connection of an endpoint that was started, also after its stop: exchanges in progress need it. */
    SalesforceConnection connection() {
        return Objects.requireNonNull(held().connection(), NOT_STARTED);
    }

    private HeldConnection held() {
        return Objects.requireNonNull(held, NOT_STARTED);
    }

    /** What its connection is at; empty before the first start. */
    private Optional<ConnectionStatus> status() {
        return Optional.ofNullable(held).map(HeldConnection::connection).map(SalesforceConnection::status);
    }

    /** What holds for the calls of a route. */
    CallTerms terms(boolean parks, @Nullable String route) {
        return new CallTerms(
                held().apiBudget(), parks, MeteringLookup.in(getCamelContext()).calls(route, getOperationName()));
    }

    /** The adaptive limit of concurrent requests; null if {@code concurrency} is a number. */
    @Nullable
    AdaptiveLimit adaptiveLimit() {
        return adaptiveLimit;
    }

    /**
     * Current limit of concurrent requests of an exchange: the result of {@code concurrency=adaptive}, or the number.
     */
    @ManagedAttribute(description = "Requests that an exchange may have under way now")
    public int getCurrentConcurrency() {
        return adaptiveLimit != null
                ? adaptiveLimit.now()
                : configuration.callOptions(sObject, Map.of()).concurrency().now();
    }

    /** Where the route continues after a response. */
    Continuation continuation() {
        return Continuation.of(configuration.getContinueOn(), getComponent(), vertx());
    }

    Vertx vertx() {
        return held().vertx(getComponent()::sharedVertx);
    }

    /** The operation, for management. */
    @ManagedAttribute(description = "Operation")
    public String getOperationName() {
        return operation().name();
    }

    /** Requests in flight of the endpoint's connection. */
    @ManagedAttribute(description = "Requests of the connection that are on their way")
    public int getRequestsInFlight() {
        return status().map(ConnectionStatus::inFlight).orElse(0);
    }

    /** Requests of the endpoint's connection that wait for a permit. */
    @ManagedAttribute(description = "Requests of the connection that wait for their turn")
    public int getRequestsQueued() {
        return status().map(ConnectionStatus::queued).orElse(0);
    }

    /** The operation, for those who know that it is set. */
    OperationName operation() {
        if (operation == null) {
            throw new IllegalArgumentException("the endpoint has no operation: set it before the endpoint starts");
        }
        return operation;
    }

    public @Nullable OperationName getOperation() {
        return operation;
    }

    public void setOperation(OperationName operation) {
        this.operation = operation;
    }

    @ManagedAttribute(description = "Object")
    public @Nullable String getSObject() {
        return sObject;
    }

    public void setSObject(@Nullable String sObject) {
        this.sObject = sObject;
    }

    public SfToolkitConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(SfToolkitConfiguration configuration) {
        this.configuration = configuration;
    }
}
