package org.sftoolkit.camel.events.wire;

import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.sftoolkit.camel.events.wire.proto.FetchRequest;
import org.sftoolkit.camel.events.wire.proto.FetchResponse;
import org.sftoolkit.camel.events.wire.proto.PublishRequest;
import org.sftoolkit.camel.events.wire.proto.PublishResponse;
import org.sftoolkit.camel.events.wire.proto.SchemaInfo;
import org.sftoolkit.camel.events.wire.proto.SchemaRequest;
import org.sftoolkit.camel.events.wire.proto.TopicInfo;
import org.sftoolkit.camel.events.wire.proto.TopicRequest;

/** The service on Google's own implementation of gRPC; a test says how it answers. */
class GrpcJavaServer implements AutoCloseable {

    private static final Context.Key<Metadata> METADATA = Context.key("metadata");

    private final Server server;

    GrpcJavaServer() throws IOException {
        server = NettyServerBuilder.forPort(0)
                .maxInboundMessageSize(16 << 20)
                .permitKeepAliveTime(1, TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(service())
                .intercept(new ServerInterceptor() {
                    @Override
                    public <Q, A> ServerCall.Listener<Q> interceptCall(
                            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                        return Contexts.interceptCall(
                                Context.current().withValue(METADATA, headers), call, headers, next);
                    }
                })
                .build()
                .start();
    }

    private ServerServiceDefinition service() {
        return ServerServiceDefinition.builder("eventbus.v1.PubSub")
                .addMethod(
                        method("GetTopic", TopicRequest.getDefaultInstance(), TopicInfo.getDefaultInstance(), false),
                        ServerCalls.asyncUnaryCall(this::topic))
                .addMethod(
                        method("GetSchema", SchemaRequest.getDefaultInstance(), SchemaInfo.getDefaultInstance(), false),
                        ServerCalls.asyncUnaryCall(this::schema))
                .addMethod(
                        method(
                                "Publish",
                                PublishRequest.getDefaultInstance(),
                                PublishResponse.getDefaultInstance(),
                                false),
                        ServerCalls.asyncUnaryCall(this::publish))
                .addMethod(
                        method(
                                "Subscribe",
                                FetchRequest.getDefaultInstance(),
                                FetchResponse.getDefaultInstance(),
                                true),
                        ServerCalls.asyncBidiStreamingCall(this::subscribe))
                .build();
    }

    private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
            String name, Q request, A answer, boolean streams) {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(streams ? MethodDescriptor.MethodType.BIDI_STREAMING : MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("eventbus.v1.PubSub/" + name)
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(answer))
                .build();
    }

    void topic(TopicRequest request, StreamObserver<TopicInfo> answer) {
        answer.onError(Status.UNIMPLEMENTED.asRuntimeException());
    }

    void schema(SchemaRequest request, StreamObserver<SchemaInfo> answer) {
        answer.onError(Status.UNIMPLEMENTED.asRuntimeException());
    }

    void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
        answer.onError(Status.UNIMPLEMENTED.asRuntimeException());
    }

    StreamObserver<FetchRequest> subscribe(StreamObserver<FetchResponse> answer) {
        answer.onError(Status.UNIMPLEMENTED.asRuntimeException());
        return ignoring();
    }

    static StreamObserver<FetchRequest> ignoring() {
        return new StreamObserver<>() {
            @Override
            public void onNext(FetchRequest request) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {}
        };
    }

    /** What the caller of the present call sent along. */
    static String metadata(String name) {
        return METADATA.get().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    /** A refusal as Salesforce words it. */
    static StatusRuntimeException refusal(Status status, String code) {
        var trailers = new Metadata();
        trailers.put(
                Metadata.Key.of("error-code", Metadata.ASCII_STRING_MARSHALLER), "sfdc.platform.eventbus.grpc." + code);
        trailers.put(Metadata.Key.of("rpc-id", Metadata.ASCII_STRING_MARSHALLER), "rpc-1");
        return status.asRuntimeException(trailers);
    }

    int port() {
        return server.getPort();
    }

    void sayGoAway() {
        server.shutdown();
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
}
