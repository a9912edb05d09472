package org.sftoolkit.camel.events;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
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
    /** How long a load waits for the first answer of a stream that is open, by which Salesforce surely follows the channel. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

    private final String name;
    private final Subscription owner;
    private final SubscriptionSettings settings;
    private final ChannelStream stream;
    private final SeenEvents seen = new SeenEvents();
    private DeliveryQueue queue;
    private EventIntake intake;
    private @Nullable RecordLoad load;
    private final ChannelPosition position;
    private EventBus.Preset preset;
    private @Nullable String received;
    private boolean everHeard;
    private boolean warnedOfGap;

    Channel(String name, Subscription owner, SubscriptionTime time) {
        this.name = name;
        this.owner = owner;
        this.settings = owner.settings();
        this.position = new ChannelPosition(name);
        this.stream = new ChannelStream(this, settings, time);
        begin(ReplayPosition.NONE);
    }

    private void begin(ReplayPosition start) {
        queue = new DeliveryQueue(this, owner, start);
        intake = new EventIntake(this, owner, queue, position);
        position.begin(start);
        received = start.replayId();
        preset = start.preset() == null ? settings.start().preset() : start.preset();
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

    /** Reads where it stands, and opens its stream there. */
    void load() {
        if (!owner.isRunning()) {
            return;
        }
        session()
                .access()
                .compose(access -> owner.services().positions().load(name).map(text -> {
                    load(text, access.tenantId());
                    return null;
                }))
                .onComplete(done -> loop().execute(() -> {
                    if (!owner.isRunning()) {
                        return;
                    }
                    if (done.succeeded() && position.isTooOld(owner.now())) {
                        positionLost(null);
                    } else if (done.succeeded()) {
                        stream.open();
                    } else if (done.cause() instanceof WatermarkException) {
                        stream.fail(done.cause());
                    } else {
                        warn("{}: cannot begin, trying again: {}", done.cause().getMessage());
                        owner.later(settings.pauses().backOff(Subscription.LATE_TRY), this::load);
                    }
                    owner.changed();
                }));
    }

    /** Throws {@link WatermarkException} for what is not a position of it. */
    private void load(@Nullable String text, String tenant) {
        boolean nowhere = position.read(text, tenant) && settings.start().replayId() == null;
        String object = ChannelName.object(name);
        if (nowhere && settings.start().load() && object != null) {
            load = new RecordLoad(object, null, null);
        }
        begin(
                position.isKnown() || settings.start().replayId() == null
                        ? position.begun()
                        : new ReplayPosition(settings.start().replayId(), null));
        preset = load == null ? preset : EventBus.Preset.LATEST;
    }

    /** A token of another org than the position's may come from a bean that serves tokens. */
    void requireOrg(String tenant) {
        if (!tenant.equals(position.tenantId())) {
            stream.fail(position.ofAnotherOrg(tenant));
        }
    }

    /** Where its stream is to be opened now. */
    EventBus.Start beginning() {
        if (load != null && load.hasBegun() && received == null) {
            // what came since the load began is not known to come: everything is read again
            beginAgain();
            goOnAt(EventBus.Preset.LATEST);
            load = load.anew();
        }
        if (received != null) {
            return new EventBus.Start(name, EventBus.Preset.CUSTOM, received);
        }
        position.awaitFirst(load == null && preset == EventBus.Preset.LATEST);
        return new EventBus.Start(name, preset, null);
    }

    /** Begins anew at a place that was set; what is here and not under way is dropped. */
    void beginAt(ReplayPosition place) {
        stream.stop();
        drop();
        seen.clear();
        everHeard = false;
        load = null;
        position.set(place);
        begin(place);
    }

    private void beginAgain() {
        drop();
        begin(queue.position());
    }

    private void drop() {
        intake.close();
        queue.close();
    }

    /** Goes on elsewhere, since the bus does not hold what follows; what is here is delivered all the same. */
    private void goOnAt(EventBus.Preset from) {
        received = null;
        preset = from;
    }

    /** The position behind all that is done; its replay id is null before the first event. */
    ReplayPosition position() {
        return queue.position();
    }

    @Nullable
    String tenantId() {
        return position.tenantId();
    }

    @Nullable
    String unsaved(Instant now) {
        return position.unsaved(position(), now);
    }

    ChannelPosition kept() {
        return position;
    }

    ChannelStatus status() {
        return new ChannelStatus(
                name,
                stream.state().name(),
                stream.trouble(),
                stream.rpcId(),
                position(),
                position.storedAt(),
                stream.outstanding(),
                queue.unfinished(),
                queue.underWay(),
                Duration.ofNanos(stream.silence()));
    }

    void changed() {
        owner.changed();
    }

    boolean wantsMore() {
        return owner.isRunning();
    }

    void streamOpened() {
        if (load != null && !load.hasBegun()) {
            RecordLoad waiting = load;
            owner.later(FIRST_ANSWER, () -> {
                if (waiting == load) {
                    beginLoad();
                }
            });
        }
    }

    private void beginLoad() {
        if (load != null && !load.hasBegun()) {
            load.begin(owner.services().records(), intake, () -> load = received == null ? load : null);
        }
    }

    void received(EventStream.Batch batch) {
        everHeard = true;
        beginLoad();
        for (EventStream.Received event : batch.events()) {
            owner.meters().event(name, SubscriptionMeters.Event.RECEIVED);
            if (seen.isNew(event.replayId())) {
                intake.add(event);
                queue.expect();
                received = event.replayId();
            } else {
                owner.meters().event(name, SubscriptionMeters.Event.REPEATED);
            }
        }
        if (batch.events().isEmpty() && batch.latest() != null) {
            received = batch.latest();
            if (intake.isEmpty()) {
                position.awaitFirst(false);
                queue.pass(new ReplayPosition(batch.latest(), owner.now()));
            }
        }
        load = load == null || load.isFinished() ? null : load;
        owner.changed();
        intake.decode();
    }

    void reconnected(String code) {
        owner.meters().reconnected(name, code);
        boolean unanchored = !everHeard && received == null && load == null && preset == EventBus.Preset.LATEST;
        if (unanchored && !warnedOfGap && !code.equals("GOAWAY")) {
            warnedOfGap = true;
            warn(
                    "{}: the stream broke before its first answer, and no position is stored: what came meanwhile is"
                            + " missed ({}). Set watermarkFile or watermarkStore, or begin with replayPreset=EARLIEST",
                    code);
        }
    }

    /** The bus does not hold what follows on the position. */
    void positionLost(@Nullable EventBusException refusal) {
        Instant time =
                position().time() == null ? position.storedAt() : position().time();
        SubscriptionSettings.Gap onGap = settings.start().onGap();
        String object = ChannelName.object(name);
        String lost = "Salesforce does not hold what follows on the position" + (time == null ? "" : " of " + time)
                + " any more";
        if (onGap == SubscriptionSettings.Gap.RESYNC && time != null && object != null) {
            warn("{}: {}", lost + ": what changed since is read from the org");
            Instant since = load == null ? time.minus(settings.start().lookBack()) : load.since();
            if (load != null) {
                beginAgain();
            }
            load = new RecordLoad(object, since, onGap.name());
            goOnAt(EventBus.Preset.LATEST);
        } else if (onGap == SubscriptionSettings.Gap.FAIL || onGap == SubscriptionSettings.Gap.RESYNC) {
            stream.fail(new WatermarkException(
                    name + ": " + lost
                            + " (it keeps events for 72 hours, and a move of the org changes all replay ids)."
                            + (onGap == SubscriptionSettings.Gap.FAIL
                                    ? ""
                                    : " Nobody knows when the position was, or which object's.")
                            + " Set the position to EARLIEST, LATEST or a replay id, or set onGap",
                    refusal));
            return;
        } else {
            warn("{}: {}", lost + ", going on at " + onGap + "; events between are lost to this route");
            goOnAt(EventBus.Preset.valueOf(onGap.name()));
        }
        stream.open();
    }

    void failed(Throwable failure) {
        owner.log(() -> LOG.error("{}: the channel is given up, others go on: {}", name, failure.getMessage()));
    }

    void warn(String text, @Nullable String what) {
        owner.log(() -> LOG.warn(text, name, what));
    }
}
