package org.sftoolkit.camel;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A process of its own that reads all rows of an org through a route, and prints how many there were. */
final class StreamReader {

    private StreamReader() {}

    public static void main(String[] args) throws Exception {
        var count = new AtomicLong();
        try (var context = new DefaultCamelContext()) {
            var component = new SfToolkitComponent();
            component.getConfiguration().setInstanceUrl(args[0]);
            component.getConfiguration().setAccessToken("token");
            context.addComponent("sftoolkit", component);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .to("sftoolkit:query:Account?outputType=STREAM&fields=Id,Name")
                            .split(body())
                            .streaming()
                            .stopOnException()
                            .process(row -> count.addAndGet(
                                    row.getMessage().getBody(Map.class).isEmpty() ? 0 : 1));
                }
            });
            context.start();
            context.createProducerTemplate().requestBody("direct:in", (Object) null);
        }
        System.out.println("rows=" + count);
        System.exit(0);
    }
}
