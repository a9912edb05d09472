package org.sftoolkit.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.DrivenClock;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.events.CustomChannel;
import org.sftoolkit.emulator.events.EventSettings;
import org.sftoolkit.emulator.pubsub.wire.Wire;

class SubscribeTest {

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

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    private PubSubClient.Subscription opened(String channel, int credit) {
        int before = emulator.events().subscriptions().size();
        PubSubClient.Subscription subscription = client.subscribe(channel, credit);
        soon().until(() -> emulator.events().subscriptions().size() > before);
        return subscription;
    }

    @Test
    void numbersOfEnumsAreThoseOfTheWire() {
        assertThat(Wire.ReplayPreset.values())
                .filteredOn(preset -> preset != Wire.ReplayPreset.UNRECOGNIZED)
                .extracting(preset -> preset + "=" + preset.getNumber())
                .containsExactly("LATEST=0", "EARLIEST=1", "CUSTOM=2");
        assertThat(Wire.ErrorCode.values())
                .filteredOn(code -> code != Wire.ErrorCode.UNRECOGNIZED)
                .extracting(code -> code + "=" + code.getNumber())
                .containsExactly("UNKNOWN=0", "PUBLISH=1", "COMMIT=2");
        assertThat(Wire.FetchRequest.newBuilder()
                        .setReplayPreset(Wire.ReplayPreset.CUSTOM)
                        .build()
                        .toByteArray())
                .containsExactly(2 << 3, 2);
    }

    @Test
    void topicNamesItsSchemaAndWhatMayBeDone() {
        Wire.TopicInfo changes = client.topic(ACCOUNTS);
        Wire.TopicInfo orders = client.topic(ORDERS);

        assertThat(changes.getTopicName()).isEqualTo(ACCOUNTS);
        assertThat(changes.getCanSubscribe()).isTrue();
        assertThat(changes.getCanPublish()).isFalse();
        assertThat(orders.getCanPublish()).isTrue();
        assertThat(orders.getSchemaId()).hasSize(22);
        assertThat(client.schema(orders.getSchemaId()).getFields())
                .extracting(field -> field.name() + " " + field.doc())
                .satisfiesExactly(
                        field -> assertThat(field).isEqualTo("CreatedDate CreatedDate:DateTime"),
                        field -> assertThat(field).isEqualTo("CreatedById CreatedBy:EntityId"),
                        field -> assertThat(field).startsWith("Order_Number__c Data:Text:00N"),
                        field -> assertThat(field).startsWith("Amount__c Data:Double:00N"));
    }

    @Test
    void committedChangesArriveInOrderOfTheirCommits() {
        PubSubClient.Subscription subscription = opened(ACCOUNTS, 10);

        String id = emulator.org().insert("Account", Map.of("Name", "Acme", "BillingCity", "Bonn"));
        emulator.org().update("Account", id, Map.of("Phone", "1", "BillingCity", "Berlin"));
        emulator.org().delete("Account", id);
        emulator.org().undelete("Account", id);
        soon().until(() -> subscription.events().size() == 4);

        List<GenericRecord> headers =
                subscription.events().stream().map(client::header).toList();
        assertThat(headers)
                .extracting(header -> header.get("changeType").toString())
                .containsExactly("CREATE", "UPDATE", "DELETE", "UNDELETE");
        assertThat(headers).allSatisfy(header -> {
            assertThat(header.get("entityName")).hasToString("Account");
            assertThat(header.get("recordIds")).hasToString("[" + id + "]");
            assertThat(header.get("commitUser")).hasToString(emulator.org().userId());
            assertThat(header.get("sequenceNumber")).isEqualTo(1);
        });
        assertThat(client.values(subscription.events().get(0)))
                .containsEntry("Name", "Acme")
                .doesNotContainKey("Phone");
        assertThat(client.values(subscription.events().get(1)))
                .containsOnlyKeys("ChangeEventHeader", "Phone", "BillingAddress", "LastModifiedDate");
        assertThat(client.values(subscription.events().get(2))).containsOnlyKeys("ChangeEventHeader");
        assertThat(headers)
                .extracting(header -> (Long) header.get("commitNumber"))
                .isSorted();
    }

