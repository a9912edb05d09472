package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.InvalidInputException;

/** A subscription that another route reads, moves, pauses and resumes. */
class ControlIT extends EventRouteSupport {

    private static final String CHANGES = "/data/AccountChangeEvent";

    private ProducerTemplate template;

    private List<Exchange> followed(String channels) throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = follow(context, "sftoolkit:subscribe:" + channels + "?replayPreset=EARLIEST");
        template = context.createProducerTemplate();
        return seen;
    }

    @AfterEach
    void closeTemplate() throws Exception {
        if (template != null) {
            template.close();
        }
    }

    private Map<?, ?> control(String text) {
        return template.requestBody("sftoolkit:control:follow", text, Map.class);
    }

    private Map<?, ?> channel(String name) {
        List<?> channels = (List<?>) control(null).get("channels");
        return channels.stream()
                .map(channel -> (Map<?, ?>) channel)
                .filter(channel -> name.equals(channel.get("channel")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRouteReadsThePositionOfASubscription() throws Exception {
        List<Exchange> seen = followed("Order_Placed__e");
        order("O-1");
        order("O-2");
        arrive(seen, 2);
        Object last = seen.get(1).getMessage().getHeader("CamelSfToolkitReplayId");
        await().untilAsserted(() -> assertThat(channel(ORDERS).get("replayId")).hasToString(last.toString()));
        Map<?, ?> words = control(" ");
        assertThat(words.get("route")).isEqualTo("follow");
        assertThat(words.get("state")).isEqualTo("Started");
        assertThat(channel(ORDERS).get("lagSeconds")).isNotNull();
    }

    @Test
    void eventsComeAgainFromThePositionThatIsSet() throws Exception {
        List<Exchange> seen = followed("Order_Placed__e");
        order("O-1");
        order("O-2");
        order("O-3");
        arrive(seen, 3);
        control("EARLIEST");
        arrive(seen, 6);
        String first = seen.get(0).getMessage().getHeader("CamelSfToolkitReplayId", String.class);
        control(first);
        arrive(seen, 8);
        assertThat(values(seen, "Order_Number__c"))
                .containsExactly("O-1", "O-2", "O-3", "O-1", "O-2", "O-3", "O-2", "O-3");
        order("O-4");
        arrive(seen, 9);
        assertThat(values(seen, "Order_Number__c")).last().isEqualTo("O-4");
    }

    @Test
    void oneChannelOfSeveralIsSetByItsName() throws Exception {
        List<Exchange> seen = followed("Account,Order_Placed__e");
        order("O-1");
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        arrive(seen, 2);
        control(ORDERS + " EARLIEST");
        arrive(seen, 3);
        order("O-2");
        arrive(seen, 4);
        assertThat(seen)
                .extracting(it -> it.getMessage().getHeader("CamelSfToolkitChannel"))
                .filteredOn(CHANGES::equals)
                .as("the other channel stays")
                .hasSize(1);
        assertThatThrownBy(() -> control("/event/Unknown__e EARLIEST"))
                .cause()
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("/event/Unknown__e")
                .hasMessageContaining(ORDERS);
        assertThatThrownBy(() -> control("yesterday"))
                .cause()
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("yesterday");
    }

    @Test
    void aPausedSubscriptionDeliversNothingUntilItIsResumed() throws Exception {
        List<Exchange> seen = followed("Order_Placed__e");
        order("O-1");
        arrive(seen, 1);
        assertThat(control("PAUSE").get("state")).isEqualTo("Suspended");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> emulator.events().subscriptions().isEmpty());
        order("O-2");
        assertThat(control(null).get("state")).isEqualTo("Suspended");
        assertThat(seen).hasSize(1);
        assertThat(control("RESUME").get("state")).isEqualTo("Started");
        arrive(seen, 2);
        assertThat(values(seen, "Order_Number__c")).containsExactly("O-1", "O-2");
    }

    @Test
    void aPositionThatIsSetInAPauseCountsAfterIt() throws Exception {
        List<Exchange> seen = followed("Order_Placed__e");
        order("O-1");
        order("O-2");
        arrive(seen, 2);
        control("PAUSE");
        control("EARLIEST");
        assertThat(seen).hasSize(2);
        control("RESUME");
        arrive(seen, 4);
        assertThat(values(seen, "Order_Number__c")).containsExactly("O-1", "O-2", "O-1", "O-2");
    }
}
