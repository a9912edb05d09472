package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SandboxRequiredException;
import org.sftoolkit.camel.model.PublishResult;
import org.sftoolkit.camel.model.PublishResults;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.events.BusEvent;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** Routes that publish to an emulated org. */
class PublishIT extends EventRouteSupport {

    private CamelContext context;

    @BeforeEach
    void start() {
        context = camel();
        context.start();
    }

    private Exchange send(String uri, Object body) {
        return context.createProducerTemplate()
                .request(uri, exchange -> exchange.getMessage().setBody(body));
    }

    private static Map<String, Object> order(int number) {
        return Map.of("Order_Number__c", "O-" + number, "Amount__c", number);
    }

    private List<String> published() {
        return emulator.events().list(ORDERS).stream().map(BusEvent::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?via=PUBSUB", "?via=REST"})
    void oneEventIsPublishedAndTellsItsId(String via) {
        Exchange done = send("sftoolkit:publish:Order_Placed__e" + via, order(1));
        assertThat(done.getException()).isNull();
        PublishResult result = done.getMessage().getBody(PublishResult.class);
        assertThat(result.success()).isTrue();
        assertThat(result.eventId()).isNotBlank();
        assertThat(done.getMessage().getHeader("CamelSfToolkitEventId")).isEqualTo(result.eventId());
        assertThat(done.getMessage().getHeader("CamelSfToolkitReplayId") != null)
                .isEqualTo(!via.endsWith("REST"));
        assertThat(published()).hasSize(1).first().asString().contains("O-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?via=PUBSUB", "?via=REST"})
    void aFieldWithoutAValueIsPublishedWithoutIt(String via) {
        var order = new HashMap<String, Object>(order(1));
        order.put("Amount__c", null);
        Exchange done = send("sftoolkit:publish:Order_Placed__e" + via, order);
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(PublishResult.class).success()).isTrue();
        assertThat(published()).hasSize(1).first().asString().contains("O-1");
    }

    @Test
    void whatWouldBeChangedOnItsWayIsRefused() {
        Map<Map<String, Object>, String> refused = Map.of(
                Map.of("Order_Number__c", "a", "order_number__c", "b"), "Salesforce ignores case in field names",
                Map.of("Amount__c", new BigDecimal("1e400")), "larger than a field of this kind can hold",
                Map.of("Amount__c", "-1e400"), "larger than a field of this kind can hold",
                Map.of("Amount__c", "Infinity"), "a number is needed",
                Map.of("Amount__c", "12f"), "a number is needed",
                Map.of("Amount__c", "0x1p3"), "a number is needed");
        refused.forEach((event, said) -> assertThat(
                        send("sftoolkit:publish:Order_Placed__e", event).getException())
                .as(event.toString())
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining(said));
        assertThat(published()).isEmpty();
    }

    @Test
    void aListIsCutIntoCallsAndHasItsResultsInOrder() {
        var orders = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 450; i++) {
            orders.add(order(i));
        }
        Exchange done = send("sftoolkit:publish:Order_Placed__e?concurrency=1", orders);
        assertThat(done.getException()).isNull();
        PublishResults results = done.getMessage().getBody(PublishResults.class);
        assertThat(results).hasSize(450).allMatch(PublishResult::success);
        assertThat(results).extracting(PublishResult::index).isSorted();
        assertThat(done.getMessage().getHeader("CamelSfToolkitSucceeded")).isEqualTo(450);
        List<String> events = published();
        assertThat(events).hasSize(450);
        for (int i = 0; i < 450; i++) {
            assertThat(events.get(i)).contains("O-" + i);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByNameBeforeItIsSentAndTheRestGoes() {
        Exchange done = send(
                "sftoolkit:publish:Order_Placed__e",
                List.of(
                        order(1),
                        Map.of("Order_Numbr__c", "typo"),
                        Map.of("Amount__c", "much"),
                        Map.of("order_number__c", 7, "Amount__c", "12.50"),
                        Map.of("Order_Number__c", Instant.EPOCH)));
        PublishResults results = done.getMessage().getBody(PublishResults.class);
        assertThat(results).extracting(PublishResult::success).containsExactly(true, false, false, true, true);
        assertThat(results.get(1).errors().get(0).message())
                .contains("Order_Numbr__c")
                .contains("Order_Number__c");
        assertThat(results.get(2).errors().get(0).message())
                .contains("Amount__c")
                .contains("number");
        assertThat(results.get(1).retryable()).isFalse();
        assertThat(done.getMessage().getHeader("CamelSfToolkitFailed")).isEqualTo(2);
        assertThat(published()).hasSize(3);
    }

    @Test
    void refusedRowsFailTheExchangeWhereThatIsAskedFor() {
        emulator.faults().next(FaultPlan.when("Publish /event/*"), EventFault.publishError("out of luck"));
        Exchange done =
                send("sftoolkit:publish:Order_Placed__e?onPartialFailure=FAIL", List.of(order(1), order(2), order(3)));
        PartialFailureException failure = done.getException(PartialFailureException.class);
        assertThat(failure.results()).extracting(SaveResult::success).containsExactly(false, true, true);
        assertThat(failure).hasMessageContaining("out of luck");
    }

    @Test
    void aSingleEventThatIsRefusedIsAnException() {
        assertThat(send("sftoolkit:publish:Order_Placed__e", Map.of("Nope__c", 1))
                        .getException())
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("Nope__c");
        assertThat(send("sftoolkit:publish:Nope__e", order(1)).getException())
                .isInstanceOf(EventBusException.class)
                .hasMessageContaining("topic.not.found");
    }

    @Test
    void aLostAnswerIsToldWithTheIdsOfTheEventsAndNotRepeated() {
        emulator.faults()
                .next(
                        FaultPlan.when("Publish /event/*"),
                        EventFault.end(EventFault.Ending.DROP_CONNECTION).after(1));
        Exchange done = send("sftoolkit:publish:Order_Placed__e", List.of(order(1), order(2)));
        PublishResults results = done.getMessage().getBody(PublishResults.class);
        assertThat(results).noneMatch(PublishResult::success);
        assertThat(results.get(0).errors().get(0).statusCode()).isEqualTo("UNKNOWN");
        assertThat(results.get(0).eventId()).isNotBlank();
        assertThat(results.get(0).retryable()).isFalse();
        assertThat(published()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aLostAnswerIsRepeatedUnderTheSameIdsIfThatIsWanted() {
        emulator.faults()
                .next(
                        FaultPlan.when("Publish /event/*"),
                        EventFault.end(EventFault.Ending.DROP_CONNECTION).after(1));
        Exchange done = send("sftoolkit:publish:Order_Placed__e?repeatUnknown=true", List.of(order(1), order(2)));
        PublishResults results = done.getMessage().getBody(PublishResults.class);
        assertThat(results).allMatch(PublishResult::success);
        assertThat(published()).hasSizeBetween(2, 4);
    }

    @Test
    void refusedRowsAreSentAgainAloneIfThatIsWanted() {
        emulator.faults().next(FaultPlan.when("Publish /event/*"), EventFault.publishError("busy"));
        Exchange done =
                send("sftoolkit:publish:Order_Placed__e?retryRecords=true", List.of(order(1), order(2), order(3)));
        PublishResults results = done.getMessage().getBody(PublishResults.class);
        assertThat(results).allMatch(PublishResult::success);
        assertThat(results).extracting(PublishResult::index).containsExactly(0, 1, 2);
        assertThat(published()).hasSize(3);
    }

    @Test
    void withoutChecksUnknownFieldsAreLeftOut() {
        PublishResults results = send(
                        "sftoolkit:publish:Order_Placed__e?checkFields=false",
                        List.of(Map.of("Order_Number__c", "O-1", "Nope__c", 1)))
                .getMessage()
                .getBody(PublishResults.class);
        assertThat(results).allMatch(PublishResult::success);
        assertThat(published().get(0)).contains("O-1").doesNotContain("Nope__c");
    }

    @Test
    void aDryRunChecksAndPublishesNothing() {
        PublishResults results = send(
                        "sftoolkit:publish:Order_Placed__e?dryRun=true", List.of(order(1), Map.of("Nope__c", 1)))
                .getMessage()
                .getBody(PublishResults.class);
        assertThat(results).extracting(PublishResult::success).containsExactly(true, false);
        assertThat(published()).isEmpty();
    }

    @Test
    void productionIsNotPublishedToWhereASandboxIsRequired() { // the emulated org says that it is one
        assertThat(send("sftoolkit:publish:Order_Placed__e?requireSandbox=true", order(1))
                        .getException())
                .isInstanceOf(SandboxRequiredException.class);
        assertThat(published()).isEmpty();
    }

    @Test
    void aDeadTokenCausesOneLogin() {
        send("sftoolkit:publish:Order_Placed__e", order(1));
        int logins = emulator.logins();
        emulator.expireTokens();
        assertThat(send("sftoolkit:publish:Order_Placed__e", order(2)).getException())
                .isNull();
        assertThat(emulator.logins()).isEqualTo(logins + 1);
        assertThat(published()).hasSize(2);
    }

    @Test
    void anEventThatIsSavedTellsItsIdToo() {
        Exchange one = send("sftoolkit:save:Order_Placed__e", order(1));
        assertThat(one.getException()).isNull();
        SaveResult saved = one.getMessage().getBody(SaveResult.class);
        assertThat(saved.success()).isTrue();
        assertThat(saved.errors()).isEmpty();
        assertThat(published().get(0)).contains(saved.id());
        SaveResults list = send("sftoolkit:save:Order_Placed__e", List.of(order(2), order(3)))
                .getMessage()
                .getBody(SaveResults.class);
        assertThat(list).allMatch(SaveResult::success);
        assertThat(published().get(1)).contains(list.get(0).id());
    }

    @Test
    void whatCannotBePublishedIsRefusedAtTheStart() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "sftoolkit:publish", "no event is given",
                        "sftoolkit:publish:Account", "only platform events can be published",
                        "sftoolkit:publish:Order_Placed__e?via=BULK", "PUBSUB",
                        "sftoolkit:publish:Order_Placed__e?batchSize=201", "200",
                        "sftoolkit:save:Account?via=PUBSUB", "publish",
                        "sftoolkit:publish:Order_Placed__e?externalIdField=X__c", "each is published anew")
                .entrySet()) {
            Throwable thrown = catchThrowable(() -> context.getEndpoint(wrong.getKey()));
            assertThat(thrown).as(wrong.getKey()).isNotNull();
            assertThat(thrown).rootCause().hasMessageContaining(wrong.getValue());
        }
        assertThatThrownBy(() -> context.getEndpoint("sftoolkit:publish:a b")).isNotNull();
    }
}
