package org.sftoolkit.benchmarks.client;

import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.PubSubApiConsumer;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.model.SObject;

/** A route that follows the changes of Accounts from the oldest on, and looks at each. */
final class Follower implements AutoCloseable {

    private static final String CHANNEL = "/data/AccountChangeEvent";

    private final CamelContext context = new DefaultCamelContext();
    private final Semaphore came = new Semaphore(0);

    static Follower of(Settings settings) throws Exception {
        var follower = new Follower();
        if (settings.driver().equals("camel-salesforce")) {
            follower.camelSalesforce(settings);
        } else {
            follower.toolkit(settings);
        }
        return follower;
    }

    private void toolkit(Settings settings) throws Exception {
        var component = new SfToolkitComponent();
        component.getConfiguration().setLoginUrl(settings.url());
        component.getConfiguration().setClientId("benchmark");
        component.getConfiguration().setClientSecret("benchmark");
        context.addComponent("sftoolkit", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sftoolkit:subscribe:" + CHANNEL + "?replayPreset=EARLIEST")
                        .process(exchange -> {
                            if (exchange.getMessage().getBody(SObject.class).get("Name") == null) {
                                throw new IllegalStateException("no change");
                            }
                            came.release();
                        });
            }
        });
        context.start();
    }

    /** In its mode that gives plain data: JSON. */
    private void camelSalesforce(Settings settings) throws Exception {
        var component = new SalesforceComponent();
        component.setAuthenticationType(AuthenticationType.USERNAME_PASSWORD);
        component.setLoginUrl(settings.url());
        component.setClientId("benchmark");
        component.setClientSecret("benchmark");
        component.setUserName("benchmark@example.com");
        component.setPassword("benchmark");
        component.setPubSubHost("127.0.0.1");
        component.setPubSubPort(settings.port());
        context.addComponent("salesforce", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("salesforce:pubSubSubscribe:" + CHANNEL + "?replayPreset=EARLIEST&pubSubDeserializeType=JSON")
                        .routeId("follow")
                        .autoStartup(false)
                        .process(exchange -> {
                            if (!exchange.getMessage().getBody(String.class).contains("\"Name\"")) {
                                throw new IllegalStateException("no change");
                            }
                            came.release();
                        });
            }
        });
        context.start();
        // the bus speaks without TLS, as it does for the other client
        ((PubSubApiConsumer) context.getRoute("follow").getConsumer()).setUsePlainTextConnection(true);
        context.getRouteController().startRoute("follow");
    }

    /** Waits for so many more events. */
    Work follow(int count) {
        return () -> {
            came.acquire(count);
            return count;
        };
    }

    @Override
    public void close() {
        context.stop();
    }
}
