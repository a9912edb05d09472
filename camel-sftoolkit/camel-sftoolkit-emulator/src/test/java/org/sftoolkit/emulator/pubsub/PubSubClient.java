package org.sftoolkit.emulator.pubsub;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.pubsub.wire.Wire;

/** A client of the Pub/Sub API by Google's gRPC library, which knows nothing of the emulator. */
final class PubSubClient implements AutoCloseable {

    static final String TOKEN = "pubsub-token";

    private final ManagedChannel channel;
    private final Metadata metadata = new Metadata();
    private CallOptions options = CallOptions.DEFAULT;

    PubSubClient(SalesforceEmulator emulator) {
        this(
                NettyChannelBuilder.forAddress("127.0.0.1", emulator.port())
                        .usePlaintext()
                        .maxInboundMessageSize(16 << 20)
                        .build(),
                emulator);
    }

    PubSubClient(ManagedChannel channel, SalesforceEmulator emulator) {
        this.channel = channel;
        header("accesstoken", TOKEN);
        header("instanceurl", emulator.url());
        header("tenantid", emulator.org().organizationId());
    }

    PubSubClient header(String name, String value) {
        Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        metadata.removeAll(key);
        if (value != null) {
            metadata.put(key, value);
        }
        return this;
    }

    Wire.TopicInfo topic(String name) {
        return unary(
                "GetTopic",
                Wire.TopicRequest.newBuilder().setTopicName(name).build(),
                Wire.TopicRequest.getDefaultInstance(),
                Wire.TopicInfo.getDefaultInstance());
    }

    Schema schema(String id) {
        Wire.SchemaInfo info = unary(
                "GetSchema",
                Wire.SchemaRequest.newBuilder().setSchemaId(id).build(),
                Wire.SchemaRequest.getDefaultInstance(),
                Wire.SchemaInfo.getDefaultInstance());
        return new Schema.Parser().parse(info.getSchemaJson());
    }

    /** This client with messages compressed. */
    PubSubClient compressed() {
        options = options.withCompression("gzip");
        return this;
    }

    Wire.PublishResponse publish(Wire.PublishRequest request) {
        return unary(
                "Publish",
                request,
                Wire.PublishRequest.getDefaultInstance(),
                Wire.PublishResponse.getDefaultInstance());
    }

    /** One event of a channel with these values. */
    Wire.PublishRequest.Builder request(String topic, Map<String, ?> values) {
        return Wire.PublishRequest.newBuilder().setTopicName(topic).addEvents(event(topic, values));
    }

    Wire.ProducerEvent event(String topic, Map<String, ?> values) {
        String schemaId = topic(topic).getSchemaId();
        GenericRecord record = new GenericData.Record(schema(schemaId));
        record.put("CreatedDate", 1_700_000_000_000L);
        record.put("CreatedById", "005xx0000000001AAA");
        values.forEach(record::put);
        return Wire.ProducerEvent.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setSchemaId(schemaId)
                .setPayload(ByteString.copyFrom(bytes(record)))
                .build();
    }

    Subscription subscribe(String topic, int events) {
        return subscribe(Wire.FetchRequest.newBuilder().setTopicName(topic).setNumRequested(events));
    }

    Subscription subscribe(Wire.FetchRequest.Builder first) {
        Subscription subscription = new Subscription();
        subscription.requests = stream(
                "Subscribe",
                Wire.FetchRequest.getDefaultInstance(),
                Wire.FetchResponse.getDefaultInstance(),
                subscription);
        subscription.requests.onNext(first.build());
        return subscription;
    }

    <Q extends Message, S extends Message> StreamObserver<Q> stream(
            String method, Q request, S response, StreamObserver<S> observer) {
        return ClientCalls.asyncBidiStreamingCall(
                calls().newCall(method(method, MethodDescriptor.MethodType.BIDI_STREAMING, request, response), options),
                observer);
    }

    <Q extends Message, S extends Message> S unary(String method, Q request, Q requestType, S responseType) {
        return ClientCalls.blockingUnaryCall(
                calls(),
                method(method, MethodDescriptor.MethodType.UNARY, requestType, responseType),
                options,
                request);
    }

    private io.grpc.Channel calls() {
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static <Q extends Message, S extends Message> MethodDescriptor<Q, S> method(
            String name, MethodDescriptor.MethodType type, Q request, S response) {
        return MethodDescriptor.newBuilder(ProtoUtils.marshaller(request), ProtoUtils.marshaller(response))
                .setFullMethodName("eventbus.v1.PubSub/" + name)
                .setType(type)
                .build();
    }

    /** The fields of an event by its schema. */
    GenericRecord read(Wire.ProducerEvent event) {
        return read(schema(event.getSchemaId()), event);
    }

    static GenericRecord read(Schema schema, Wire.ProducerEvent event) {
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(event.getPayload().toByteArray(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields that have a value, as text. */
    Map<String, String> values(Wire.ConsumerEvent event) {
        GenericRecord record = read(event.getEvent());
        Map<String, String> values = new LinkedHashMap<>();
        record.getSchema().getFields().forEach(field -> {
            if (record.get(field.pos()) != null) {
                values.put(field.name(), record.get(field.pos()).toString());
            }
        });
        return values;
    }

    GenericRecord header(Wire.ConsumerEvent event) {
        return (GenericRecord) read(event.getEvent()).get("ChangeEventHeader");
    }

    static byte[] bytes(GenericRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String trailer(Throwable failure, String name) {
        Metadata trailers = Status.trailersFromThrowable(failure);
        return trailers == null ? null : trailers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    /** What a stream has brought so far. */
    static final class Subscription implements StreamObserver<Wire.FetchResponse> {

        final List<Wire.FetchResponse> responses = new CopyOnWriteArrayList<>();
        volatile StreamObserver<Wire.FetchRequest> requests;
        volatile Throwable failure;
        volatile boolean completed;

        List<Wire.ConsumerEvent> events() {
            return responses.stream()
                    .flatMap(response -> response.getEventsList().stream())
                    .toList();
        }

        Wire.FetchResponse last() {
            return responses.get(responses.size() - 1);
        }

        /** The credit that the last response tells; -1 before the first one. */
        int pending() {
            return responses.isEmpty() ? -1 : last().getPendingNumRequested();
        }

        void request(int events) {
            requests.onNext(
                    Wire.FetchRequest.newBuilder().setNumRequested(events).build());
        }

        boolean ended() {
            return completed || failure != null;
        }

        String errorCode() {
            return trailer(failure, "error-code");
        }

        @Override
        public void onNext(Wire.FetchResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable e) {
            failure = e;
        }

        @Override
        public void onCompleted() {
            completed = true;
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
