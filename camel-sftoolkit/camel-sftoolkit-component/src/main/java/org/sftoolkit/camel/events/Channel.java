package org.sftoolkit.camel.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.poll.DeliveryLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel of a subscription: what came and is not done yet, in the order in which it came, and the position behind what is
 * done. All of it on the subscription's loop.
 */
final class Channel {

    private static final Logger LOG = LoggerFactory.getLogger(Channel.class);
    /** Replay ids by which an event is known that comes a second time, over the stream that replaced another. */
    private static final int REMEMBERED = 256;
    /** Deliveries that are looked at for one that may start: each may wait for another of its key. */
    private static final int LOOKED_AT = 250;
    /** Events that are decoded before others have their turn on the loop. */
    private static final int SLICE = 25;

    /** An event that came and is not done. */
    static final class Held {
        private final EventStream.Received raw;
        private List<ChannelEvent> events = List.of();
        private Throwable unreadable;
        private int left;

        private Held(EventStream.Received raw) {
            this.raw = raw;
        }

        private ReplayPosition after() {
            return new ReplayPosition(
                    raw.replayId(), events.isEmpty() ? null : events.get(0).time());
        }
    }

    private final String name;
    private final Subscription owner;
    private final Subscription.Settings settings;
    private final ChannelStream stream;

    private final Deque<Held> raw = new ArrayDeque<>();
    private final Deque<Held> decoded = new ArrayDeque<>();
    private final Deque<EventDelivery> waiting = new ArrayDeque<>();
    private final LinkedHashSet<String> seen = new LinkedHashSet<>();
    private DeliveryLine<ReplayPosition> line;
    private ReplayPosition stored = ReplayPosition.NONE;
    private Instant storedAt;
    private String tenantId;
    private EventBus.Preset preset;
    private String received;
    private boolean everHeard;
    private boolean warnedOfGap;
    private boolean decoding;
    private boolean amending;
    private int unfinished;
    private int underWay;
    private int troubled;
    private boolean holdsBack;
    private boolean pauses;
    private Duration pause = Duration.ZERO;
    private int round;
    private long orders;

    Channel(String name, Subscription owner, Subscription.Settings settings, Subscription.Time time) {
        this.name = name;
        this.owner = owner;
        this.settings = settings;
        this.preset = settings.replayPreset();
        this.stream = new ChannelStream(this, settings, time);
    }

    String name() {
        return name;
    }

    ChannelStream stream() {
        return stream;
    }

    BusSession session() {
        return owner.session();
    }

    Executor loop() {
        return owner.loop();
    }

    /** Events that came and are not done. */
    int unfinished() {
        return unfinished;
    }

    int underWay() {
        return underWay;
    }

    // ---- where it stands

    /** Takes what is stored under its key, null for nothing. Throws {@link WatermarkException} for what is no position of it. */
    void load(String text, String tenant) {
        tenantId = tenant;
        if (text != null) {
            ReplayPosition.Stored found = ReplayPosition.read(text, name, tenant);
            stored = found.position();
            storedAt = found.stored();
        } else if (settings.replayId() != null) {
            stored = new ReplayPosition(settings.replayId(), null);
        }
        line = new DeliveryLine<>(stored);
        received = stored.replayId();
    }

    /** A token of another org than the position's may come from a bean that serves tokens. */
    void requireOrg(String tenant) {
        if (!tenant.equals(tenantId)) {
            stream.fail(new WatermarkException(
                    "the position of " + name + " belongs to the org " + tenantId + ", and the token is of the org "
                            + tenant + ": give each org a connection of its own",
                    null));
        }
    }

    EventBus.Start start() {
        return received == null
                ? new EventBus.Start(name, preset, null)
                : new EventBus.Start(name, EventBus.Preset.CUSTOM, received);
    }

    /** Begins anew at a place that was set, or that takes the place of a lost one; what is here and not under way is dropped. */
    void beginAt(EventBus.Preset from, ReplayPosition position) {
        round++;
        stream.stop();
        raw.clear();
        decoded.clear();
        waiting.clear();
        seen.clear();
        unfinished = 0;
        underWay = 0;
        holdsBack = false;
        pauses = false;
        decoding = false;
        amending = false;
        everHeard = false;
        preset = from;
        line = new DeliveryLine<>(position);
        received = position.replayId();
        stored = ReplayPosition.NONE;
        troubled = 0;
    }

    /** Goes on elsewhere, since the bus does not hold what follows; what is here is delivered all the same. */
    void goOnAt(EventBus.Preset from) {
        received = null;
        preset = from;
        stream.open();
    }

    /** The position behind all that is done; its replay id is null before the first event. */
    ReplayPosition position() {
        return line == null ? ReplayPosition.NONE : line.position();
    }

