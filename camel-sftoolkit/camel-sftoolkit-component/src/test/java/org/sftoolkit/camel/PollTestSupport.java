package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.emulator.DrivenClock;
import org.sftoolkit.emulator.EmulatorBuilder;

abstract class PollTestSupport extends RouteTestSupport {

    static final String FAST = "&delay=20&initialDelay=0&settleDelay=0";

    final DrivenClock clock = new DrivenClock(Instant.parse("2026-03-01T12:00:00Z"));
    final List<Exchange> received = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.clock(clock).pageSize(7);
    }

    void route(String uri) throws Exception {
        route(uri, exchange -> {});
    }

    void route(String uri, org.apache.camel.Processor work) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("poll").process(work).process(exchange -> received.add(exchange.copy()));
            }
        });
    }

    SfToolkitComponent component() {
        return context.getComponent("sftoolkit", SfToolkitComponent.class);
    }

    String account(String name) {
        return emulator.org().insert("Account", Map.of("Name", name));
    }

    void awaitNames(int number) {
        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() >= number);
        assertThat(received).hasSize(number);
    }

    void nothingMoreComes() {
        int before = received.size();
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> received.size() == before);
    }

    List<String> names() {
        return new ArrayList<>(received.stream().map(PollTestSupport::name).toList());
    }

    static String name(Exchange exchange) {
        return (String) exchange.getMessage().getBody(Map.class).get("Name");
    }

    static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }
}
