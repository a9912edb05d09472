package org.sftoolkit.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.fault.FaultPlan.when;
import static org.sftoolkit.emulator.pubsub.SubscribeTest.soon;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sftoolkit.emulator.DrivenClock;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.fault.EventFault.Alteration;
import org.sftoolkit.emulator.fault.EventFault.Ending;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.pubsub.wire.Wire;

class EventFaultsTest {

    private static final String ACCOUNTS = "/data/AccountChangeEvent";
    private static final String ORDERS = "/event/Order_Placed__e";

    private final DrivenClock clock = new DrivenClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final SalesforceEmulator emulator = SalesforceEmulator.builder()
            .clock(clock)
            .accessToken(PubSubClient.TOKEN)
            .start();
    private final PubSubClient client = new PubSubClient(emulator);

    @AfterEach
    void close() {
        client.close();
        emulator.close();
    }

    private PubSubClient.Subscription opened() {
        PubSubClient.Subscription subscription = client.subscribe(ACCOUNTS, 50);
        soon().until(() -> !emulator.events().subscriptions().isEmpty());
        return subscription;
    }

    private void insert(int accounts) {
        for (int i = 0; i < accounts; i++) {
            emulator.org().insert("Account", Map.of("Name", "A" + i));
        }
    }

    @Test
    void statusComesBeforeTheFirstEvent() {
        insert(1);
        emulator.faults().next(when("Subscribe /data/*"), EventFault.status("INTERNAL", "service.unavailable"));

        PubSubClient.Subscription refused = client.subscribe(ACCOUNTS, 1);
        soon().until(refused::ended);

        assertThat(Status.fromThrowable(refused.failure).getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(refused.errorCode()).isEqualTo("sfdc.platform.eventbus.grpc.service.unavailable");
        assertThat(refused.responses).isEmpty();
        assertThat(emulator.events().subscriptions()).isEmpty();
    }

    @Test
    void statusWithoutCodeComesAfterSoManyEvents() {
        emulator.faults()
                .next(
                        when("Subscribe " + ACCOUNTS),
                        EventFault.status("UNAVAILABLE").after(3));
        PubSubClient.Subscription subscription = opened();

        insert(5);
        soon().until(subscription::ended);

        assertThat(subscription.events()).hasSize(3);
        assertThat(Status.fromThrowable(subscription.failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(subscription.errorCode()).isNull();
    }

    @Test
    void streamThatIsOpenIsStruckWithoutAnEvent() {
        PubSubClient.Subscription subscription = opened();

        emulator.faults().next(when("Subscribe"), EventFault.end(Ending.OK));

        soon().until(() -> subscription.completed);
        assertThat(emulator.faults().rules()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "DROP_CONNECTION"})
    void streamBreaks(Ending ending) {
        PubSubClient.Subscription subscription = opened();
        emulator.faults().next(when("Subscribe"), EventFault.end(ending).after(1));

        insert(2);
        soon().until(subscription::ended);

        assertThat(subscription.events()).hasSize(1);
        assertThat(Status.fromThrowable(subscription.failure).getCode())
                .isIn(Status.Code.CANCELLED, Status.Code.UNAVAILABLE);
        soon().until(() -> emulator.events().subscriptions().isEmpty());
    }

    @Test
    void goAwayLeavesTheStreamToGoOn() {
        PubSubClient.Subscription subscription = opened();
        emulator.faults().next(when("Subscribe"), EventFault.end(Ending.GO_AWAY));
        soon().until(() -> emulator.faults().rules().isEmpty());

        insert(2);

        soon().until(() -> subscription.events().size() == 2);
        assertThat(subscription.ended()).isFalse();
        assertThat(client.topic(ACCOUNTS).getCanSubscribe()).isTrue();
    }

    @Test
    void silenceBringsNeitherEventsNorEmptyResponses() {
        PubSubClient.Subscription subscription = opened();
        emulator.faults().next(when("Subscribe"), EventFault.end(Ending.SILENCE).after(1));

        insert(2);
        soon().until(() -> subscription.events().size() == 1);
        clock.advance(Duration.ofSeconds(300));
        PubSubClient.Subscription other = client.subscribe(Wire.FetchRequest.newBuilder()
                .setTopicName(ACCOUNTS)
                .setNumRequested(5)
                .setReplayPreset(Wire.ReplayPreset.EARLIEST));
        soon().until(() -> other.events().size() == 2);

        assertThat(subscription.responses).hasSize(1);
        assertThat(subscription.ended()).isFalse();
    }

    @Test
    void delayedEventHoldsBackThoseBehindIt() {
        PubSubClient.Subscription subscription = opened();
        emulator.faults().next(when("Subscribe"), EventFault.delayEvent(Duration.ofMillis(300)));
        long begin = System.nanoTime();

        insert(3);
        soon().until(() -> subscription.events().size() == 3);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
        assertThat(names(subscription)).containsExactly("A0", "A1", "A2");
    }

    private List<String> names(PubSubClient.Subscription subscription) {
        return subscription.events().stream()
                .map(event -> client.values(event).get("Name"))
                .toList();
    }

    @Test
    void duplicateEventComesTwiceUnderOneId() {
        PubSubClient.Subscription subscription = opened();
        emulator.faults().next(when("Subscribe"), EventFault.alter(Alteration.DUPLICATE));

        insert(2);
        soon().until(() -> subscription.events().size() == 3);

        assertThat(names(subscription)).containsExactly("A0", "A0", "A1");
        assertThat(subscription.events().get(0)).isEqualTo(subscription.events().get(1));
    }

    @Test
    void unreadableEventIsFollowedByAGoodOne() {
        PubSubClient.Subscription subscription = opened();
        emulator.faults().next(when("Subscribe"), EventFault.alter(Alteration.UNREADABLE));

        insert(2);
        soon().until(() -> subscription.events().size() == 2);

        assertThatThrownBy(() -> client.values(subscription.events().get(0))).isInstanceOfAny(RuntimeException.class);
        assertThat(client.values(subscription.events().get(1))).containsEntry("Name", "A1");
    }

    @Test
    void unknownSchemaCannotBeFetched() {
        PubSubClient.Subscription subscription = opened();
        emulator.faults().next(when("Subscribe"), EventFault.alter(Alteration.UNKNOWN_SCHEMA));

        insert(1);
        soon().until(() -> subscription.events().size() == 1);

        assertThatThrownBy(() -> client.values(subscription.events().get(0)))
                .satisfies(
                        e -> assertThat(PubSubClient.trailer(e, "error-code")).endsWith("schema.validation.failed"));
    }

    @ParameterizedTest
    @EnumSource(names = {"GAP", "OVERFLOW", "WILDCARD"})
    void gapComesInsteadOfTheChange(Alteration alteration) {
        PubSubClient.Subscription subscription = opened();
        emulator.faults().next(when("Subscribe"), EventFault.alter(alteration));

        String id = emulator.org().insert("Account", Map.of("Name", "A"));
        soon().until(() -> subscription.events().size() == 1);

        assertThat(client.values(subscription.events().get(0))).containsOnlyKeys("ChangeEventHeader");
        assertThat(client.header(subscription.events().get(0)))
                .extracting(header -> header.get("changeType") + " " + header.get("recordIds"))
                .isEqualTo(
                        switch (alteration) {
                            case GAP -> "GAP_CREATE [" + id + "]";
                            case OVERFLOW -> "GAP_OVERFLOW []";
                            default -> "GAP_UPDATE [001*]";
                        });
    }

    @Test
    void oneRowOfAPublisherIsRefused() {
        emulator.faults().next(when("Publish /event/*"), EventFault.publishError("no room"));
        Wire.ProducerEvent event = client.event(ORDERS, Map.of());

        Wire.PublishResponse response = client.publish(Wire.PublishRequest.newBuilder()
                .setTopicName(ORDERS)
                .addEvents(event)
                .addEvents(event)
                .build());

        assertThat(response.getResults(0).getError().getMsg()).isEqualTo("no room");
        assertThat(response.getResults(0).getError().getCode()).isEqualTo(Wire.ErrorCode.PUBLISH);
        assertThat(response.getResults(1).hasError()).isFalse();
    }

    @Test
    void answerToAPublisherIsLostWhenAllIsPublished() {
        Wire.PublishRequest request = client.request(ORDERS, Map.of()).build();
        emulator.faults().next(when("Publish"), Fault.dropConnection(Fault.Moment.BEFORE_ANSWER));
        emulator.faults().next(when("Publish"), EventFault.end(Ending.RESET).after(1));
        emulator.faults().next(when("Publish"), Fault.dropConnection(Fault.Moment.BEFORE_PROCESSING));

        assertThat(published(request)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(published(request)).isEqualTo(Status.Code.CANCELLED);
        assertThat(emulator.events().list(ORDERS)).hasSize(2);
        assertThat(published(request)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(emulator.events().list(ORDERS)).hasSize(2);
    }

    /** By a connection of its own: Google's client says UNKNOWN of a call that meets the end of the connection before. */
    private Status.Code published(Wire.PublishRequest request) {
        try (PubSubClient other = new PubSubClient(emulator)) {
            other.publish(request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    @Test
    void otherCallsFailAndDelayAsRequestsDo() {
        emulator.faults().next(when("GetTopic"), EventFault.status("UNAVAILABLE", "topic.api.unavailable"));
        emulator.faults().next(when("GetSchema"), Fault.status(503));
        emulator.faults().next(when("GetTopic " + ORDERS), Fault.expireSession());
        String schemaId = emulator.events().channel(ACCOUNTS).orElseThrow().schemaId();

        assertThatThrownBy(() -> client.topic(ACCOUNTS))
                .satisfies(
                        e -> assertThat(PubSubClient.trailer(e, "error-code")).endsWith("topic.api.unavailable"));
        assertThatThrownBy(() -> client.schema(schemaId))
                .satisfies(e -> assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        assertThat(client.schema(schemaId).getName()).isEqualTo("AccountChangeEvent");
        assertThatThrownBy(() -> client.topic(ORDERS)).satisfies(e -> assertThat(PubSubClient.trailer(e, "error-code"))
                .endsWith("service.auth.error"));
    }
}
