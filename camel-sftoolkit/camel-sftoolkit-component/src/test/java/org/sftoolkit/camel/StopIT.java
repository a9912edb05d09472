package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultProducerTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.fault.Fault;

class StopIT {

    /** Threads of the component and its Vert.x that were not there before. */
    private static Set<Thread> ownThreads(Set<Thread> before) {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        threads.removeIf(thread ->
                !thread.getName().contains("vert.x") && !thread.getName().contains("SfToolkit"));
        return threads;
    }

    @Test
    void aHundredExchangesInFlightEndAndNothingIsLeft() throws Exception {
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().latency(Duration.ofMillis(200)).start()) {
            String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
            // some wait for their next try, most for a permit
            emulator.faults().percent(30, when("GET sobjects*"), Fault.status(503));
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            var camel = new DefaultCamelContext();
            var component = new SfToolkitComponent();
            component.getConfiguration().setLoginUrl(emulator.url());
            component.getConfiguration().setClientId("emulator-client");
            component.getConfiguration().setClientSecret("emulator-secret");
            component.getConfiguration().setMaxConcurrentRequests(10);
            component.getConfiguration().setRetryDelay(30_000);
            camel.addComponent("sftoolkit", component);
            camel.getShutdownStrategy().setTimeout(1);
            camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:fetch").to("sftoolkit:fetch:Account");
                }
            });
            camel.start();
            var template = (DefaultProducerTemplate) camel.createProducerTemplate();
            // all of them reach the component at once, rather than some a pool of the template's that Camel shuts down
            template.setThreadedAsyncMode(false);
            List<CompletableFuture<Exchange>> sent = IntStream.range(0, 100)
                    .mapToObj(i -> template.asyncSend(
                            "direct:fetch", exchange -> exchange.getMessage().setBody(id)))
                    .toList();
            Awaitility.await().until(() -> emulator.requests().count("GET sobjects*") > 10);
            camel.stop();

            int failed = 0;
            for (CompletableFuture<Exchange> exchange : sent) {
                Throwable failure = exchange.get(10, TimeUnit.SECONDS).getException();
                failed += failure == null ? 0 : 1;
                // Camel's error handler itself rejects an exchange that goes on while the context stops
                assertThat(failure == null
                                || failure instanceof SfToolkitException
                                || failure instanceof RejectedExecutionException)
                        .as("a typed failure, not %s", failure)
                        .isTrue();
            }
            assertThat(failed)
                    .as("the test stops while exchanges are in flight")
                    .isPositive();
            Awaitility.await().untilAsserted(() -> {
                assertThat(ownThreads(before)).extracting(Thread::getName).allMatch(name -> name.contains("emulator"));
                assertThat(emulator.requests().inFlight()).isZero();
            });
        }
    }
}
