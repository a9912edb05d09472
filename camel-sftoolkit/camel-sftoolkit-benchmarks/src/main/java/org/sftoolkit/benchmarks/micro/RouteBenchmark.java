package org.sftoolkit.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An exchange through a route that does nothing: Camel's own share. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouteBenchmark {

    private final CamelContext context = new DefaultCamelContext();
    private ProducerTemplate template;

    @Setup
    public void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:empty").process(exchange -> {});
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @Benchmark
    public Exchange empty() {
        return template.request(
                "direct:empty", exchange -> exchange.getMessage().setBody("001"));
    }

    @TearDown
    public void stop() {
        context.stop();
    }
}
