package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultProducerTemplate;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.EmulatorBuilder;

class ConcurrencyIT extends RouteTestSupport {

    private static final int EXCHANGES = 300;
    /** The default of maxConnections. */
    private static final int CONNECTIONS = 100;

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.latency(Duration.ofMillis(200));
    }

    @Test
    void threeHundredExchangesAtOnceHoldNoThreads() throws Exception {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        body("sftoolkit:fetch:Account?fields=Id", id, Map.class);
        int idle = ManagementFactory.getThreadMXBean().getThreadCount();
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
        ((DefaultProducerTemplate) template).setThreadedAsyncMode(false);
        // a busy machine may answer the first requests of a burst before it has sent the last: another burst then
        await().atMost(Duration.ofMinutes(1)).until(() -> burst(id), peak -> peak == CONNECTIONS);
        assertThat(ManagementFactory.getThreadMXBean().getPeakThreadCount() - idle)
                .as("threads above idle")
                .isLessThanOrEqualTo(30);
    }

    /** Sends all exchanges at once; gives how many of their requests the org saw at a time. */
    private int burst(String id) throws Exception {
        emulator.requests().reset();
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++) {
            sent.add(template.asyncSend("sftoolkit:fetch:Account?fields=Id", exchange -> exchange.getMessage()
                    .setBody(id)));
        }
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(30, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(emulator.requests().count()).isEqualTo(EXCHANGES);
        assertThat(emulator.requests().peakInFlight()).isLessThanOrEqualTo(CONNECTIONS);
        return emulator.requests().peakInFlight();
    }
}
