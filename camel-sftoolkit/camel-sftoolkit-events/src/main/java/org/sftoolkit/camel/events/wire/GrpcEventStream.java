package org.sftoolkit.camel.events.wire;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.events.EventBus.Start;
import org.sftoolkit.camel.events.EventStream;
import org.sftoolkit.camel.events.wire.proto.ConsumerEvent;
import org.sftoolkit.camel.events.wire.proto.FetchRequest;
import org.sftoolkit.camel.events.wire.proto.FetchResponse;
import org.sftoolkit.camel.events.wire.proto.ReplayPreset;

/** A call of {@code Subscribe}. All that it does happens on its event loop. */
final class GrpcEventStream implements EventStream {

    private final Start start;
    private final Context context;
    private final Listener listener;
    private final Connections connections;
    private GrpcClientRequest<FetchRequest, FetchResponse> request;
    private int unasked;
    private boolean over;

    GrpcEventStream(Start start, Context context, Listener listener, Connections connections) {
        this.start = start;
        this.context = context;
        this.listener = listener;
        this.connections = connections;
    }

    void begin(GrpcClientRequest<FetchRequest, FetchResponse> call, int credit) {
        request = call;
        if (over) {
            call.cancel();
            return;
        }
        connections.add(call.connection(), this);
        call.exceptionHandler(failure -> end(lost(failure)));
        call.response().onSuccess(this::read).onFailure(failure -> end(lost(failure)));
        var first = FetchRequest.newBuilder()
                .setTopicName(start.channel())
                .setReplayPreset(
                        switch (start.preset()) {
                            case LATEST -> ReplayPreset.LATEST;
                            case EARLIEST -> ReplayPreset.EARLIEST;
                            case CUSTOM -> ReplayPreset.CUSTOM;
                        })
                .setNumRequested(credit + unasked);
        unasked = 0;
        if (start.replayId() != null) {
            first.setReplayId(Base64Id.bytes(start.replayId()));
        }
        call.write(first.build());
    }

    void notConnected(SfToolkitException failure) {
        end(failure);
    }

    private void read(GrpcClientResponse<FetchRequest, FetchResponse> response) {
        response.exceptionHandler(failure -> end(lost(failure)));
        response.errorHandler(error -> end(lost(new java.io.IOException("the stream was reset with " + error))));
        response.invalidMessageHandler(failure -> {
            end(lost(failure));
            request.cancel();
        });
        response.endHandler(end -> end(Refusals.of(response, what())));
        response.handler(this::received);
        // an answer that is a refusal has its status in its head
        if (!over && response.headers().get("grpc-status") == null) {
            listener.opened();
        }
    }

    private void received(FetchResponse message) {
        if (over) {
            return;
        }
        listener.received(new Batch(
                message.getEventsList().stream().map(GrpcEventStream::event).toList(),
                Base64Id.of(message.getLatestReplayId()),
                message.getRpcId()));
    }

    private static Received event(ConsumerEvent event) {
        return new Received(
                Base64Id.of(event.getReplayId()),
                event.getEvent().getId(),
                event.getEvent().getSchemaId(),
                event.getEvent().getPayload().toByteArray());
    }

    void goingAway() {
        if (!over) {
            listener.goingAway();
        }
    }

    private String what() {
        return "Subscribe " + start.channel();
    }

    private TransportException lost(Throwable failure) {
        return new TransportException("the stream broke: " + Refusals.text(failure), what(), true, true, failure);
    }

    private void end(SfToolkitException failure) {
        if (leave()) {
            listener.ended(failure);
        }
    }

    private boolean leave() {
        boolean first = !over;
        over = true;
        if (request != null) {
            connections.remove(request.connection(), this);
        }
        return first;
    }

    @Override
    public void request(int events) {
        context.runOnContext(now -> {
            if (!over && request == null) {
                unasked += events;
            } else if (!over) {
                request.write(FetchRequest.newBuilder()
                        .setTopicName(start.channel())
                        .setNumRequested(events)
                        .build());
            }
        });
    }

    @Override
    public Future<Void> ping() {
        Promise<Void> answered = Promise.promise();
        context.runOnContext(now -> {
            if (over || request == null) {
                answered.fail("there is no connection");
            } else {
                request.connection()
                        .ping(Buffer.buffer(new byte[Long.BYTES]))
                        .<Void>mapEmpty()
                        .onComplete(answered);
            }
        });
        return answered.future();
    }

    @Override
    public void close() {
        context.runOnContext(now -> {
            if (leave() && request != null) {
                request.cancel();
            }
        });
    }
}