    @Test
    void changesOfManyObjectsShareAChannel() {
        PubSubClient.Subscription all = opened("/data/ChangeEvents", 10);
        PubSubClient.Subscription contacts = opened("/data/ContactChangeEvent", 10);

        emulator.org().insert("Account", Map.of("Name", "Acme"));
        emulator.org().insert("Contact", Map.of("LastName", "Ada", "FirstName", "A."));
        soon().until(() -> all.events().size() == 2 && contacts.events().size() == 1);

        assertThat(all.events())
                .extracting(event -> client.header(event).get("entityName").toString())
                .containsExactly("Account", "Contact");
        assertThat(client.values(contacts.events().get(0)).get("Name"))
                .contains("\"FirstName\": \"A.\"", "\"LastName\": \"Ada\"");
    }

    @Test
    void creditIsUsedUpByEventsAndAddedToByRequests() {
        PubSubClient.Subscription subscription = opened(ACCOUNTS, 2);

        for (int i = 0; i < 5; i++) {
            emulator.org().insert("Account", Map.of("Name", "A" + i));
        }
        soon().until(() -> subscription.events().size() == 2);
        soon().until(() -> subscription.pending() == 0);
        assertThat(emulator.events().subscriptions()).singleElement().satisfies(open -> assertThat(open.credit())
                .isZero());

        subscription.request(500);
        soon().until(() -> subscription.events().size() == 5);
        soon().until(() -> subscription.pending() == 97);
        assertThat(emulator.events().delivered()).isEqualTo(5);
    }

    @Test
    void positionsAreTenBytesAndTakenBackAsEight() {
        PubSubClient.Subscription first = opened(ACCOUNTS, 10);
        for (int i = 0; i < 3; i++) {
            emulator.org().insert("Account", Map.of("Name", "A" + i));
        }
        soon().until(() -> first.events().size() == 3);
        byte[] id = first.events().get(0).getReplayId().toByteArray();

        assertThat(id).hasSize(10).endsWith(0, 0);
        for (byte[] position : List.of(id, Arrays.copyOf(id, 8))) {
            PubSubClient.Subscription resumed = client.subscribe(Wire.FetchRequest.newBuilder()
                    .setTopicName(ACCOUNTS)
                    .setNumRequested(10)
                    .setReplayPreset(Wire.ReplayPreset.CUSTOM)
                    .setReplayId(ByteString.copyFrom(position)));
            soon().until(() -> resumed.events().size() == 2);
            assertThat(resumed.events())
                    .extracting(event -> client.values(event).get("Name"))
                    .containsExactly("A1", "A2");
        }
        PubSubClient.Subscription all = client.subscribe(Wire.FetchRequest.newBuilder()
                .setTopicName(ACCOUNTS)
                .setNumRequested(10)
                .setReplayPreset(Wire.ReplayPreset.EARLIEST));
        soon().until(() -> all.events().size() == 3);
        assertThat(all.last().getLatestReplayId()).isEqualTo(first.last().getLatestReplayId());
    }

    @Test
    void silenceIsBrokenByAnEmptyResponseWhosePositionIsGood() {
        PubSubClient.Subscription subscription = opened(ACCOUNTS, 10);

        clock.advance(Duration.ofSeconds(269));
        assertThat(subscription.responses).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        soon().until(() -> subscription.responses.size() == 1);

        Wire.FetchResponse empty = subscription.last();
        assertThat(empty.getEventsCount()).isZero();
        assertThat(empty.getPendingNumRequested()).isEqualTo(10);
        assertThat(empty.getRpcId()).isNotEmpty();
        emulator.org().insert("Account", Map.of("Name", "later"));
        PubSubClient.Subscription resumed = client.subscribe(Wire.FetchRequest.newBuilder()
                .setTopicName(ACCOUNTS)
                .setNumRequested(10)
                .setReplayPreset(Wire.ReplayPreset.CUSTOM)
                .setReplayId(empty.getLatestReplayId()));
        soon().until(() -> resumed.events().size() == 1);
    }

