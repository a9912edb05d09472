package org.sftoolkit.emulator.pubsub;

import com.google.protobuf.ByteString;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Optional;
import org.sftoolkit.emulator.events.Channel;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.pubsub.wire.Wire;

/** Takes the events of {@code Publish} and {@code PublishStream} (Pub/Sub API Guide: "Publish RPC Method"). Safe for threads. */
final class Publisher {

    /** Pub/Sub API Guide, "Event Message Size": of one event, and of a request. */
    private static final int LARGEST_EVENT = 1 << 20;

    private static final int LARGEST_REQUEST = 4 << 20;

    private final EventBus bus;
    private final CallFaults faults;

    Publisher(EventBus bus, CallFaults faults) {
        this.bus = bus;
        this.faults = faults;
    }

    /** Answers a request. */
    void publish(Call call, Wire.PublishRequest request) {
        call.about(request.getTopicName());
        faults.answer(call, request.getTopicName(), () -> call.sendLast(response(call, request)));
    }

    Wire.PublishResponse response(Call call, Wire.PublishRequest request) {
        if (request.getSerializedSize() > LARGEST_REQUEST) {
            throw CallFailure.withoutCode(GrpcStatus.UNAVAILABLE, "The request is larger than 4 MB.");
        }
        if (request.getTopicName().isBlank()) {
            throw CallFailure.invalid("publish.topic.validation.empty", "The topic name is empty.");
        }
        Channel channel = FetchRules.channel(bus, request.getTopicName());
        if (!channel.publishable()) {
            throw CallFailure.of(
                    GrpcStatus.PERMISSION_DENIED,
                    "topic.meta.permission",
                    "Events cannot be published to " + channel.name() + ".");
        }
        if (request.getEventsCount() == 0) {
            throw CallFailure.invalid("publish.event.count.invalid", "A publish request needs at least one event.");
        }
        Wire.PublishResponse.Builder response = Wire.PublishResponse.newBuilder();
        for (Wire.ProducerEvent event : request.getEventsList()) {
            response.addResults(result(call, channel, event));
        }
        call.succeeded(request.getEventsCount());
        return response.setSchemaId(channel.schemaId()).setRpcId(call.rpcId()).build();
    }

    private Wire.PublishResult result(Call call, Channel channel, Wire.ProducerEvent event) {
        Wire.PublishResult.Builder result = Wire.PublishResult.newBuilder().setCorrelationKey(event.getId());
        Optional<String> fault = faults.ofRow(call, channel.name());
        if (fault.isPresent()) {
            return refused(result, fault.get());
        }
        if (event.getPayload().size() > LARGEST_EVENT) {
            return refused(result, "The event is larger than 1 MB.");
        }
        try {
            byte[] replayId =
                    bus.publish(channel, event.getSchemaId(), event.getPayload().toByteArray());
            return result.setReplayId(ByteString.copyFrom(replayId)).build();
        } catch (IllegalArgumentException e) {
            return refused(result, e.getMessage());
        }
    }

    private static Wire.PublishResult refused(Wire.PublishResult.Builder result, String message) {
        return result.setError(
                        Wire.Error.newBuilder().setCode(Wire.ErrorCode.PUBLISH).setMsg(message))
                .build();
    }
}
