package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.junit.EmulatorExtension;

/** A CamelContext whose component is connected to an embedded org of its own; fails when an event loop blocks. */
abstract class RouteTestSupport extends CamelTestSupport {

    @RegisterExtension
    final BlockedEventLoops blocked = new BlockedEventLoops();

    @RegisterExtension
    final EmulatorExtension embedded =
            EmulatorExtension.builder().with(this::org).build();

    protected SalesforceEmulator emulator;
    private Vertx vertx;

    /** Settings of the org. */
    protected void org(EmulatorBuilder settings) {}

    /** Further options of the component. */
    protected void configure(SfToolkitConfiguration options) {}

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        emulator = embedded.emulator();
        vertx = Vertx.vertx(new VertxOptions()
                .setBlockedThreadCheckInterval(100)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(1000));
        var component = new SfToolkitComponent();
        SfToolkitConfiguration options = component.getConfiguration();
        options.setVertx(vertx);
        options.setLoginUrl(emulator.url());
        options.setClientId("emulator-client");
        options.setClientSecret("emulator-secret");
        options.setRetryDelay(10);
        configure(options);
        context.addComponent("sftoolkit", component);
        closeAfter(context);
        return context;
    }

    /** What a test leaves under way at its end is of no interest: the context waits a moment for it, not Camel's ten seconds. */
    @AfterEach
    void waitForLittleAtTheEnd() {
        if (context != null) {
            context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            context.getShutdownStrategy().setTimeout(300);
        }
    }

    // after the context, whose endpoints still need it to end well; the org outlives both
    private void closeAfter(CamelContext context) throws Exception {
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                vertx.close()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
            }
        });
    }

    /** Adds routes written in YAML. */
    protected void yaml(String routes) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.yaml", routes));
    }

    /** Sends a body to an endpoint and gives the exchange, failed or not. */
    protected Exchange send(String uri, Object body) {
        return send(uri, body, Map.of());
    }

    /** Sends a body with headers to an endpoint and gives the exchange, failed or not. */
    protected Exchange send(String uri, Object body, Map<String, Object> headers) {
        return template.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
    }

    /** As {@link #send}, for an exchange that has to succeed; gives its body. */
    protected <T> T body(String uri, Object body, Class<T> type) {
        Exchange exchange = send(uri, body);
        if (exchange.getException() != null) {
            throw new AssertionError("the exchange failed", exchange.getException());
        }
        return exchange.getMessage().getBody(type);
    }
}
