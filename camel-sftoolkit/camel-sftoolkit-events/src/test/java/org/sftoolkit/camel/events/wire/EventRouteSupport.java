package org.sftoolkit.camel.events.wire;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.SfToolkitConfiguration;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.events.EventSettings;

/** An org with a bus, and Camel contexts whose component is connected to it; fails when an event loop blocks. */
abstract class EventRouteSupport {

    static final String ORDERS = "/event/Order_Placed__e";

    @RegisterExtension
    final BlockedEventLoops blocked = new BlockedEventLoops();

    SalesforceEmulator emulator;
    private Vertx vertx;
    private final List<CamelContext> contexts = new ArrayList<>();

    /** Settings of the org. */
    EmulatorBuilder org(EmulatorBuilder settings) {
        return settings;
    }

    EventSettings events(EventSettings settings) {
        return settings.withKeepAlive(Duration.ofSeconds(1));
    }

    @BeforeEach
    void open() {
        emulator = org(SalesforceEmulator.builder().events(events(EventSettings.standard())))
                .start();
        vertx = Vertx.vertx(new VertxOptions()
                .setBlockedThreadCheckInterval(100)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(2000));
    }

    @AfterEach
    void close() throws Exception {
        for (CamelContext context : contexts) {
            context.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        emulator.close();
    }

    /** A context that is not started yet. */
    CamelContext camel() {
        return camel(emulator);
    }

    CamelContext camel(SalesforceEmulator org) {
        var context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(20);
        var component = new SfToolkitComponent();
        SfToolkitConfiguration options = component.getConfiguration();
        options.setVertx(vertx);
        options.setLoginUrl(org.url());
        options.setClientId("emulator-client");
        options.setClientSecret("emulator-secret");
        options.setRetryDelay(10);
        context.addComponent("sftoolkit", component);
        contexts.add(context);
        return context;
    }

    /** Routes that follow channels into a list; started, and open at the bus. */
    List<Exchange> follow(CamelContext context, String uri, Processing... steps) throws Exception {
        List<Exchange> seen = new CopyOnWriteArrayList<>();
        int before = emulator.events().subscriptions().size();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("follow").process(exchange -> {
                    for (Processing step : steps) {
                        step.process(exchange);
                    }
                    seen.add(exchange.copy());
                });
            }
        });
        context.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> emulator.events().subscriptions().size() > before);
        return seen;
    }

    /** A step of a route. */
    interface Processing {
        void process(Exchange exchange) throws Exception;
    }

    static void arrive(List<Exchange> seen, int number) {
        await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() >= number);
    }

    static List<Object> values(List<Exchange> seen, String field) {
        return seen.stream()
                .map(exchange -> exchange.getMessage().getBody(Map.class).get(field))
                .toList();
    }

    void order(String number) {
        emulator.events().publish("Order_Placed__e", Map.of("Order_Number__c", number, "Amount__c", 12.5));
    }
}
