package org.sftoolkit.emulator.pubsub;

import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.sftoolkit.emulator.pubsub.wire.Wire;

/**
 * An open {@code PublishStream}: answers each request in order, and ends when it has been idle for long. Lives on the event loop
 * of its connection.
 */
final class PublishStream {

    /** Pub/Sub API Guide, "Error Codes": {@code publish.stream.sweeper.timeout}. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(1_800);

    private final Call call;
    private final Publisher publisher;
    private final CallFaults faults;
    private final Clock clock;
    private final Consumer<PublishStream> ended;
    private volatile Instant lastRequest;
    /** Null until the first request. */
    private String topic;

    PublishStream(Call call, Publisher publisher, CallFaults faults, Clock clock, Consumer<PublishStream> ended) {
        this.call = call;
        this.publisher = publisher;
        this.faults = faults;
        this.clock = clock;
        this.ended = ended;
        this.lastRequest = clock.instant();
    }

    void begin(GrpcServerRequest<Buffer, Buffer> request) {
        request.response().exceptionHandler(e -> gone());
        request.exceptionHandler(e -> gone());
        request.endHandler(end -> {
            call.end();
            ended.accept(this);
        });
        call.onDrain(request::resume);
        request.handler(message -> {
            call.guarded(() -> answer(Call.parsed(Wire.PublishRequest.parser(), message)));
            if (call.ended()) {
                ended.accept(this);
            } else if (call.isFull()) {
                request.pause();
            }
        });
    }

    private void answer(Wire.PublishRequest request) {
        lastRequest = clock.instant();
        if (topic == null) {
            topic = request.getTopicName();
            call.about(topic);
        }
        if (!request.getTopicName().isEmpty() && !request.getTopicName().equals(topic)) {
            throw CallFailure.invalid(
                    "publish.topic.mismatch",
                    "The topic " + request.getTopicName() + " is not the one of this stream, " + topic + ".");
        }
        Wire.PublishRequest named = request.toBuilder().setTopicName(topic).build();
        faults.answer(call, topic, () -> call.send(publisher.response(call, named)));
    }

    /** Looks at the clock; on any thread. */
    void tick() {
        if (!lastRequest.plus(LONGEST_IDLE).isAfter(clock.instant())) {
            fail(CallFailure.of(
                    GrpcStatus.INVALID_ARGUMENT,
                    "publish.stream.sweeper.timeout",
                    "The publish stream was idle for too long."));
        }
    }

    /** Ends the stream; on any thread. */
    void fail(CallFailure failure) {
        call.context().runOnContext(now -> {
            call.fail(failure);
            ended.accept(this);
        });
    }

    private void gone() {
        call.gone();
        ended.accept(this);
    }
}
