package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.MisbehavingProxy.Stall;

/** Polls meet a server that stands still at every place of an answer: they fail, and deliver once it is well again. */
class PollStallIT extends WireTestSupport {

    private final Map<Stall, Queue<Throwable>> failures = new ConcurrentHashMap<>();
    private final Map<Stall, Queue<String>> received = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"query", "bulkQuery"})
    void aPollThatStallsFailsAndTheNextDelivers(String operation) throws Exception {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        var proxies = new ConcurrentHashMap<Stall, MisbehavingProxy>();
        try {
            for (Stall stall : Stall.values()) {
                var proxy = new MisbehavingProxy(emulator.url());
                proxies.put(stall, proxy);
                proxy.misbehave(line -> line.contains("/services/data/"), stall);
                poll(operation, stall, proxy.url());
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(failures).containsKeys(Stall.values()));
            failures.values().forEach(told -> assertThat(told).allMatch(WireTestSupport::ofTheFamily));
            proxies.values().forEach(MisbehavingProxy::behave);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(received).containsKeys(Stall.values());
                received.values().forEach(ids -> assertThat(ids).contains(id));
            });
        } finally {
            for (MisbehavingProxy proxy : proxies.values()) {
                proxy.close();
            }
        }
    }

    private void poll(String operation, Stall stall, String url) throws Exception {
        String uri =
                "sftoolkit:" + operation + ":Account?initialWatermark=BEGINNING&settleDelay=0&delay=50&initialDelay=0"
                        + "&bridgeErrorHandler=true&watermarkKey=" + stall + "&loginUrl=" + url + "&instanceUrl=" + url;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(exchange -> failures.computeIfAbsent(
                                stall, any -> new ConcurrentLinkedQueue<>())
                        .add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from(uri).routeId(operation + stall).process(exchange -> received.computeIfAbsent(
                                stall, any -> new ConcurrentLinkedQueue<>())
                        .add(exchange.getMessage().getHeader(SfToolkitConstants.ID, "", String.class)));
            }
        });
    }
}
