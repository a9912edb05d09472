package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** A poller behind {@code master:}, which Camel does not tell its route. */
class MasterConsumerIT extends RouteTestSupport {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    private Path locks;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("meters", meters);
        var cluster = new FileLockClusterService();
        cluster.setRoot(locks.toString());
        cluster.setAcquireLockDelay(10);
        cluster.setAcquireLockInterval(50);
        cluster.setAcquireLockIntervalUnit(TimeUnit.MILLISECONDS);
        cluster.setAcquireLockDelayUnit(TimeUnit.MILLISECONDS);
        context.addService(cluster);
        return context;
    }

    @BeforeEach
    void becomeTheMaster() throws Exception {
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        String poll = "sftoolkit:query:Account?delay=50&initialDelay=0&settleDelay=0";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:poll:" + poll).routeId("clustered").to("mock:clustered");
                from(poll).routeId("single").to("mock:single");
            }
        });
        arrive("mock:clustered");
        arrive("mock:single");
    }

    private void arrive(String end) {
        MockEndpoint mock = getMockEndpoint(end);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(mock.getReceivedCounter()).isEqualTo(1));
    }

    @Test
    void itIsMeteredByTheKeyOfItsPosition() {
        assertThat(meters.find("sftoolkit.poll.lag")
                        .tag("route", "none:query:Account")
                        .gauge())
                .isNotNull();
        assertThat(meters.find("sftoolkit.poll.lag").tag("route", "single").gauge())
                .isNotNull();
    }

    @Test
    void anotherOneOfTheSameObjectInMemoryNeedsAWatermarkKey() throws Exception {
        String other = "sftoolkit:query:Account?fields=Name&initialDelay=60000";
        try (Consumer consumer = consumer(other)) {
            assertThatThrownBy(consumer::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the consumers of a route behind master and a route behind master have the same"
                            + " watermarkKey query:Account in the same store: set another watermarkKey for one of"
                            + " them");
        }
        try (Consumer consumer = consumer(other + "&watermarkKey=names")) {
            consumer.start();
            assertThat(meters.find("sftoolkit.poll.lag")
                            .tag("route", "none:names")
                            .gauge())
                    .isNotNull();
        }
    }

    /** Camel tells it no route, as behind {@code master:}. */
    private Consumer consumer(String uri) throws Exception {
        return context.getEndpoint(uri).createConsumer(exchange -> {});
    }

    @Test
    void itsTroubleIsToldAsOfARouteBehindMaster() {
        emulator.faults().always(FaultPlan.when("GET query"), Fault.limitReached(Fault.Limit.DAILY));
        var watermarks =
                context.getComponent("sftoolkit", SfToolkitComponent.class).watermarks();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(watermarks.troubles())
                .hasSize(2)
                .anyMatch(trouble -> trouble.startsWith("route single: "))
                .anyMatch(trouble -> trouble.startsWith("a route behind master: ")));
    }

    @Test
    void controlNamesTheConsumersWhoseRoutesAreKnown() {
        assertThat(send("sftoolkit:control:other", null).getException())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("[single]");
    }
}
