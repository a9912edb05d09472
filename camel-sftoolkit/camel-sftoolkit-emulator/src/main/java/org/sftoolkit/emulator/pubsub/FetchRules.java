package org.sftoolkit.emulator.pubsub;

import io.vertx.grpc.common.GrpcStatus;
import java.util.OptionalLong;
import org.sftoolkit.emulator.events.Channel;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.pubsub.wire.Wire;

/** What the requests of a subscription may say (Pub/Sub API Guide: "Subscribe RPC Method", "Error Codes"). */
final class FetchRules {

    private FetchRules() {}

    static void requireCredit(Wire.FetchRequest request) {
        if (request.getNumRequested() <= 0) {
            throw CallFailure.invalid(
                    "subscription.fetch.requested.events.invalid",
                    "The number of requested events must be greater than 0, not " + request.getNumRequested() + ".");
        }
    }

    /** The channel that a request names. */
    static Channel channel(EventBus bus, String topic) {
        if (topic.isBlank()) {
            throw CallFailure.invalid("topic.validation.empty", "The topic name is empty.");
        }
        return bus.channel(topic)
                .orElseThrow(() -> CallFailure.of(
                        GrpcStatus.NOT_FOUND, "topic.not.found", "The topic " + topic + " was not found."));
    }

    /** The position at which a first request has the subscription begin. */
    static long position(EventBus bus, Wire.FetchRequest request) {
        return switch (request.getReplayPreset()) {
            case LATEST -> bus.latest();
            case EARLIEST -> bus.earliest();
            case CUSTOM -> {
                if (request.getReplayId().isEmpty()) {
                    throw CallFailure.invalid(
                            "subscription.fetch.replayid.validation.failed",
                            "The replay preset CUSTOM needs a replay Id.");
                }
                OptionalLong found = bus.position(request.getReplayId().toByteArray());
                yield found.orElseThrow(FetchRules::corrupted);
            }
            case UNRECOGNIZED ->
                throw CallFailure.invalid(
                        "subscription.fetch.request.invalid",
                        "There is no replay preset " + request.getReplayPresetValue() + ".");
        };
    }

    /** Words of Salesforce: "The Replay ID validation failed." */
    static CallFailure corrupted() {
        return CallFailure.invalid(
                "subscription.fetch.replayid.corrupted",
                "The Replay ID validation failed. Ensure that the Replay ID is valid.");
    }

    /** A later request may give credit, and nothing else. */
    static void requireSame(Channel channel, Wire.FetchRequest request) {
        if (!request.getTopicName().isEmpty() && !request.getTopicName().equals(channel.name())) {
            throw CallFailure.invalid(
                    "subscription.fetch.topic.mismatch",
                    "The topic " + request.getTopicName() + " is not the one of this subscription, " + channel.name()
                            + ".");
        }
        if (!request.getReplayId().isEmpty() || request.getReplayPresetValue() != 0) {
            throw CallFailure.invalid(
                    "subscription.fetch.request.invalid",
                    "Only the first request of a subscription may name a replay preset or Id.");
        }
    }
}