    Instant storedAt() {
        return storedAt;
    }

    String tenantId() {
        return tenantId;
    }

    /** The text to store; null if there is nothing new. */
    String unsaved(Instant now) {
        ReplayPosition at = position();
        return at.replayId() == null || at.replayId().equals(stored.replayId()) ? null : at.text(name, tenantId, now);
    }

    void saved(ReplayPosition position, Instant now) {
        stored = position;
        storedAt = now;
    }

    /** For consoles. */
    Subscription.Status status() {
        return new Subscription.Status(
                name,
                stream.state().name(),
                stream.trouble(),
                stream.rpcId(),
                position(),
                storedAt,
                stream.outstanding(),
                unfinished,
                underWay,
                Duration.ofNanos(stream.silence()));
    }

    // ---- what comes

    boolean wantsMore() {
        return owner.isRunning();
    }

    void streamOpened() {
        owner.changed();
    }

    void received(EventStream.Batch batch) {
        everHeard = true;
        for (EventStream.Received event : batch.events()) {
            owner.meters().event(name, Subscription.Meters.Event.RECEIVED);
            if (!seen.add(event.replayId())) {
                owner.meters().event(name, Subscription.Meters.Event.REPEATED);
                continue;
            }
            forgetOldest();
            raw.add(new Held(event));
            unfinished++;
            received = event.replayId();
        }
        if (batch.events().isEmpty() && batch.latest() != null) {
            received = batch.latest();
            if (raw.isEmpty() && decoded.isEmpty()) {
                line.pass(new ReplayPosition(batch.latest(), owner.now()));
                owner.moved();
            }
        }
        owner.changed();
        decode();
    }

