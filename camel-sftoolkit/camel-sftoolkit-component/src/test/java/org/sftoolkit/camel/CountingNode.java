package org.sftoolkit.camel;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Polls all accounts of an org in a process of its own, and prints how many it was given. */
final class CountingNode {

    private CountingNode() {}

    /** Arguments: the org's address, the watermark file, the options of the consumer. */
    public static void main(String[] arguments) throws Exception {
        var count = new AtomicInteger();
        var main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                var component = new SfToolkitComponent();
                component.getConfiguration().setLoginUrl(arguments[0]);
                component.getConfiguration().setClientId("emulator-client");
                component.getConfiguration().setClientSecret("emulator-secret");
                getContext().addComponent("sftoolkit", component);
                from("sftoolkit:query:Account?fields=Name&initialDelay=0&delay=100&settleDelay=1000&watermarkFile="
                                + arguments[1] + arguments[2])
                        .process(exchange -> {
                            int now = count.incrementAndGet();
                            boolean follows = "later"
                                    .equals(exchange.getMessage()
                                            .getBody(java.util.Map.class)
                                            .get("Name"));
                            if (now % 1_000 == 0 || follows) {
                                System.out.println((follows ? "later " : "count ") + now);
                            }
                        });
            }
        });
        main.run();
    }
}
