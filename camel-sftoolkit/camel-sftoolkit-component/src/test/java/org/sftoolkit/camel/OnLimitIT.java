package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.emulator.fault.Fault;

/** At the limit of calls in 24 hours. How a park goes on is shown on a driven clock, by ParkTest. */
class OnLimitIT extends SaveTestSupport {

    private void limitIsReached() {
        emulator.faults().always(when("POST sobjects/{object}"), Fault.limitReached(Fault.Limit.DAILY));
    }

    private long inserts() {
        return emulator.requests().list().stream()
                .filter(request -> request.path().endsWith("/sobjects/Account"))
                .count();
    }

    private String trouble() {
        return context.getComponent("sftoolkit", SfToolkitComponent.class)
                .connections()
                .status()
                .get(0)
                .trouble()
                .orElse("");
    }

    @Test
    void aProducerFailsUnlessItIsToldToPark() {
        limitIsReached();
        assertThat(send("sftoolkit:save:Account", account("Name", "a")).getException())
                .isInstanceOf(LimitExceededException.class);
        assertThat(trouble()).isEmpty();
    }

    @Test
    void aParkedExchangeShowsInHealthAndFailsAfterParkTimeout() throws Exception {
        limitIsReached();
        try (var log = new CapturedLog()) {
            var first = template.asyncSend(
                    "sftoolkit:save:Account?onLimit=PARK&parkTimeout=3000",
                    exchange -> exchange.getMessage().setBody(account("Name", "a")));
            Awaitility.await().untilAsserted(() -> assertThat(trouble()).contains("1 requests wait"));
            var second = template.asyncSend(
                    "sftoolkit:save:Account?onLimit=PARK&parkTimeout=3000",
                    exchange -> exchange.getMessage().setBody(account("Name", "b")));
            Exchange failed = first.get(1, TimeUnit.MINUTES);
            assertThat(failed.getException()).isInstanceOf(LimitExceededException.class);
            assertThat(second.get(1, TimeUnit.MINUTES).getException()).isInstanceOf(LimitExceededException.class);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("onLimit=PARK"))
                    .hasSize(1);
        }
        assertThat(inserts()).as("the second was not even sent").isOne();
        assertThat(emulator.org().all("Account")).isEmpty();
    }

    @Test
    void aStopEndsAPark() throws Exception {
        limitIsReached();
        yaml(
                """
                - route:
                    id: parks
                    from:
                      uri: direct:parks
                      steps:
                        - to: sftoolkit:save:Account?onLimit=PARK
                """);
        var sent = template.asyncSend(
                "direct:parks", exchange -> exchange.getMessage().setBody(account("Name", "a")));
        Awaitility.await().untilAsserted(() -> assertThat(trouble()).contains("1 requests wait"));
        context.getShutdownStrategy().setTimeout(1);
        context.getRouteController().stopRoute("parks");
        assertThat(sent.get(1, TimeUnit.MINUTES).getException()).hasMessageContaining("stopped");
    }
}
