package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.poll.Alarm;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.RetryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one or several channels: gives out what comes as deliveries, asks for as many events as there are free places, and
 * moves each channel's position behind the deliveries that have ended. Waits for nothing; all of its methods may be called by any
 * thread, and what they cause happens on one loop.
 */
public final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private static final long SHOWN_NANOS = 100_000_000;
    /** The back-off of a try that comes after the client's own. */
    static final int LATE_TRY = 5;

    /** Hands deliveries to a route; is called on the loop and must not hold it. */
    public interface Route {

        /** Begins a delivery, which ends with {@link Subscription#ack}. */
        void deliver(EventDelivery delivery);
    }

    /** Where positions are kept: texts by key. */
    public interface Positions {

        /** The text under the key of a channel; null if there is none. */
        Future<String> load(String channel);

        /** Puts a text under the key of a channel. */
        Future<Void> save(String channel, String text);
    }

    /** Counts. Called on the loop. */
    public interface Meters {

        /** Counts nothing. */
        Meters NONE = new Meters() {};

        /** What becomes of events and deliveries. */
        enum Event {
            /** An event came. */
            RECEIVED,
            /** An event came that had come before, and was dropped. */
            REPEATED,
            /** An event came of which the route is to get nothing. */
            SKIPPED,
            /** A delivery went to the route. */
            DELIVERED,
            /** A delivery ended well. */
            COMPLETED,
            /** A delivery failed. */
            FAILED,
            /** The values of an event were read anew. */
            REPAIRED
        }

        /** Something became of an event. */
        default void event(String channel, Event what) {}

        /** The stream ended and is opened again; the reason is Salesforce's code, or a word of ours. */
        default void reconnected(String channel, String code) {}
    }

    /** What to do if the bus does not hold what follows on a position any more. */
    public enum Gap {
        /** The channel stops until its position is set. */
        FAIL,
        /** It goes on with the oldest event that is there. */
        EARLIEST,
        /** It goes on with what comes from now on. */
        LATEST
    }

    /**
     * How events are delivered.
     *
     * @param replayPreset   where a channel begins that has no position
     * @param replayId       in Base64, after which it begins instead; null for none
     * @param maxInFlight    deliveries under way at a time, of all channels
     * @param prefetch       events of a channel that are asked for, waiting or under way, 1 to 100
     * @param skipFailures   whether a delivery that failed counts as done
     * @param onGap          what to do about a position that is lost
     * @param orderKey       what must not overlap
     * @param wanted         what is delivered
     * @param amendment      completes events
     * @param commitInterval how often positions are stored; zero for each time they move
     * @param keepAlive      silence after which a stream is taken for dead
     * @param pauses         before further tries
     */
    public record Settings(
            EventBus.Preset replayPreset,
            String replayId,
            int maxInFlight,
            int prefetch,
            boolean skipFailures,
            Gap onGap,
            OrderKey orderKey,
            Wanted wanted,
            Amendment amendment,
            Duration commitInterval,
            Duration keepAlive,
            RetryPolicy pauses) {}

    /**
     * Time.
     *
     * @param elapsed in nanoseconds
     * @param clock   of this machine
     */
    public record Time(LongSupplier elapsed, InstantSource clock, Alarm alarm) {

        long nanos() {
            return elapsed.getAsLong();
        }

        Runnable in(Duration wait, Runnable ring) {
            return alarm.in(wait, ring);
        }
    }

    /**
     * A channel as consoles show it.
     *
     * @param trouble    why nothing comes; null if nothing is wrong
     * @param rpcId      of the last answer; empty for none
     * @param position   behind what is done
     * @param storedAt   when the position was stored; null if it is not
     * @param credit     events that were asked for and have not come
     * @param held       events that came and are not done, those under way included
     * @param underWay   deliveries
     * @param heardSince time since the last sign of life
     */
    public record Status(
            String channel,
            String state,
            Throwable trouble,
            String rpcId,
            ReplayPosition position,
            Instant storedAt,
            int credit,
            int held,
            int underWay,
            Duration heardSince) {}

    private final BusSession session;
    private final Positions positions;
    private final Route route;
    private final Settings settings;
    private final Time time;
    private final Meters meters;
    private final Executor loop;
    private final LogContext context;
    private final List<Channel> channels = new ArrayList<>();
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Future<Void>> writes = new HashMap<>();
    private final List<Promise<Void>> settled = new ArrayList<>();
    private volatile List<Status> status = List.of();
    private int underWay;
    private int nextChannel;
    private boolean running;
    private boolean closed;
    private boolean commitArmed;
    private boolean showArmed;
    private long shownAt;

    /**
     * @param names   of the channels
     * @param loop    runs one step after the other, never within the call that asks for it
     * @param context what log lines belong to
     */
    public Subscription(
            List<String> names,
            BusSession session,
            Positions positions,
            Route route,
            Settings settings,
            Time time,
            Meters meters,
            Executor loop,
            LogContext context) {
        this.session = session;
        this.positions = positions;
        this.route = route;
        this.settings = settings;
        this.time = time;
        this.meters = meters;
        this.loop = loop;
        this.context = context;
        names.forEach(name -> channels.add(new Channel(name, this, settings, time)));
        show();
    }

    /** Begins. */
    public void start() {
        loop.execute(() -> {
            running = true;
            channels.forEach(this::begin);
        });
    }

    private void begin(Channel channel) {
        if (!running || closed) {
            return;
        }
        session.access()
                .compose(access -> positions.load(channel.name()).map(text -> {
                    channel.load(text, access.tenantId());
                    return null;
                }))
                .onComplete(done -> loop.execute(() -> {
                    if (closed || !running) {
                        return;
                    }
                    if (done.succeeded()) {
                        channel.stream().open();
                    } else if (done.cause() instanceof WatermarkException) {
                        channel.stream().fail(done.cause());
                    } else {
                        channel.warn(
                                "{}: cannot begin, trying again: {}",
                                done.cause().getMessage());
                        later(settings.pauses().backOff(LATE_TRY), () -> begin(channel));
                    }
                    changed();
                }));
    }

    /** Takes no more for now: what is under way ends, what has not been delivered waits. */
    public void suspend() {
        loop.execute(() -> {
            running = false;
            channels.forEach(channel -> {
                if (channel.stream().state() != ChannelStream.State.FAILED) {
                    channel.stream().park();
                }
            });
            commit();
            changed();
        });
    }

    /** Goes on after {@link #suspend}. */
    public void resume() {
        loop.execute(() -> {
            running = true;
            channels.forEach(channel -> {
                if (channel.tenantId() == null) {
                    begin(channel);
                } else if (channel.stream().state() != ChannelStream.State.FAILED) {
                    channel.stream().open();
                }
            });
            dispatch();
        });
    }

    /** Ends: stores where it stands, and nothing afterwards. What is still under way comes again with the next subscription. */
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        loop.execute(() -> {
            running = false;
            channels.forEach(channel -> channel.stream().stop());
            Future<Void> written = commit();
            closed = true;
            show();
            written.onComplete(stopped);
        });
        return stopped.future();
    }

    /** Completes when no delivery is under way. */
    public Future<Void> settled() {
        Promise<Void> end = Promise.promise();
        loop.execute(() -> {
            if (underWay == 0) {
                end.complete();
            } else {
                settled.add(end);
            }
        });
        return end.future();
    }

    /**
     * A delivery has ended.
     *
     * @param failure why it failed; null if it succeeded
     */
    public void ack(EventDelivery delivery, Throwable failure) {
        loop.execute(() -> {
            underWay--;
            busy.remove(delivery.key());
            if (failure == null) {
                meters.event(delivery.channelName(), Meters.Event.COMPLETED);
            } else {
                meters.event(delivery.channelName(), Meters.Event.FAILED);
            }
            Channel channel = delivery.channel();
            if (delivery.round() == channel.round()) {
                if (failure == null || settings.skipFailures()) {
                    channel.done(delivery);
                } else {
                    channel.failed(delivery);
                }
            }
            moved();
            dispatch();
            if (underWay == 0) {
                settled.forEach(Promise::complete);
                settled.clear();
            }
        });
    }

    /** Starts what may start, channel after channel. */
    void dispatch() {
        int idle = 0;
        while (running && !closed && underWay < settings.maxInFlight() && idle < channels.size()) {
            Channel channel = channels.get(nextChannel);
            nextChannel = (nextChannel + 1) % channels.size();
            EventDelivery next = channel.next(busy);
            if (next == null) {
                idle++;
                continue;
            }
            idle = 0;
            underWay++;
            if (next.key() != null) {
                busy.add(next.key());
            }
            meters.event(channel.name(), Meters.Event.DELIVERED);
            route.deliver(next);
        }
        changed();
    }

    /** A position has moved. */
    void moved() {
        if (closed || commitArmed) {
            return;
        }
        if (settings.commitInterval().isZero()) {
            commit();
        } else if (channels.stream().anyMatch(channel -> channel.unsaved(now()) != null)) {
            commitAfter(settings.commitInterval());
        }
    }

    private void commitAfter(Duration wait) {
        if (!commitArmed) {
            commitArmed = true;
            later(wait, () -> {
                commitArmed = false;
                commit();
            });
        }
    }

    /** Stores what has moved; of a channel one write at a time, in their order. Completes when all is stored or has failed. */
    private Future<Void> commit() {
        if (closed) {
            return Future.succeededFuture();
        }
        return Future.join(channels.stream().map(this::commit).toList())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<Void> commit(Channel channel) {
        Future<Void> before = writes.getOrDefault(channel.name(), Future.succeededFuture());
        Instant at = now();
        String text = channel.unsaved(at);
        if (text == null || !before.isComplete() && running) {
            return before;
        }
        ReplayPosition position = channel.position();
        Future<Void> write = before.transform(ended -> positions.save(channel.name(), text));
        writes.put(channel.name(), write);
        return write.onComplete(done -> loop.execute(() -> {
            if (done.succeeded()) {
                channel.saved(position, at);
                moved();
            } else {
                channel.warn(
                        "{}: the position cannot be stored, trying again: {}",
                        done.cause().getMessage());
                commitAfter(settings.pauses().backOff(LATE_TRY));
            }
            changed();
        }));
    }

    /** The bus does not hold what follows on a channel's position. */
    void positionLost(Channel channel, EventBusException refusal) {
        if (settings.onGap() == Gap.FAIL) {
            channel.stream()
                    .fail(new WatermarkException(
                            channel.name() + ": Salesforce does not hold what follows on the position"
                                    + (channel.position().time() == null
                                            ? ""
                                            : " of " + channel.position().time())
                                    + " any more (it keeps events for 72 hours, and a move of the org changes all"
                                    + " replay ids). Set the position to EARLIEST, LATEST or a replay id, or set"
                                    + " onGap",
                            refusal));
            return;
        }
        channel.warn(
                "{}: Salesforce does not hold what follows on the position any more, going on at {}; events between"
                        + " are lost to this route",
                settings.onGap().name());
        channel.goOnAt(settings.onGap() == Gap.EARLIEST ? EventBus.Preset.EARLIEST : EventBus.Preset.LATEST);
    }

    /**
     * Sets the position of a channel, or of all of them: what is here and has not been delivered is dropped.
     *
     * @param channel null for all
     * @param to      {@code EARLIEST}, {@code LATEST}, or a replay id in Base64
     * @throws IllegalArgumentException for anything else, and for a channel that this subscription does not have
     */
    public void set(String channel, String to) {
        List<Channel> chosen = channels.stream()
                .filter(one -> channel == null || one.name().equals(channel))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("there is no channel " + channel + " here; there are "
                    + channels.stream().map(Channel::name).toList());
        }
        boolean preset = to.equalsIgnoreCase("EARLIEST") || to.equalsIgnoreCase("LATEST");
        EventBus.Preset from =
                preset ? EventBus.Preset.valueOf(to.toUpperCase(java.util.Locale.ROOT)) : EventBus.Preset.CUSTOM;
        ReplayPosition position = preset ? ReplayPosition.NONE : new ReplayPosition(ReplayPosition.replayId(to), null);
        loop.execute(() -> chosen.forEach(one -> {
            one.beginAt(from, position);
            if (running && one.tenantId() != null) {
                one.stream().open();
            }
            moved();
        }));
    }

    void later(Duration wait, Runnable step) {
        time.in(
                wait,
                () -> loop.execute(() -> {
                    if (!closed) {
                        step.run();
                    }
                }));
    }

    Instant now() {
        return time.clock().instant();
    }

    BusSession session() {
        return session;
    }

    Executor loop() {
        return loop;
    }

    Meters meters() {
        return meters;
    }

    boolean isRunning() {
        return running && !closed;
    }

    void log(Runnable lines) {
        context.write(lines);
    }

    /** Something changed that consoles show; they see it a moment later at most. */
    void changed() {
        if (time.nanos() - shownAt >= SHOWN_NANOS) {
            show();
        } else if (!showArmed && !closed) {
            showArmed = true;
            later(Duration.ofNanos(SHOWN_NANOS), () -> {
                showArmed = false;
                show();
            });
        }
    }

    /** Shows what there is now. */
    void show() {
        shownAt = time.nanos();
        status = channels.stream().map(Channel::status).toList();
    }

    /** What each channel is at. */
    public List<Status> status() {
        return status;
    }
}
