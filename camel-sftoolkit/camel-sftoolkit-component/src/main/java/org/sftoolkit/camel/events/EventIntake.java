package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.SfToolkitException;

/**
 * Reads what came on a channel: decodes it and completes it, in its order, and puts it into the queue. All of it on the
 * subscription's loop.
 */
final class EventIntake {

    /** Events that are decoded before others have their turn on the loop. */
    private static final int SLICE = 25;

    private final Channel channel;
    private final Subscription owner;
    private final DeliveryQueue queue;
    private final Deque<HeldEvent> raw = new ArrayDeque<>();
    private final Deque<HeldEvent> decoded = new ArrayDeque<>();
    private boolean decoding;
    private boolean amending;
    private boolean closed;

    EventIntake(Channel channel, Subscription owner, DeliveryQueue queue) {
        this.channel = channel;
        this.owner = owner;
        this.queue = queue;
    }

    /** Whether all that came is in the queue. */
    boolean isEmpty() {
        return raw.isEmpty() && decoded.isEmpty();
    }

    void add(EventStream.Received event) {
        raw.add(new HeldEvent(event));
    }

    /** Drops what is here; what is still asked for counts no more. */
    void close() {
        closed = true;
        raw.clear();
        decoded.clear();
    }

    /** Decodes what came, in its order: what comes behind an event whose schema is still asked for waits. */
    void decode() {
        if (decoding || closed) {
            return;
        }
        for (int i = 0; i < SLICE && !raw.isEmpty(); i++) {
            HeldEvent next = raw.peek();
            BusSession session = channel.session();
            Future<EventSchema> schema = session.call(
                    access -> session.bus().schema(access, next.raw().schemaId()));
            if (!schema.isComplete()) {
                decoding = true;
                schema.onComplete(done -> onLoop(() -> {
                    decoding = false;
                    schemaCame(done.cause());
                }));
                amend();
                return;
            }
            if (schema.failed()) {
                schemaCame(schema.cause());
                return;
            }
            raw.poll();
            read(next, schema.result());
            decoded.add(next);
        }
        if (!raw.isEmpty()) {
            decoding = true;
            onLoop(() -> {
                decoding = false;
                decode();
            });
        }
        amend();
    }

    private void onLoop(Runnable step) {
        channel.loop().execute(() -> {
            if (!closed) {
                step.run();
            }
        });
    }

    private void again(String warning, Throwable failure, Runnable step) {
        channel.warn(warning, failure.getMessage());
        owner.later(owner.settings().pauses().backOff(Subscription.LATE_TRY), () -> {
            if (!closed) {
                step.run();
            }
        });
    }

    private void schemaCame(Throwable failure) {
        if (failure == null) {
            decode();
        } else if (BusSession.isRetryable(failure) || !(failure instanceof SfToolkitException)) {
            decoding = true;
            again("{}: the schema of an event cannot be read, trying again: {}", failure, () -> {
                decoding = false;
                decode();
            });
        } else if (failure instanceof EventBusException refusal && refusal.kind() == EventBusException.Kind.CHANNEL) {
            channel.stream().fail(failure);
        } else {
            HeldEvent next = raw.poll();
            next.unreadable(failure);
            decoded.add(next);
            decode();
        }
    }

    private void read(HeldEvent next, EventSchema schema) {
        try {
            next.events(owner.settings().wanted().of(EventReader.read(channel.name(), next.raw(), schema)));
        } catch (RuntimeException e) {
            next.unreadable(e);
        }
    }

    /** Completes what came without values, or has to have more of them, in batches of all that waits. */
    private void amend() {
        if (amending || decoded.isEmpty()) {
            return;
        }
        List<HeldEvent> batch = List.copyOf(decoded);
        List<List<ChannelEvent>> events = batch.stream().map(HeldEvent::events).toList();
        var amended = owner.settings().amendment().amend(channel.name(), events);
        if (amended == null) {
            decoded.clear();
            batch.forEach(queue::enter);
            owner.dispatch();
            return;
        }
        amending = true;
        amended.onComplete(done -> onLoop(() -> {
            if (done.failed() && BusSession.isRetryable(done.cause())) {
                again("{}: what events do not bring cannot be read, trying again: {}", done.cause(), () -> {
                    amending = false;
                    amend();
                });
                return;
            }
            amending = false;
            for (int i = 0; i < batch.size(); i++) {
                HeldEvent held = decoded.poll();
                if (done.succeeded()) {
                    held.events(done.result().get(i));
                } else if (owner.settings().amendment().concerns(events.get(i))) {
                    held.unreadable(done.cause());
                }
                queue.enter(held);
            }
            owner.dispatch();
            amend();
        }));
    }
}
