package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.mock.MockEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.InvalidInputException;

/** A poller that another route reads, moves, pauses and resumes. */
class ControlIT extends RouteTestSupport {

    private static final String CONTROL = "sftoolkit:control:poller";

    private void poller() throws Exception {
        yaml(
                """
                - route:
                    id: poller
                    from:
                      uri: sftoolkit:query:Account
                      parameters: { fields: "Id,Name", delay: 50, initialDelay: 10, settleDelay: 0 }
                      steps:
                        - to: mock:polled
                """);
    }

    private Map<?, ?> control(String text) {
        return body(CONTROL, text, Map.class);
    }

    private MockEndpoint polled() {
        return getMockEndpoint("mock:polled");
    }

    private void delivered(int count) {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(polled().getReceivedCounter())
                .isEqualTo(count));
    }

    @Test
    void aRouteReadsAndSetsThePositionOfAnother() throws Exception {
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        poller();
        delivered(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(control(null).get("lagSeconds")).isNotNull());
        Map<?, ?> words = control(" ");
        assertThat(words.get("route")).isEqualTo("poller");
        assertThat(words.get("state")).isEqualTo("Started");
        assertThat(words.get("key").toString()).startsWith("query:Account");
        assertThat(control("BEGINNING").get("position").toString()).doesNotContain("2026");
        delivered(2);
        assertThat(send(CONTROL, "yesterday").getException())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("yesterday");
    }

    @Test
    void aPausedPollerReadsNothingUntilItIsResumed() throws Exception {
        poller();
        assertThat(control("PAUSE").get("state")).isEqualTo("Suspended");
        long asked = emulator.requests().list().stream()
                .filter(request -> request.path().contains("/query"))
                .count();
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        Map<?, ?> paused = control(null);
        assertThat(paused.get("state")).isEqualTo("Suspended");
        assertThat(paused.get("position")).isNotNull();
        assertThat(emulator.requests().list().stream()
                        .filter(request -> request.path().contains("/query"))
                        .count())
                .isEqualTo(asked);
        assertThat(control("RESUME").get("state")).isEqualTo("Started");
        delivered(1);
    }

    @Test
    void aRouteThatPausesItselfIsToldThatItCannot() throws Exception {
        yaml("- route: { id: self, from: { uri: 'direct:self', steps: [ { to: 'sftoolkit:control:self' } ] } }");
        assertThatThrownBy(() -> template.requestBody("direct:self", "PAUSE"))
                .hasRootCauseInstanceOf(InvalidInputException.class)
                .rootCause()
                .hasMessageContaining("wireTap");
    }

    @Test
    void aRouteWithoutAConsumerOfOursIsRefusedByName() throws Exception {
        poller();
        for (String text : new String[] {null, "PAUSE", "RESUME", "NOW"}) {
            assertThat(send("sftoolkit:control:other", text).getException())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("other")
                    .hasMessageContaining("[poller]");
        }
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:control"))
                .hasMessageContaining("sftoolkit:control:myRoute");
    }
}
