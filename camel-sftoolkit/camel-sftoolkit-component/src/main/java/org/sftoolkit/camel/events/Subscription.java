package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one or several channels: gives out what comes as deliveries, asks for as many events as there are free places, and
 * moves each channel's position behind the deliveries that have ended. Waits for nothing; all of its methods may be called by any
 * thread, and what they cause happens on one loop.
 */
public final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    /** The back-off of a try that comes after the client's own. */
    static final int LATE_TRY = 5;

    /** Hands deliveries to a route; is called on the loop and must not hold it. */
    public interface Route {

        /** Begins a delivery, which ends with {@link Subscription#ack}. */
        void deliver(EventDelivery delivery);
    }

    private final SubscriptionServices services;
    private final Route route;
    private final SubscriptionSettings settings;
    private final SubscriptionTime time;
    private final SubscriptionMeters meters;
    private final Executor loop;
    private final LogContext context;
    private final List<Channel> channels = new ArrayList<>();
    private final Set<String> busy = new HashSet<>();
    private final PositionWriter writer;
    private final List<Promise<Void>> settled = new ArrayList<>();
    private final StatusBoard board;
    private int underWay;
    private int nextChannel;
    private boolean running;
    private boolean closed;

    /**
     * @param names   of the channels
     * @param loop    runs one step after the other, never within the call that asks for it
     * @param context what log lines belong to
     */
    public Subscription(
            List<String> names,
            SubscriptionServices services,
            Route route,
            SubscriptionSettings settings,
            SubscriptionTime time,
            SubscriptionMeters meters,
            Executor loop,
            LogContext context) {
        this.services = services;
        this.route = route;
        this.settings = settings;
        this.time = time;
        this.meters = meters;
        this.loop = loop;
        this.context = context;
        names.forEach(name -> channels.add(new Channel(name, this, time)));
        this.writer = new PositionWriter(this, channels, services.positions());
        this.board = new StatusBoard(this, channels, time);
        show();
    }

    /** Begins. */
    public void start() {
        loop.execute(() -> {
            running = true;
            channels.forEach(Channel::load);
            board.watchAges();
        });
    }

    /** Takes no more for now: what is under way ends, what has not been delivered waits. */
    public void suspend() {
        loop.execute(() -> {
            running = false;
            channels.forEach(channel -> {
                if (channel.stream().state() != StreamState.FAILED) {
                    channel.stream().park();
                }
            });
            writer.write();
            changed();
        });
    }

    /** Goes on after {@link #suspend}. */
    public void resume() {
        loop.execute(() -> {
            running = true;
            channels.forEach(channel -> {
                if (channel.tenantId() == null) {
                    channel.load();
                } else if (channel.stream().state() != StreamState.FAILED) {
                    channel.stream().open();
                }
            });
            dispatch();
        });
    }

    /** Ends: stores its position, and nothing afterwards. What is still under way comes again with the next subscription. */
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        loop.execute(() -> {
            running = false;
            channels.forEach(channel -> channel.stream().stop());
            Future<Void> written = writer.close();
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

    /** A delivery has ended: {@code failure} says why it failed, and is null if it succeeded. */
    public void ack(EventDelivery delivery, @Nullable Throwable failure) {
        loop.execute(() -> {
            if (failure == null) {
                meters.event(delivery.channelName(), SubscriptionMeters.Event.COMPLETED);
                remember(delivery).onComplete(done -> loop.execute(() -> ended(delivery, true)));
            } else {
                meters.event(delivery.channelName(), SubscriptionMeters.Event.FAILED);
                ended(delivery, settings.flow().skipFailures());
            }
        });
    }

    /** Succeeds if it is remembered that the events of a delivery are done, or nobody asked for that. */
    private Future<Void> remember(EventDelivery delivery) {
        if (services.completed() == null) {
            return Future.succeededFuture();
        }
        return services.completed()
                .add(CompletedEvents.keys(delivery.events()))
                .onFailure(failure -> context.write(() -> LOG.warn(
                        "{}: the idempotentRepository does not take what is done, so that it may come again: {}",
                        delivery.channelName(),
                        failure.getMessage())));
    }

    private void ended(EventDelivery delivery, boolean done) {
        underWay--;
        busy.removeAll(delivery.keys());
        DeliveryQueue queue = delivery.queue();
        if (!queue.isClosed()) {
            if (done) {
                queue.done(delivery);
            } else {
                queue.failed(delivery);
            }
        }
        moved();
        dispatch();
        if (underWay == 0) {
            settled.forEach(Promise::complete);
            settled.clear();
        }
    }

    /** Starts what may start, channel after channel. */
    void dispatch() {
        int idle = 0;
        while (running && !closed && underWay < settings.flow().maxInFlight() && idle < channels.size()) {
            Channel channel = channels.get(nextChannel);
            nextChannel = (nextChannel + 1) % channels.size();
            EventDelivery next = channel.queue().next(busy);
            if (next == null) {
                idle++;
                continue;
            }
            idle = 0;
            underWay++;
            busy.addAll(next.keys());
            meters.event(channel.name(), SubscriptionMeters.Event.DELIVERED);
            route.deliver(next);
        }
        changed();
    }

    /** A position has moved. */
    void moved() {
        writer.moved();
    }

    /**
     * Sets the position of a channel, or of all of them: what is here and has not been delivered is dropped.
     *
     * @param channel null for all
     * @param to      {@code EARLIEST}, {@code LATEST}, or a replay id in Base64
     * @throws IllegalArgumentException for anything else, and for a channel that this subscription does not have
     */
    public void set(@Nullable String channel, String to) {
        List<Channel> chosen = channels.stream()
                .filter(one -> channel == null || one.name().equals(channel))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("there is no channel " + channel + " here; there are "
                    + channels.stream().map(Channel::name).toList());
        }
        ReplayPosition position = ReplayPosition.of(to);
        loop.execute(() -> chosen.forEach(one -> {
            one.beginAt(position);
            if (running && one.tenantId() != null) {
                one.stream().open();
            }
            moved();
        }));
    }

    /** Takes a step after a time, unless the subscription has ended; what is answered calls it off. */
    Runnable later(Duration wait, Runnable step) {
        return time.in(
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

    SubscriptionSettings settings() {
        return settings;
    }

    SubscriptionServices services() {
        return services;
    }

    BusSession session() {
        return services.session();
    }

    Executor loop() {
        return loop;
    }

    SubscriptionMeters meters() {
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
        board.changed();
    }

    /** Shows what there is now. */
    void show() {
        board.show();
    }

    /** What each channel is at. */
    public List<ChannelStatus> status() {
        return board.status();
    }
}
