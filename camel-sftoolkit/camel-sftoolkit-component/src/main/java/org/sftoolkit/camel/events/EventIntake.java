package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.UnreadableResponseException;

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
    private final ChannelPosition position;
    private final Deque<HeldEvent> raw = new ArrayDeque<>();
    private final Deque<HeldEvent> decoded = new ArrayDeque<>();
    private boolean decoding;
    private boolean amending;
    private @Nullable Backfill backfill;
    private boolean closed;

    EventIntake(Channel channel, Subscription owner, DeliveryQueue queue, ChannelPosition position) {
        this.position = position;
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
        backfill = null;
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
                complete();
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
        complete();
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

    private void schemaCame(@Nullable Throwable failure) {
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
            SubscriptionSettings.Form form = owner.settings().form();
            List<ChannelEvent> came = EventReader.read(channel.name(), next.raw(), schema);
            Instant time = came.isEmpty() ? null : came.get(0).time();
            if (position.precedes(time)) {
                next.passTo(queue.position());
                return;
            }
            ReplayPosition before = position.anchor(time);
            if (before != null) {
                queue.pass(before);
            }
            List<ChannelEvent> events = form.wanted().of(came);
            if (form.gapEvents() == SubscriptionSettings.GapEvents.FAIL) {
                events.forEach(event -> requireValues(next.raw(), event));
            }
            next.events(events);
        } catch (RuntimeException e) {
            next.unreadable(e);
        }
    }

    private static void requireValues(EventStream.Received raw, ChannelEvent event) {
        if (event.gap() != null) {
            throw new UnreadableResponseException(
                    "the event " + raw.eventId() + " of " + event.channel() + " is a " + event.gap()
                            + ", which brings no values (gapEvents=FAIL): set gapEvents=REPAIR to have them read, or"
                            + " DELIVER to get it as it is",
                    true,
                    Answer.NONE,
                    null);
        }
    }

    /**
     * Records that are read take the next place; what comes behind them waits until all have been read.
     *
     * @param after    the position behind them; null if it stays where it is
     * @param finished hears that all are done
     */
    void backfill(
            StoredRecords.Pages pages,
            String sObject,
            @Nullable String reason,
            @Nullable ReplayPosition after,
            Runnable finished) {
        backfill = new Backfill(
                channel,
                owner,
                queue,
                pages,
                sObject,
                reason,
                after,
                () -> {
                    backfill = null;
                    complete();
                },
                finished);
        backfill.more();
    }

    /** Whether an event names no records, so that the object has to be queried for what changed. */
    private boolean isOfUnnamedRecords(HeldEvent held) {
        return owner.settings().form().gapEvents() == SubscriptionSettings.GapEvents.REPAIR
                && held.events().stream().anyMatch(ChannelEvent::namesNoRecord);
    }

    private void query(HeldEvent held) {
        ChannelEvent gap = held.events().get(0);
        ChangeHeader header = Objects.requireNonNull(gap.header(), "only a change names no record");
        owner.meters().event(channel.name(), SubscriptionMeters.Event.REPAIRED);
        backfill(
                owner.services()
                        .records()
                        .changedSince(
                                header.sObject(),
                                header.commitTime()
                                        .minus(owner.settings().start().lookBack())),
                header.sObject(),
                gap.gap(),
                held.after(),
                queue::replaced);
    }

    /** Completes what came without values, or has to have more of them, in batches of all that waits. */
    private void complete() {
        if (amending || backfill != null || closed || decoded.isEmpty()) {
            return;
        }
        List<HeldEvent> batch =
                decoded.stream().takeWhile(held -> !isOfUnnamedRecords(held)).toList();
        if (batch.isEmpty()) {
            query(decoded.poll());
            return;
        }
        Future<List<List<ChannelEvent>>> completed =
                completed(batch.stream().map(HeldEvent::events).toList());
        if (completed == null) {
            batch.forEach(held -> queue.enter(decoded.poll()));
            entered();
            return;
        }
        amending = true;
        completed.onComplete(done -> onLoop(() -> {
            if (done.failed() && BusSession.isRetryable(done.cause())) {
                again("{}: what events do not bring cannot be read, trying again: {}", done.cause(), () -> {
                    amending = false;
                    complete();
                });
                return;
            }
            amending = false;
            for (int i = 0; i < batch.size(); i++) {
                HeldEvent held = decoded.poll();
                if (done.succeeded()) {
                    if (held.events().stream().anyMatch(ChannelEvent::lacksValues)) {
                        owner.meters().event(channel.name(), SubscriptionMeters.Event.REPAIRED);
                    }
                    held.events(done.result().get(i));
                } else if (owner.services().amendment().concerns(held.events())) {
                    held.unreadable(done.cause());
                }
                queue.enter(held);
            }
            entered();
        }));
    }

    private void entered() {
        owner.dispatch();
        channel.stream().more();
        complete();
    }

    /** Without those that are done already, and completed; null if all stay as they are. */
    private @Nullable Future<List<List<ChannelEvent>>> completed(List<List<ChannelEvent>> events) {
        CompletedEvents known = owner.services().completed();
        Amendment amendment = owner.services().amendment();
        if (known == null) {
            return amendment.amend(channel.name(), events);
        }
        List<String> keys =
                CompletedEvents.keys(events.stream().flatMap(List::stream).toList());
        return known.among(keys).compose(done -> {
            List<List<ChannelEvent>> left = events.stream()
                    .map(some -> some.stream()
                            .filter(event -> !done.contains(CompletedEvents.key(event)))
                            .toList())
                    .toList();
            Future<List<List<ChannelEvent>>> amended = amendment.amend(channel.name(), left);
            return amended == null ? Future.succeededFuture(left) : amended;
        });
    }
}
