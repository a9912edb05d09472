package org.sftoolkit.emulator.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.pubsub.SubscribeTest.soon;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.pubsub.wire.Wire;

class PublishTest {

    private static final String ORDERS = "/event/Order_Placed__e";

    private final SalesforceEmulator emulator =
            SalesforceEmulator.builder().accessToken(PubSubClient.TOKEN).start();
    private final PubSubClient client = new PubSubClient(emulator);

    @AfterEach
    void close() {
        client.close();
        emulator.close();
    }

    @Test
    void publishedEventArrivesAsItWasSent() {
        PubSubClient.Subscription subscription = client.subscribe(ORDERS, 10);
        soon().until(() -> !emulator.events().subscriptions().isEmpty());
        Wire.PublishRequest request = client.request(ORDERS, Map.of("Order_Number__c", "O-1", "Amount__c", 12.5))
                .build();

        Wire.PublishResponse response = client.publish(request);
        soon().until(() -> subscription.events().size() == 1);

        Wire.ConsumerEvent event = subscription.events().get(0);
        assertThat(response.getResults(0).getReplayId()).isEqualTo(event.getReplayId());
        assertThat(response.getResults(0).getCorrelationKey())
                .isEqualTo(request.getEvents(0).getId());
        assertThat(response.getSchemaId()).isEqualTo(event.getEvent().getSchemaId());
        assertThat(event.getEvent().getPayload()).isEqualTo(request.getEvents(0).getPayload());
        assertThat(event.getEvent().getId()).isNotEqualTo(request.getEvents(0).getId());
        assertThat(emulator.events().list(ORDERS)).singleElement().satisfies(one -> assertThat(one.fields())
                .containsEntry("Order_Number__c", "O-1"));
    }

    @Test
    void resultsStandInTheOrderOfTheEventsAndEachForItself() {
        Wire.ProducerEvent good = client.event(ORDERS, Map.of());
        Wire.ProducerEvent unreadable =
                good.toBuilder().setPayload(ByteString.copyFromUtf8("?")).build();
        Wire.ProducerEvent unknown =
                good.toBuilder().setSchemaId("x".repeat(22)).build();
        Wire.ProducerEvent large = client.event(ORDERS, Map.of("Order_Number__c", "x".repeat(1 << 20)));

        Wire.PublishResponse response = client.publish(Wire.PublishRequest.newBuilder()
                .setTopicName(ORDERS)
                .addAllEvents(List.of(good, unreadable, unknown, large, good))
                .build());

        assertThat(response.getResultsList())
                .extracting(result -> result.hasError() ? result.getError().getCode() : null)
                .containsExactly(null, Wire.ErrorCode.PUBLISH, Wire.ErrorCode.PUBLISH, Wire.ErrorCode.PUBLISH, null);
        assertThat(emulator.events().list(ORDERS)).hasSize(2);
    }

    @Test
    void nothingIsPublishedToAChangeChannel() {
        Wire.PublishRequest request = client.request(ORDERS, Map.of())
                .setTopicName("/data/AccountChangeEvent")
                .build();

        assertThatThrownBy(() -> client.publish(request))
                .satisfies(
                        e -> assertThat(PubSubClient.trailer(e, "error-code")).endsWith("topic.meta.permission"));
    }

    @Test
    void streamAnswersEachRequestInOrderAndEndsWithTheClient() {
        List<Wire.PublishResponse> responses = new CopyOnWriteArrayList<>();
        boolean[] ended = new boolean[1];
        StreamObserver<Wire.PublishRequest> requests = client.stream(
                "PublishStream",
                Wire.PublishRequest.getDefaultInstance(),
                Wire.PublishResponse.getDefaultInstance(),
                new StreamObserver<>() {
                    @Override
                    public void onNext(Wire.PublishResponse response) {
                        responses.add(response);
                    }

                    @Override
                    public void onError(Throwable e) {
                        ended[0] = false;
                    }

                    @Override
                    public void onCompleted() {
                        ended[0] = true;
                    }
                });
        Wire.ProducerEvent event = client.event(ORDERS, Map.of());
        for (int i = 0; i < 20; i++) {
            requests.onNext(Wire.PublishRequest.newBuilder()
                    .setTopicName(i == 0 ? ORDERS : "")
                    .addEvents(event.toBuilder().setId("e" + i))
                    .build());
        }
        requests.onCompleted();
        soon().until(() -> ended[0]);

        assertThat(responses)
                .extracting(response -> response.getResults(0).getCorrelationKey())
                .containsExactly(java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i -> "e" + i)
                        .toArray(String[]::new));
    }

    @Test
    void compressedMessagesAreRead() {
        client.compressed()
                .publish(client.request(ORDERS, Map.of("Order_Number__c", "O".repeat(30)))
                        .build());

        assertThat(emulator.events().list(ORDERS)).hasSize(1);
    }

    @Test
    void idleStreamIsSwept() {
        Throwable[] failure = new Throwable[1];
        StreamObserver<Wire.PublishRequest> requests = client.stream(
                "PublishStream",
                Wire.PublishRequest.getDefaultInstance(),
                Wire.PublishResponse.getDefaultInstance(),
                new StreamObserver<>() {
                    @Override
                    public void onNext(Wire.PublishResponse response) {
                        emulator.clock().advance(Duration.ofSeconds(1_800));
                    }

                    @Override
                    public void onError(Throwable e) {
                        failure[0] = e;
                    }

                    @Override
                    public void onCompleted() {
                        failure[0] = null;
                    }
                });
        requests.onNext(client.request(ORDERS, Map.of()).build());
        soon().until(() -> failure[0] != null);

        assertThat(PubSubClient.trailer(failure[0], "error-code")).endsWith("publish.stream.sweeper.timeout");
    }

    @Test
    void requestAboveFourMegabytesKillsTheCall() {
        Wire.ProducerEvent event = client.event(ORDERS, Map.of("Order_Number__c", "x".repeat(900_000)));

        assertThatThrownBy(() -> client.publish(Wire.PublishRequest.newBuilder()
                        .setTopicName(ORDERS)
                        .addAllEvents(List.of(event, event, event, event, event))
                        .build()))
                .satisfies(e -> assertThat(Status.fromThrowable(e).getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }
}