    private void forgetOldest() {
        if (seen.size() > REMEMBERED) {
            Iterator<String> oldest = seen.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Decodes what came, in its order: what comes behind an event whose schema is still asked for waits. */
    private void decode() {
        if (decoding) {
            return;
        }
        int mine = round;
        for (int i = 0; i < SLICE && !raw.isEmpty(); i++) {
            Held next = raw.peek();
            var schema = session().call(access -> session().bus().schema(access, next.raw.schemaId()));
            if (!schema.isComplete()) {
                decoding = true;
                schema.onComplete(done -> loop().execute(() -> {
                    if (mine == round) {
                        decoding = false;
                        schemaCame(done.cause());
                    }
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
            loop().execute(() -> {
                if (mine == round) {
                    decoding = false;
                    decode();
                }
            });
        }
        amend();
    }

    private void schemaCame(Throwable failure) {
        if (failure == null) {
            decode();
        } else if (BusSession.isRetryable(failure)
                || !(failure instanceof org.sftoolkit.camel.error.SfToolkitException)) {
            decoding = true;
            int mine = round;
            warn("{}: the schema of an event cannot be read, trying again: {}", failure.getMessage());
            owner.later(settings.pauses().backOff(Subscription.LATE_TRY), () -> {
                if (mine == round) {
                    decoding = false;
                    decode();
                }
            });
        } else if (failure instanceof EventBusException refusal && refusal.kind() == EventBusException.Kind.CHANNEL) {
            stream.fail(failure);
        } else {
            Held next = raw.poll();
            next.unreadable = failure;
            decoded.add(next);
            decode();
        }
    }

    private void read(Held next, EventSchema schema) {
        try {
            next.events = settings.wanted().of(EventReader.read(name, next.raw, schema));
        } catch (RuntimeException e) {
            next.unreadable = e;
        }
    }

    /** Completes what came without values, or has to have more of them, in batches of all that waits. */
    private void amend() {
        if (amending || decoded.isEmpty()) {
            return;
        }
        List<Held> batch = List.copyOf(decoded);
        List<List<ChannelEvent>> events =
                batch.stream().map(held -> held.events).toList();
        var amended = settings.amendment().amend(name, events);
        if (amended == null) {
            decoded.clear();
            batch.forEach(this::enter);
            owner.dispatch();
            return;
        }
        amending = true;
        int mine = round;
        amended.onComplete(done -> loop().execute(() -> {
            if (mine != round) {
                return;
            }
            if (done.failed() && BusSession.isRetryable(done.cause())) {
                warn(
                        "{}: what events do not bring cannot be read, trying again: {}",
                        done.cause().getMessage());
                owner.later(settings.pauses().backOff(Subscription.LATE_TRY), () -> {
                    if (mine == round) {
                        amending = false;
                        amend();
                    }
                });
                return;
            }
            amending = false;
            for (int i = 0; i < batch.size(); i++) {
                Held held = decoded.poll();
                if (done.succeeded()) {
                    held.events = done.result().get(i);
                } else if (settings.amendment().concerns(events.get(i))) {
                    held.unreadable = done.cause();
                }
                enter(held);
            }
            owner.dispatch();
            amend();
        }));
    }

    /** Puts an event into the line: the position passes it when all its deliveries are done. */
    private void enter(Held held) {
        if (held.unreadable != null) {
            held.left = 1;
            add(held, List.of(), held.after(), 0, 1);
            return;
        }
        if (held.events.isEmpty()) {
            unfinished--;
            owner.meters().event(name, Subscription.Meters.Event.SKIPPED);
            line.pass(held.after());
            owner.moved();
            return;
        }
        held.left = held.events.size();
        for (int i = 0; i < held.events.size(); i++) {
            boolean last = i == held.events.size() - 1;
            add(held, List.of(held.events.get(i)), last ? held.after() : null, i, held.events.size());
        }
    }

    /** @param after null for a delivery behind which the position stays where it is */
    private void add(Held held, List<ChannelEvent> events, ReplayPosition after, int index, int size) {
        var entry = line.open();
        if (after != null) {
            line.add(held.raw.replayId() + '#' + index, index, after);
        }
        line.close(entry);
        String key = held.unreadable != null || events.isEmpty()
                ? settings.orderKey().ofChannel(name)
                : settings.orderKey().of(events.get(0));
        waiting.add(new EventDelivery(this, held, entry, events, held.unreadable, key, index, size));
    }

    // ---- what goes to the route

    /**
     * The next delivery that may start: none of its key is under way, and so none of its key waits before it. As long as one that
     * failed is not done, nothing else starts.
     */
    EventDelivery next(Set<String> busy) {
        if (holdsBack || waiting.isEmpty()) {
            return null;
        }
        int looked = 0;
        for (Iterator<EventDelivery> all = waiting.iterator(); all.hasNext() && looked < LOOKED_AT; looked++) {
            EventDelivery delivery = all.next();
            if (troubled > 0 && delivery.failures() == 0) {
                continue;
            }
            if (delivery.key() == null || !busy.contains(delivery.key())) {
                all.remove();
                underWay++;
                return delivery;
            }
        }
        return null;
    }

    /** A delivery has ended well, or is passed over. */
    void done(EventDelivery delivery) {
        underWay--;
        troubled -= delivery.failures() > 0 ? 1 : 0;
        line.done(delivery.entry());
        if (--delivery.held().left == 0) {
            unfinished--;
        }
        resumeIfSettled();
        stream.more();
    }

    /** A delivery has failed and comes again: first what is under way ends, then a growing time passes. */
    void failed(EventDelivery delivery) {
        underWay--;
        troubled += delivery.failures() == 0 ? 1 : 0;
        delivery.failedOnce();
        back(delivery);
        holdsBack = true;
        pause = settings.pauses().backOff(delivery.failures());
        resumeIfSettled();
    }

    private void resumeIfSettled() {
        if (!holdsBack || pauses || underWay > 0) {
            return;
        }
        pauses = true;
        int mine = round;
        owner.later(pause, () -> {
            if (mine == round) {
                pauses = false;
                holdsBack = false;
                owner.dispatch();
            }
        });
    }

    /** Back to its place, which is before all that came later. */
    private void back(EventDelivery delivery) {
        var later = new ArrayList<EventDelivery>();
        var before = new ArrayList<EventDelivery>();
        for (EventDelivery other : waiting) {
            (other.order() < delivery.order() ? before : later).add(other);
        }
        waiting.clear();
        waiting.addAll(before);
        waiting.add(delivery);
        waiting.addAll(later);
    }

    int round() {
        return round;
    }

    long nextOrder() {
        return ++orders;
    }

    // ---- what the stream tells

    void reconnected(String code) {
        owner.meters().reconnected(name, code);
        if (!everHeard
                && received == null
                && preset == EventBus.Preset.LATEST
                && !warnedOfGap
                && !code.equals("GOAWAY")) {
            warnedOfGap = true;
            warn(
                    "{}: the stream broke before its first answer, and no position is stored: what came meanwhile is"
                            + " missed ({}). Set watermarkFile or watermarkStore, or begin with replayPreset=EARLIEST",
                    code);
        }
        owner.changed();
    }

    boolean isFatal(Throwable failure) {
        return failure instanceof WatermarkException;
    }

    void positionLost(EventBusException refusal) {
        owner.positionLost(this, refusal);
    }

    void failed(Throwable failure) {
        owner.log(() -> LOG.error("{}: the channel is given up, others go on: {}", name, failure.getMessage()));
        owner.changed();
    }

    void warn(String text, String what) {
        owner.log(() -> LOG.warn(text, name, what));
    }
}