    @Test
    void subscriptionWithoutCreditEndsAfterAMinute() {
        PubSubClient.Subscription subscription = opened(ACCOUNTS, 1);
        emulator.org().insert("Account", Map.of("Name", "A"));
        soon().until(() -> subscription.events().size() == 1);

        clock.advance(Duration.ofSeconds(60));

        soon().until(() -> subscription.completed);
        assertThat(emulator.events().subscriptions()).isEmpty();
    }

    @Test
    void positionsOlderThanTheRetentionOrOfAnotherOrgAreRefused() {
        emulator.org().insert("Account", Map.of("Name", "A"));
        PubSubClient.Subscription all = client.subscribe(Wire.FetchRequest.newBuilder()
                .setTopicName(ACCOUNTS)
                .setNumRequested(1)
                .setReplayPreset(Wire.ReplayPreset.EARLIEST));
        soon().until(() -> all.events().size() == 1);
        ByteString position = all.events().get(0).getReplayId();

        assertRefused(custom(ByteString.copyFrom(new byte[10])), "subscription.fetch.replayid.corrupted");
        assertRefused(custom(ByteString.EMPTY), "subscription.fetch.replayid.validation.failed");
        clock.advance(Duration.ofHours(72).plusSeconds(1));
        assertRefused(custom(position), "subscription.fetch.replayid.corrupted");
    }

    @Test
    void migrationMakesAllPositionsForeignAndKeepsTheEvents() {
        emulator.org().insert("Account", Map.of("Name", "A"));
        ByteString before = ByteString.copyFrom(java.util.Base64.getDecoder()
                .decode(emulator.events().list(ACCOUNTS).get(0).replayId()));

        emulator.events().migrate();

        assertRefused(custom(before), "subscription.fetch.replayid.corrupted");
        assertThat(emulator.events().list(ACCOUNTS)).hasSize(1);
    }

    private Wire.FetchRequest.Builder custom(ByteString position) {
        return Wire.FetchRequest.newBuilder()
                .setTopicName(ACCOUNTS)
                .setNumRequested(1)
                .setReplayPreset(Wire.ReplayPreset.CUSTOM)
                .setReplayId(position);
    }

    private void assertRefused(Wire.FetchRequest.Builder request, String code) {
        PubSubClient.Subscription refused = client.subscribe(request);
        soon().until(refused::ended);
        assertThat(Status.fromThrowable(refused.failure).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.errorCode()).isEqualTo("sfdc.platform.eventbus.grpc." + code);
        assertThat(PubSubClient.trailer(refused.failure, "type")).isEqualTo("Subscribe");
        assertThat(refused.failure).hasMessageEndingWith("rpcId: " + PubSubClient.trailer(refused.failure, "rpc-id"));
    }

    @Test
    void misuseEndsTheStreamWithItsCode() {
        assertRefused(
                Wire.FetchRequest.newBuilder().setTopicName(ACCOUNTS), "subscription.fetch.requested.events.invalid");
        assertRefused(Wire.FetchRequest.newBuilder().setNumRequested(1), "topic.validation.empty");
        PubSubClient.Subscription other = opened(ACCOUNTS, 1);
        other.requests.onNext(Wire.FetchRequest.newBuilder()
                .setTopicName(ORDERS)
                .setNumRequested(1)
                .build());
        soon().until(other::ended);
        assertThat(other.errorCode()).endsWith("subscription.fetch.topic.mismatch");
        PubSubClient.Subscription again = opened(ACCOUNTS, 1);
        again.requests.onNext(Wire.FetchRequest.newBuilder()
                .setTopicName(ACCOUNTS)
                .setReplayPreset(Wire.ReplayPreset.EARLIEST)
                .setNumRequested(1)
                .build());
        soon().until(again::ended);
        assertThat(again.errorCode()).endsWith("subscription.fetch.request.invalid");
    }

