package org.sftoolkit.camel.events.wire;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import org.sftoolkit.camel.events.wire.proto.FetchRequest;
import org.sftoolkit.camel.events.wire.proto.FetchResponse;
import org.sftoolkit.camel.events.wire.proto.PublishRequest;
import org.sftoolkit.camel.events.wire.proto.PublishResponse;
import org.sftoolkit.camel.events.wire.proto.SchemaInfo;
import org.sftoolkit.camel.events.wire.proto.SchemaRequest;
import org.sftoolkit.camel.events.wire.proto.TopicInfo;
import org.sftoolkit.camel.events.wire.proto.TopicRequest;

/** The calls of the service by their names. */
final class PubSubMethods {

    private static final ServiceName SERVICE = ServiceName.create("eventbus.v1", "PubSub");

    static final ServiceMethod<TopicInfo, TopicRequest> TOPIC = method("GetTopic", TopicInfo.parser());
    static final ServiceMethod<SchemaInfo, SchemaRequest> SCHEMA = method("GetSchema", SchemaInfo.parser());
    static final ServiceMethod<PublishResponse, PublishRequest> PUBLISH = method("Publish", PublishResponse.parser());
    static final ServiceMethod<FetchResponse, FetchRequest> SUBSCRIBE = method("Subscribe", FetchResponse.parser());

    private PubSubMethods() {}

    private static <Q extends MessageLite, A> ServiceMethod<A, Q> method(String name, Parser<A> parser) {
        return ServiceMethod.client(SERVICE, name, GrpcMessageEncoder.encoder(), GrpcMessageDecoder.decoder(parser));
    }
}
