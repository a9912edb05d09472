package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.SynchronousDelegateProducer;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationName;
import org.sftoolkit.camel.transport.AdaptiveLimit;
import org.sftoolkit.camel.transport.Concurrency;

/** Fetch, save and delete Salesforce records without blocking a thread. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "sftoolkit",
        title = "Salesforce Toolkit",
        syntax = "sftoolkit:operation:sObject",
        category = {Category.CLOUD, Category.SAAS},
        producerOnly = true,
        headersClass = SfToolkitConstants.class)
@ManagedResource(description = "Managed sftoolkit endpoint")
public class SfToolkitEndpoint extends DefaultEndpoint implements AsyncEndpoint {

    private static final int LOGIN_MINUTES = 5;

    @UriPath
    @Metadata(required = true, description = "What to do")
    private OperationName operation;

    @UriPath
    @Metadata(description = "API name of the object, such as Account; optional where records name it themselves")
    private String sObject;

    @UriParam
    private SfToolkitConfiguration configuration;

    private ConnectionSettings settings;
    // kept when the endpoint stops: exchanges that are still under way end with it
    private volatile SalesforceConnection connection;
    private boolean connected;
    private AdaptiveLimit adaptiveLimit;

    /** Made by the component. */
    public SfToolkitEndpoint(String uri, SfToolkitComponent component, SfToolkitConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    /** Refuses at once what could never work. */
    void check() {
        settings = configuration.effectiveConnection(getCamelContext()).connectionSettings(getCamelContext());
        CallOptions options = configuration.callOptions(sObject, java.util.Map.of());
        operation.create().check(options);
        adaptiveLimit = options.concurrency() == Concurrency.ADAPTIVE ? new AdaptiveLimit(System::nanoTime) : null;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (settings == null) {
            check();
        }
        connection = getComponent().connections().acquire(settings);
        connected = true;
        if (!settings.login().lazy()) {
            logIn();
        }
    }

    /** Waits: an endpoint starts on no thread of a route's. */
    private void logIn() throws Exception {
        try {
            connection.logIn().toCompletionStage().toCompletableFuture().get(LOGIN_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            doStop();
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (connected) {
            connected = false;
            getComponent()
                    .connections()
                    .release(settings)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        }
        super.doStop();
    }

    @Override
    public Producer createProducer() {
        var producer = producer(operation.create());
        return configuration.isSynchronous() ? new SynchronousDelegateProducer(producer) : producer;
    }

    private <I> SfToolkitProducer<I> producer(Operation<I> work) {
        return new SfToolkitProducer<>(this, work, new CallReader(this), new OutcomeWriter(this));
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException(
                "sftoolkit:" + operation + " cannot stand in 'from': it works on what is sent to it");
    }

    @Override
    public SfToolkitComponent getComponent() {
        return (SfToolkitComponent) super.getComponent();
    }

    SalesforceConnection connection() {
        return connection;
    }

    /** What finds out how many requests at a time serve best; null where {@code concurrency} is a number. */
    AdaptiveLimit adaptiveLimit() {
        return adaptiveLimit;
    }

    /** Requests that an exchange may have under way now: what {@code concurrency=adaptive} has found, else its number. */
    @ManagedAttribute(description = "Requests that an exchange may have under way now")
    public int getCurrentConcurrency() {
        return adaptiveLimit != null
                ? adaptiveLimit.now()
                : configuration
                        .callOptions(sObject, java.util.Map.of())
                        .concurrency()
                        .now();
    }

    /** Where the route goes on after an answer. */
    Continuation continuation() {
        return Continuation.of(configuration.getContinueOn(), getComponent(), vertx());
    }

    Vertx vertx() {
        return settings.vertx() != null ? settings.vertx() : getComponent().sharedVertx();
    }

    /** The operation, for management. */
    @ManagedAttribute(description = "Operation")
    public String getOperationName() {
        return operation.name();
    }

    /** Requests of the endpoint's connection that are on their way. */
    @ManagedAttribute(description = "Requests of the connection that are on their way")
    public int getRequestsInFlight() {
        return connection == null ? 0 : connection.status().inFlight();
    }

    /** Requests of the endpoint's connection that wait for their turn. */
    @ManagedAttribute(description = "Requests of the connection that wait for their turn")
    public int getRequestsQueued() {
        return connection == null ? 0 : connection.status().queued();
    }

    public OperationName getOperation() {
        return operation;
    }

    public void setOperation(OperationName operation) {
        this.operation = operation;
    }

    @ManagedAttribute(description = "Object")
    public String getSObject() {
        return sObject;
    }

    public void setSObject(String sObject) {
        this.sObject = sObject;
    }

    public SfToolkitConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(SfToolkitConfiguration configuration) {
        this.configuration = configuration;
    }
}
