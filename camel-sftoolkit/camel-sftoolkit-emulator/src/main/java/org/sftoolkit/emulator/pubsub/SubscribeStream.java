package org.sftoolkit.emulator.pubsub;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.sftoolkit.emulator.events.Channel;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.events.EventMessage;
import org.sftoolkit.emulator.events.Subscription;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.pubsub.wire.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open {@code Subscribe} (Pub/Sub API Guide: "Subscribe RPC Method"). The client grants credit by its requests; as long as there
 * is some, events go out as they come, and after a silence an empty response. Lives on the event loop of its connection; other
 * threads may {@link #wake()} it and ask for its {@link #state()}.
 */
final class SubscribeStream implements EventBus.Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(SubscribeStream.class);
    private static final int MOST_CREDIT = 100;
    /** So that a response stays below what clients take. */
    private static final int LARGEST_RESPONSE = 3 << 20;

    private final Call call;
    private final EventBus bus;
    private final CallFaults faults;
    private final Clock clock;
    private final Consumer<SubscribeStream> ended;
    private final Instant since;

    /** Null until the first request. */
    private volatile Channel channel;

    private volatile long position;
    private volatile int credit;
    private volatile long delivered;
    private volatile Instant lastResponse;
    /** What ends the stream when so many events have been sent; or null. */
    private EventFault fault;

    private int eventsToFault;
    /** Whether a fault holds back the next event. */
    private boolean delayed;

    SubscribeStream(Call call, EventBus bus, CallFaults faults, Clock clock, Consumer<SubscribeStream> ended) {
        this.call = call;
        this.bus = bus;
        this.faults = faults;
        this.clock = clock;
        this.ended = ended;
        this.since = clock.instant();
        this.lastResponse = since;
    }

    void begin(GrpcServerRequest<Buffer, Buffer> request) {
        request.response().exceptionHandler(e -> gone());
        request.exceptionHandler(e -> gone());
        request.endHandler(end -> finish());
        request.handler(message -> guarded(() -> {
            Wire.FetchRequest fetch = Call.parsed(Wire.FetchRequest.parser(), message);
            if (channel != null) {
                fetch(fetch);
                return;
            }
            request.pause();
            call.about(fetch.getTopicName());
            faults.around(
                    call,
                    fetch.getTopicName(),
                    ending -> guarded(() -> {
                        end(ending);
                        fetch(fetch);
                        request.resume();
                    }));
            if (call.ended()) {
                over();
            }
        }));
        call.onDrain(() -> guarded(this::pump));
    }

    private void guarded(Runnable work) {
        try {
            if (!call.ended()) {
                work.run();
            }
        } catch (CallFailure e) {
            fail(e);
        } catch (RuntimeException e) {
            LOG.error("A subscription failed because of an error in the emulator", e);
            fail(CallFailure.withoutCode(GrpcStatus.INTERNAL, "An error occurred in the emulator: " + e));
        }
    }

    private void fetch(Wire.FetchRequest request) {
        FetchRules.requireCredit(request);
        if (channel == null) {
            open(request);
        } else {
            FetchRules.requireSame(channel, request);
        }
        credit = Math.min(MOST_CREDIT, credit + Math.min(MOST_CREDIT, request.getNumRequested()));
        pump();
    }

    private void open(Wire.FetchRequest request) {
        Channel found = FetchRules.channel(bus, request.getTopicName());
        position = FetchRules.position(bus, request);
        channel = found;
        bus.open(this);
        call.succeeded(0);
    }

    /** Sends what there is, as far as credit and connection allow. */
    private void pump() {
        while (channel != null && !delayed && !call.ended() && !call.isMuted()) {
            if (struck() || credit == 0 || call.isFull()) {
                return;
            }
            if (bus.hasLost(channel, position)) {
                throw FetchRules.corrupted();
            }
            EventBus.Messages messages =
                    bus.read(channel, position, fault == null ? credit : Math.min(credit, eventsToFault));
            if (messages.list().isEmpty()) {
                position = messages.end();
                return;
            }
            send(messages.list());
        }
    }

    /** Is to be ended by a fault, or not for null. */
    private void end(EventFault by) {
        fault = by;
        eventsToFault = by == null ? 0 : CallFaults.events(by);
    }

    /** Ends the stream if that is due by a fault. */
    private boolean struck() {
        if (fault == null) {
            end(faults.ofStream(call, channel.name()).orElse(null));
        }
        if (fault == null || eventsToFault > 0) {
            return false;
        }
        EventFault now = fault;
        fault = null;
        CallFaults.end(call, now);
        if (call.ended()) {
            over();
        }
        return call.ended() || call.isMuted();
    }

    private void send(List<EventMessage> messages) {
        Wire.FetchResponse.Builder response = Wire.FetchResponse.newBuilder();
        int size = 0;
        int sent = 0;
        for (EventMessage message : messages) {
            EventFault ofEvent = faults.ofEvent(call, channel.name()).orElse(null);
            if (ofEvent instanceof EventFault.DelayEvent delay) {
                delay(delay);
                break;
            }
            size += message.payload().length;
            if (sent > 0 && size > LARGEST_RESPONSE || bus.takeDeliveries(1) == 0) {
                break;
            }
            position = message.number();
            sent++;
            EventWriter.add(response, message, ofEvent);
        }
        if (sent == 0 && delayed) {
            return;
        }
        if (sent == 0) {
            throw CallFailure.of(
                    GrpcStatus.RESOURCE_EXHAUSTED,
                    "subscription.limit.exceeded",
                    "You have exceeded the event delivery limit for your org.");
        }
        eventsToFault -= sent;
        credit -= sent;
        delivered += sent;
        respond(response.setLatestReplayId(
                ByteString.copyFrom(messages.get(sent - 1).replayId())));
    }

    private void delay(EventFault.DelayEvent fault) {
        delayed = true;
        call.context()
                .owner()
                .setTimer(
                        Math.max(1, fault.time().toMillis()),
                        timer -> guarded(() -> {
                            delayed = false;
                            pump();
                        }));
    }

    private void respond(Wire.FetchResponse.Builder response) {
        lastResponse = clock.instant();
        call.send(response.setRpcId(call.rpcId()).setPendingNumRequested(credit).build());
    }

    /**
     * Looks at the clock; on any thread.
     *
     * @param faulty whether a fault may be meant for it
     */
    void tick(boolean faulty) {
        if (channel == null) {
            return;
        }
        if (faulty) {
            wake();
        }
        Duration limit = limit();
        if (!lastResponse.plus(limit).isAfter(clock.instant())) {
            call.context().runOnContext(now -> guarded(this::afterSilence));
        }
    }

    private Duration limit() {
        return credit > 0 ? bus.settings().keepAlive() : bus.settings().patience();
    }

    private void afterSilence() {
        Duration limit = limit();
        if (lastResponse.plus(limit).isAfter(clock.instant())) {
            return;
        }
        if (credit == 0) {
            finish();
            return;
        }
        long latest = bus.latest();
        pump();
        if (!lastResponse.plus(limit).isAfter(clock.instant()) && !call.ended() && !call.isFull()) {
            position = latest;
            respond(Wire.FetchResponse.newBuilder()
                    .setLatestReplayId(ByteString.copyFrom(EventBus.replayId(position))));
        }
    }

    @Override
    public void wake() {
        call.context().runOnContext(now -> guarded(this::pump));
    }

    @Override
    public Subscription state() {
        return new Subscription(
                channel.name(),
                credit,
                Base64.getEncoder().encodeToString(EventBus.replayId(position)),
                delivered,
                since);
    }

    /** Ends the stream because the emulator ends; on any thread. */
    void shutDown(CallFailure failure) {
        call.context().runOnContext(now -> fail(failure));
    }

    private void fail(CallFailure failure) {
        call.fail(failure);
        over();
    }

    private void finish() {
        call.end();
        over();
    }

    private void gone() {
        call.gone();
        over();
    }

    private void over() {
        bus.close(this);
        ended.accept(this);
    }
}
