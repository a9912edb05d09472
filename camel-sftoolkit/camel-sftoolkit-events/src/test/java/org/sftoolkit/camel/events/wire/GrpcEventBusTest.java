package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.events.EventBus;
import org.sftoolkit.camel.events.EventSchema;
import org.sftoolkit.camel.events.EventStream;
import org.sftoolkit.camel.events.wire.proto.ConsumerEvent;
import org.sftoolkit.camel.events.wire.proto.Error;
import org.sftoolkit.camel.events.wire.proto.ErrorCode;
import org.sftoolkit.camel.events.wire.proto.FetchRequest;
import org.sftoolkit.camel.events.wire.proto.FetchResponse;
import org.sftoolkit.camel.events.wire.proto.ProducerEvent;
import org.sftoolkit.camel.events.wire.proto.PublishRequest;
import org.sftoolkit.camel.events.wire.proto.PublishResponse;
import org.sftoolkit.camel.events.wire.proto.PublishResult;
import org.sftoolkit.camel.events.wire.proto.SchemaInfo;
import org.sftoolkit.camel.events.wire.proto.SchemaRequest;
import org.sftoolkit.camel.events.wire.proto.TopicInfo;
import org.sftoolkit.camel.events.wire.proto.TopicRequest;
import org.sftoolkit.camel.transport.Token;

/** The client's wire against a server of Google's. */
class GrpcEventBusTest {

    private static final EventBus.Access ACCESS =
            new EventBus.Access(new Token("00Dxx!secret", "https://acme.my.salesforce.com"), "00Dxx0000000001AAA");
    private static final String ORDER =
            "{\"type\":\"record\",\"name\":\"Order__e\",\"namespace\":\"com.sforce.eventbus\",\"fields\":["
                    + "{\"name\":\"CreatedDate\",\"type\":\"long\",\"doc\":\"CreatedDate:DateTime\"},"
                    + "{\"name\":\"CreatedById\",\"type\":\"string\",\"doc\":\"CreatedBy:EntityId\"},"
                    + "{\"name\":\"Amount__c\",\"type\":[\"null\",\"double\"],"
                    + "\"doc\":\"Data:Currency:00N1\",\"default\":null}]}";
    private static Vertx vertx;

    private GrpcJavaServer server;
    private EventBus bus;

    @BeforeAll
    static void openVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeVertx() {
        vertx.close();
    }

    @AfterEach
    void close() throws Exception {
        if (bus != null) {
            result(bus.close());
        }
        server.close();
    }

