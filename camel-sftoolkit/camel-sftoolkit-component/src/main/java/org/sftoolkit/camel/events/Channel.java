package org.sftoolkit.camel.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.concurrent.Executor;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.WatermarkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel of a subscription: its state and position, and what joins its stream to its intake and its queue. All of it on the
 * subscription's loop.
 */
final class Channel {

    private static final Logger LOG = LoggerFactory.getLogger(Channel.class);
    /** Replay ids by which an event is known that comes a second time, over the stream that replaced another. */
    private static final int REMEMBERED = 256;

    private final String name;
    private final Subscription owner;
    private final SubscriptionSettings settings;
    private final ChannelStream stream;
    private final LinkedHashSet<String> seen = new LinkedHashSet<>();
    private DeliveryQueue queue;
    private EventIntake intake;
    private ReplayPosition stored = ReplayPosition.NONE;
    private Instant storedAt;
    private String tenantId;
    private EventBus.Preset preset;
    private String received;
    private boolean everHeard;
    private boolean warnedOfGap;

    Channel(String name, Subscription owner, SubscriptionTime time) {
        this.name = name;
        this.owner = owner;
        this.settings = owner.settings();
        this.preset = settings.replayPreset();
        this.stream = new ChannelStream(this, settings, time);
        begin(ReplayPosition.NONE);
    }

    private void begin(ReplayPosition start) {
        queue = new DeliveryQueue(this, owner, start);
        intake = new EventIntake(this, owner, queue);
        received = start.replayId();
    }

    String name() {
        return name;
    }

    ChannelStream stream() {
        return stream;
    }

    DeliveryQueue queue() {
        return queue;
    }

    BusSession session() {
        return owner.session();
    }

    Executor loop() {
        return owner.loop();
    }

    /** Takes what is stored under its key, null for nothing. Throws {@link WatermarkException} for what is not a position of it. */
    void load(String text, String tenant) {
        tenantId = tenant;
        if (text != null) {
            ReplayPosition.Stored found = ReplayPosition.read(text, name, tenant);
            stored = found.position();
            storedAt = found.stored();
        } else if (settings.replayId() != null) {
            stored = new ReplayPosition(settings.replayId(), null);
        }
        begin(stored);
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
        stream.stop();
        intake.close();
        queue.close();
        seen.clear();
        everHeard = false;
        preset = from;
        stored = ReplayPosition.NONE;
        begin(position);
    }

    /** Goes on elsewhere, since the bus does not hold what follows; what is here is delivered all the same. */
    void goOnAt(EventBus.Preset from) {
        received = null;
        preset = from;
        stream.open();
    }

    /** The position behind all that is done; its replay id is null before the first event. */
    ReplayPosition position() {
        return queue.position();
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

    ChannelStatus status() {
        return new ChannelStatus(
                name,
                stream.state().name(),
                stream.trouble(),
                stream.rpcId(),
                position(),
                storedAt,
                stream.outstanding(),
                queue.unfinished(),
                queue.underWay(),
                Duration.ofNanos(stream.silence()));
    }

    boolean wantsMore() {
        return owner.isRunning();
    }

    void streamOpened() {
        owner.changed();
    }

    void received(EventStream.Batch batch) {
        everHeard = true;
        for (EventStream.Received event : batch.events()) {
            owner.meters().event(name, SubscriptionMeters.Event.RECEIVED);
            if (!seen.add(event.replayId())) {
                owner.meters().event(name, SubscriptionMeters.Event.REPEATED);
                continue;
            }
            forgetOldest();
            intake.add(event);
            queue.expect();
            received = event.replayId();
        }
        if (batch.events().isEmpty() && batch.latest() != null) {
            received = batch.latest();
            if (intake.isEmpty()) {
                queue.pass(new ReplayPosition(batch.latest(), owner.now()));
            }
        }
        owner.changed();
        intake.decode();
    }

    private void forgetOldest() {
        if (seen.size() > REMEMBERED) {
            Iterator<String> oldest = seen.iterator();
            oldest.next();
            oldest.remove();
        }
    }

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

    /** The bus does not hold what follows on the position. */
    void positionLost(EventBusException refusal) {
        if (settings.onGap() == SubscriptionSettings.Gap.FAIL) {
            Instant time = position().time();
            stream.fail(new WatermarkException(
                    name + ": Salesforce does not hold what follows on the position"
                            + (time == null ? "" : " of " + time)
                            + " any more (it keeps events for 72 hours, and a move of the org changes all replay ids)."
                            + " Set the position to EARLIEST, LATEST or a replay id, or set onGap",
                    refusal));
            return;
        }
        warn(
                "{}: Salesforce does not hold what follows on the position any more, going on at {}; events between"
                        + " are lost to this route",
                settings.onGap().name());
        goOnAt(
                settings.onGap() == SubscriptionSettings.Gap.EARLIEST
                        ? EventBus.Preset.EARLIEST
                        : EventBus.Preset.LATEST);
    }

    void failed(Throwable failure) {
        owner.log(() -> LOG.error("{}: the channel is given up, others go on: {}", name, failure.getMessage()));
        owner.changed();
    }

    void warn(String text, String what) {
        owner.log(() -> LOG.warn(text, name, what));
    }
}