    @Test
    void unknownTopicIsNotFound() {
        assertThatThrownBy(() -> client.topic("/data/accountchangeevent"))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
                    assertThat(PubSubClient.trailer(e, "error-code"))
                            .isEqualTo("sfdc.platform.eventbus.grpc.topic.not.found");
                });
    }

    @Test
    void headersOfEachCallAreChecked() {
        assertUnauthenticated("tenantid", null, "service.auth.headers.invalid");
        assertUnauthenticated("tenantid", "00Dxx0000000001AAA", "service.auth.headers.invalid");
        assertUnauthenticated("instanceurl", "https://else.example.com", "service.auth.headers.invalid");
        assertUnauthenticated("accesstoken", "expired", "service.auth.error");
        emulator.expireTokens();
        assertUnauthenticated("accesstoken", PubSubClient.TOKEN, "service.auth.error");
    }

    private void assertUnauthenticated(String header, String value, String code) {
        try (PubSubClient other = new PubSubClient(emulator).header(header, value)) {
            assertThatThrownBy(() -> other.topic(ACCOUNTS)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
                assertThat(PubSubClient.trailer(e, "error-code")).isEqualTo("sfdc.platform.eventbus.grpc." + code);
            });
        }
    }

    @Test
    void deliveriesBeyondTheAllocationEndTheSubscription() {
        emulator.events().change(EventSettings.standard().withDeliveries(2));
        PubSubClient.Subscription subscription = opened(ACCOUNTS, 10);

        for (int i = 0; i < 3; i++) {
            emulator.org().insert("Account", Map.of("Name", "A" + i));
        }
        soon().until(subscription::ended);

        assertThat(subscription.events()).hasSize(2);
        assertThat(subscription.errorCode()).endsWith("subscription.limit.exceeded");
        clock.advance(Duration.ofHours(25));
        PubSubClient.Subscription next = client.subscribe(Wire.FetchRequest.newBuilder()
                .setTopicName(ACCOUNTS)
                .setNumRequested(10)
                .setReplayPreset(Wire.ReplayPreset.CUSTOM)
                .setReplayId(subscription.last().getLatestReplayId()));
        soon().until(() -> next.events().size() == 1);
    }

    @Test
    void callsStandInTheRequestLogWithoutTheirToken() {
        opened(ACCOUNTS, 1);
        client.topic(ORDERS);
        assertThatThrownBy(() -> client.topic("/data/Nope"));

        assertThat(emulator.requests().list("Subscribe /data/*"))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.status()).isEqualTo(200);
                    assertThat(request.headers()).containsEntry("accesstoken", PubSubClient.TOKEN);
                    assertThat(request.toString()).doesNotContain(PubSubClient.TOKEN);
                });
        assertThat(emulator.requests().list("GetTopic"))
                .extracting(request -> request.resource() + " " + request.status())
                .containsExactly(ORDERS + " 200", "/data/Nope 404");
    }

    @Test
    void enrichedFieldsComeWithoutHavingChanged() {
        emulator.events()
                .change(EventSettings.standard()
                        .withChannels(CustomChannel.named("/data/Sales__chn").with("Account", null, "Name")));
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        PubSubClient.Subscription subscription = opened("/data/Sales__chn", 10);

        emulator.org().update("Account", id, Map.of("Phone", "1"));
        emulator.org().delete("Account", id);
        soon().until(() -> subscription.events().size() == 2);

        assertThat(client.values(subscription.events().get(0)))
                .containsOnlyKeys("ChangeEventHeader", "Name", "Phone", "LastModifiedDate");
        assertThat(client.values(subscription.events().get(1))).containsOnlyKeys("ChangeEventHeader", "Name");
    }

    @Test
    void managedSubscriptionsAreRefusedByName() {
        assertThatThrownBy(() -> client.unary(
                        "ManagedSubscribe",
                        Wire.ManagedFetchRequest.getDefaultInstance(),
                        Wire.ManagedFetchRequest.getDefaultInstance(),
                        Wire.ManagedFetchResponse.getDefaultInstance()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED))
                .hasMessageContaining("does not support ManagedSubscribe");
    }

    @Test
    void closingTheEmulatorEndsOpenStreams() {
        PubSubClient.Subscription subscription = opened(ACCOUNTS, 10);

        emulator.close();

        soon().until(subscription::ended);
        assertThat(Status.fromThrowable(subscription.failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(subscription.errorCode()).endsWith("service.unavailable");
    }

    @Test
    void restIsSpokenOverHttp2OnTheSamePort() throws Exception {
        HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        var answer = http2.send(
                HttpRequest.newBuilder(URI.create(emulator.url() + "/services/data"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("66.0");
    }
}