    private EventBus bus(GrpcJavaServer with) {
        server = with;
        bus = new GrpcConnector()
                .connect(vertx, new HttpClientOptions(), new EventBus.Address("localhost", with.port(), false));
        return bus;
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static Throwable failure(Future<?> future) {
        Throwable thrown = catchThrowable(() -> result(future));
        return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    }

    @Test
    void aTopicIsToldToWhoHasTheMetadataOfTheCall() throws Exception {
        var metadata = new CopyOnWriteArrayList<String>();
        EventBus it = bus(new GrpcJavaServer() {
            @Override
            void topic(TopicRequest request, StreamObserver<TopicInfo> answer) {
                metadata.addAll(List.of(metadata("accesstoken"), metadata("instanceurl"), metadata("tenantid")));
                metadata.add(metadata("x-client-trace-id"));
                answer.onNext(TopicInfo.newBuilder()
                        .setTopicName(request.getTopicName())
                        .setSchemaId("s1")
                        .setCanSubscribe(true)
                        .build());
                answer.onCompleted();
            }
        });
        EventBus.Topic topic = result(it.topic(ACCESS, "/event/Order__e"));
        assertThat(topic).isEqualTo(new EventBus.Topic("/event/Order__e", "s1", false, true));
        assertThat(metadata)
                .startsWith("00Dxx!secret", "https://acme.my.salesforce.com", "00Dxx0000000001AAA")
                .hasSize(4);
        assertThat(metadata.get(3)).matches("[0-9a-f-]{36}");
    }

    @Test
    void aSchemaIsAskedForOnceAndReadsWhatItWrote() throws Exception {
        var asked = new AtomicInteger();
        EventBus it = bus(new GrpcJavaServer() {
            @Override
            void schema(SchemaRequest request, StreamObserver<SchemaInfo> answer) {
                asked.incrementAndGet();
                answer.onNext(SchemaInfo.newBuilder()
                        .setSchemaId(request.getSchemaId())
                        .setSchemaJson(ORDER)
                        .build());
                answer.onCompleted();
            }
        });
        EventSchema schema = result(it.schema(ACCESS, "s1"));
        assertThat(result(it.schema(ACCESS, "s1"))).isSameAs(schema);
        assertThat(asked).hasValue(1);
        assertThat(schema.name()).isEqualTo("Order__e");
        assertThat(schema.fields())
                .containsExactly(
                        new EventSchema.Field("CreatedDate", EventSchema.Kind.LONG, "DateTime", false, List.of()),
                        new EventSchema.Field("CreatedById", EventSchema.Kind.TEXT, "EntityId", false, List.of()),
                        new EventSchema.Field("Amount__c", EventSchema.Kind.DOUBLE, "Currency", true, List.of()));
        byte[] payload = schema.encode(Map.of("CreatedDate", 7, "CreatedById", "005", "Amount__c", 12));
        assertThat(schema.decode(payload))
                .isEqualTo(Map.of("CreatedDate", 7L, "CreatedById", "005", "Amount__c", 12.0));
        assertThat(catchThrowable(() -> schema.decode(new byte[] {1, 2})))
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("s1");
        assertThat(catchThrowable(() -> schema.encode(Map.of("CreatedDate", 7, "CreatedById", 5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CreatedById");
    }

    @Test
    void aSchemaThatCouldNotBeReadIsAskedForAgain() throws Exception {
        var asked = new AtomicInteger();
        EventBus it = bus(new GrpcJavaServer() {
            @Override
            void schema(SchemaRequest request, StreamObserver<SchemaInfo> answer) {
                if (asked.incrementAndGet() == 1) {
                    answer.onError(refusal(Status.UNAVAILABLE, "schema.api.unavailable"));
                    return;
                }
                answer.onNext(SchemaInfo.newBuilder().setSchemaJson(ORDER).build());
                answer.onCompleted();
            }
        });
        assertThat(failure(it.schema(ACCESS, "s1"))).isInstanceOf(EventBusException.class);
        assertThat(result(it.schema(ACCESS, "s1")).id()).isEqualTo("s1");
    }

    @Test
    void aRefusalTellsCodeRpcIdAndCure() throws Exception {
        EventBus it = bus(new GrpcJavaServer() {
            @Override
            void topic(TopicRequest request, StreamObserver<TopicInfo> answer) {
                answer.onError(refusal(
                        Status.NOT_FOUND.withDescription("no such tópic 100%, rpcId: rpc-1"), "topic.not.found"));
            }
        });
        EventBusException refusal = (EventBusException) failure(it.topic(ACCESS, "/event/Nope__e"));
        assertThat(refusal.code()).isEqualTo("topic.not.found");
        assertThat(refusal.rpcId()).isEqualTo("rpc-1");
        assertThat(refusal.kind()).isEqualTo(EventBusException.Kind.CHANNEL);
        assertThat(refusal.retryable()).isFalse();
        assertThat(refusal).hasMessageContaining("/event/Nope__e").hasMessageContaining("case-sensitive");
        assertThat(refusal).hasMessageContaining("no such tópic 100%");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        EventBus it = bus(new GrpcJavaServer());
        server.close();
        assertThat(failure(it.topic(ACCESS, "/event/Order__e")))
                .isInstanceOfSatisfying(TransportException.class, lost -> assertThat(lost.sent())
                        .isFalse())
                .hasMessageContaining("pubSubHost");
    }

    @Test
    void publishedEventsHaveAnAnswerEachInTheirOrder() throws Exception {
        EventBus it = bus(new GrpcJavaServer() {
            @Override
            void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
                var response = PublishResponse.newBuilder();
                for (ProducerEvent event : request.getEventsList()) {
                    var result = PublishResult.newBuilder().setCorrelationKey(event.getId());
                    if (event.getPayload().size() > 1) {
                        result.setError(
                                Error.newBuilder().setCode(ErrorCode.PUBLISH).setMsg("too large"));
                    } else {
                        result.setReplayId(ByteString.copyFromUtf8("r" + event.getId()));
                    }
                    response.addResults(result);
                }
                answer.onNext(response.build());
                answer.onCompleted();
            }
        });
        var events = List.of(
                new EventBus.Outgoing("a", "s1", new byte[1]),
                new EventBus.Outgoing("b", "s1", new byte[2]),
                new EventBus.Outgoing("c", "s1", new byte[1]));
        assertThat(result(it.publish(ACCESS, "/event/Order__e", events)))
                .containsExactly(
                        new EventBus.Published("a", base64("ra"), null),
                        new EventBus.Published("b", null, "too large"),
                        new EventBus.Published("c", base64("rc"), null));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A server that keeps the requests of a subscription and lets the test answer. */
    private static class Subscriptions extends GrpcJavaServer {
        private final List<FetchRequest> requests = new CopyOnWriteArrayList<>();
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();
        private volatile StreamObserver<FetchResponse> out;

        private Subscriptions() throws java.io.IOException {}

        @Override
        StreamObserver<FetchRequest> subscribe(StreamObserver<FetchResponse> answer) {
            out = answer;
            return new StreamObserver<>() {
                @Override
                public void onNext(FetchRequest request) {
                    requests.add(request);
                }

                @Override
                public void onError(Throwable failure) {
                    failures.add(failure);
                }

                @Override
                public void onCompleted() {}
            };
        }
    }

    @Test
    void aSubscriptionAsksInTheWordsOfTheServiceAndHearsEvents() throws Exception {
        var it = new Subscriptions();
        var heard = new RecordingListener();
        var start = new EventBus.Start("/event/Order__e", EventBus.Preset.CUSTOM, base64("r7"));
        EventStream stream = bus(it).subscribe(ACCESS, start, 100, heard);
        stream.request(3);
        await().until(() ->
                it.requests.stream().mapToInt(FetchRequest::getNumRequested).sum() == 103);
        FetchRequest first = it.requests.get(0);
        assertThat(first.getTopicName()).isEqualTo("/event/Order__e");
        assertThat(first.getReplayPresetValue()).isEqualTo(2);
        assertThat(first.getReplayId().toStringUtf8()).isEqualTo("r7");
        it.out.onNext(FetchResponse.newBuilder()
                .addEvents(ConsumerEvent.newBuilder()
                        .setReplayId(ByteString.copyFromUtf8("r8"))
                        .setEvent(ProducerEvent.newBuilder()
                                .setId("e8")
                                .setSchemaId("s1")
                                .setPayload(ByteString.copyFrom(new byte[] {4}))))
                .setLatestReplayId(ByteString.copyFromUtf8("r8"))
                .setRpcId("rpc")
                .build());
        it.out.onNext(FetchResponse.newBuilder()
                .setLatestReplayId(ByteString.copyFromUtf8("r9"))
                .build());
        await().until(() -> heard.batches.size() == 2);
        EventStream.Received event = heard.batches.get(0).events().get(0);
        assertThat(event.replayId()).isEqualTo(base64("r8"));
        assertThat(event.eventId()).isEqualTo("e8");
        assertThat(event.schemaId()).isEqualTo("s1");
        assertThat(event.payload()).containsExactly(4);
        assertThat(heard.batches.get(1).events()).isEmpty();
        assertThat(heard.batches.get(1).latest()).isEqualTo(base64("r9"));
        assertThat(heard.opened).isTrue();
        result(stream.ping());
        stream.close();
        await().untilAsserted(() -> assertThat(it.failures).hasSize(1));
        assertThat(heard.ended).isFalse();
    }

    @Test
    void presetsHaveTheNumbersOfTheService() throws Exception {
        var it = new Subscriptions();
        bus(it);
        for (EventBus.Preset preset : List.of(EventBus.Preset.LATEST, EventBus.Preset.EARLIEST)) {
            int before = it.requests.size();
            bus.subscribe(ACCESS, new EventBus.Start("/event/A__e", preset, null), 1, new RecordingListener());
            await().until(() -> it.requests.size() == before + 1);
        }
        assertThat(it.requests).extracting(FetchRequest::getReplayPresetValue).containsExactly(0, 1);
    }

    @Test
    void eachEndOfAStreamIsHeardOnceWithItsReason() throws Exception {
        var it = new Subscriptions();
        bus(it);
        var start = new EventBus.Start("/event/Order__e", EventBus.Preset.LATEST, null);

        RecordingListener refused = ended(
                start,
                it,
                () -> it.out.onError(
                        GrpcJavaServer.refusal(Status.INVALID_ARGUMENT, "subscription.fetch.replayid.corrupted")));
        assertThat(refused.failure).isInstanceOfSatisfying(EventBusException.class, e -> assertThat(e.kind())
                .isEqualTo(EventBusException.Kind.POSITION));

        for (int messages : List.of(0, 1)) {
            RecordingListener told = ended(start, it, () -> {
                for (int i = 0; i < messages; i++) {
                    it.out.onNext(FetchResponse.getDefaultInstance());
                }
                it.out.onError(GrpcJavaServer.refusal(
                        Status.INTERNAL.withDescription("tópic at 100%41 1+1, rpcId: r"), "service.unavailable"));
            });
            assertThat(told.failure).as("behind " + messages + " messages").hasMessageContaining("tópic at 100%41 1+1");
        }

        RecordingListener completed = ended(start, it, () -> it.out.onCompleted());
        assertThat(completed.failure).isNull();

        RecordingListener dropped = ended(start, it, () -> {
            try {
                server.close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(dropped.failure).isNotNull();
    }

    private RecordingListener ended(EventBus.Start start, Subscriptions it, Runnable end) {
        var heard = new RecordingListener();
        int before = it.requests.size();
        bus.subscribe(ACCESS, start, 1, heard);
        await().until(() -> it.requests.size() > before);
        end.run();
        await().until(() -> heard.ended);
        return heard;
    }

    @Test
    void aConnectionThatIsGoingAwayIsTold() throws Exception {
        var it = new Subscriptions();
        var heard = new RecordingListener();
        var other = new RecordingListener();
        bus(it);
        bus.subscribe(ACCESS, new EventBus.Start("/event/A__e", EventBus.Preset.LATEST, null), 1, heard);
        bus.subscribe(ACCESS, new EventBus.Start("/event/B__e", EventBus.Preset.LATEST, null), 1, other);
        await().until(() -> it.requests.size() == 2);
        it.sayGoAway();
        await().until(() -> heard.goingAway && other.goingAway);
        assertThat(heard.ended).isFalse();
    }
}
