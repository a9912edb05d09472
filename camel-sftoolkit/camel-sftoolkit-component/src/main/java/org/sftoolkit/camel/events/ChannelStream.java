package org.sftoolkit.camel.events;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.WatermarkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stream of one channel alive: asks for events as places become free, opens the stream anew when it ends, falls silent
 * or is about to end. All of it on the subscription's loop.
 */
final class ChannelStream {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelStream.class);
    private final Channel channel;
    private final SubscriptionSettings settings;
    private final StreamTimers timers;
    private final StreamCredit credit;
    private StreamState state = StreamState.STOPPED;
    private @Nullable StreamCall current;
    /** The one before, which still delivers until the present one is open. */
    private @Nullable StreamCall previous;

    private int attempt;
    private int renewals;
    private @Nullable Throwable trouble;
    private String rpcId = "";

    ChannelStream(Channel channel, SubscriptionSettings settings, SubscriptionTime time) {
        this.channel = channel;
        this.settings = settings;
        this.timers = new StreamTimers(time, channel.loop(), settings.pauses());
        this.credit = new StreamCredit(channel, settings.flow().prefetch(), timers);
    }

    StreamState state() {
        return state;
    }

    private void become(StreamState next) {
        state = next;
        channel.changed();
    }

    /** Why it is not open; null if nothing is wrong. */
    @Nullable
    Throwable trouble() {
        return trouble;
    }

    String rpcId() {
        return rpcId;
    }

    int outstanding() {
        return current == null ? 0 : current.outstanding();
    }

    /** Whether it would bring at once what happens. */
    boolean isListening() {
        return state == StreamState.OPEN && outstanding() > 0;
    }

    /** Nanoseconds since something was heard. */
    long silence() {
        return timers.silence();
    }

    /** Opens the stream, after what was received last. */
    void open() {
        timers.noRetry();
        if (credit.atStart() < 1) {
            become(StreamState.PARKED);
            return;
        }
        become(StreamState.CONNECTING);
        int mine = ++attempt;
        channel.session().access().onComplete(done -> channel.loop().execute(() -> {
            if (mine != attempt || state != StreamState.CONNECTING) {
                return;
            }
            if (done.succeeded()) {
                call(done.result());
            } else {
                failed(done.cause());
            }
        }));
    }

    private void call(EventBus.Access access) {
        channel.requireOrg(access.tenantId());
        if (state == StreamState.FAILED) {
            return;
        }
        current = new StreamCall(this, access, Math.max(1, credit.atStart()));
        credit.begun();
        timers.heard();
        watch(current.begin(channel.session().bus(), channel.beginning()));
    }

    /** What a call tells counts as long as it is the present one, or the one before that still delivers. */
    void on(StreamCall call, Runnable step) {
        channel.loop().execute(() -> {
            if (call == current || call == previous) {
                step.run();
            }
        });
    }

    void opened(StreamCall call) {
        if (call == current) {
            endPrevious();
            become(StreamState.OPEN);
            channel.streamOpened();
        }
    }

    void received(StreamCall call, EventStream.Batch batch) {
        timers.heard();
        timers.answered();
        renewals = 0;
        trouble = null;
        rpcId = batch.rpcId() == null ? "" : batch.rpcId();
        channel.session().accepted(call.access());
        if (call == current) {
            become(StreamState.OPEN);
            endPrevious();
        }
        channel.received(batch);
        more();
    }

    void goingAway(StreamCall call) {
        if (call == current) {
            LOG.debug("{}: the connection goes away, opening another", channel.name());
            reopen("GOAWAY", false);
        }
    }

    void ended(StreamCall call, @Nullable Throwable failure) {
        if (call == previous) {
            previous = null;
            return;
        }
        closeAll();
        if (failure == null) {
            channel.reconnected("OK");
            again(null);
        } else if (BusSession.isOfSession(failure) && renewals++ == 0) {
            channel.reconnected(StreamState.code(failure));
            renew(call, (EventBusException) failure);
        } else {
            LOG.debug("{}: the stream ended, accepted before: {}", channel.name(), call.isOpen(), failure);
            failed(failure);
        }
    }

    /** Places have become free. */
    void more() {
        if (!channel.wantsMore()) {
            return;
        }
        StreamCall call = current;
        if (state == StreamState.PARKED && credit.isWorthOpening()) {
            open();
        } else if (call != null && call.hasBegun()) {
            credit.more(call, () -> call != current, this::park);
        }
    }

    /** Closes it until the route has taken what is here. */
    void park() {
        closeAll();
        become(StreamState.PARKED);
    }

    /** Opens it anew; the present one goes on until the new one is open, if it still can. */
    private void reopen(String why, boolean dead) {
        channel.reconnected(why);
        endPrevious();
        previous = dead ? null : current;
        if (dead && current != null) {
            current.close();
        }
        timers.disarm();
        current = null;
        open();
    }

    private void endPrevious() {
        if (previous != null) {
            previous.close();
            previous = null;
        }
    }

    private void renew(StreamCall call, EventBusException refusal) {
        become(StreamState.CONNECTING);
        int mine = ++attempt;
        channel.session().renew(call.access(), refusal).onComplete(done -> channel.loop()
                .execute(() -> {
                    if (mine == attempt && state == StreamState.CONNECTING) {
                        if (done.succeeded()) {
                            open();
                        } else {
                            failed(done.cause());
                        }
                    }
                }));
    }

    private void failed(Throwable failure) {
        channel.reconnected(StreamState.code(failure));
        if (failure instanceof EventBusException refusal) {
            rpcId = refusal.rpcId();
            if (refusal.kind() == EventBusException.Kind.POSITION) {
                become(StreamState.STOPPED);
                channel.positionLost(refusal);
                return;
            }
        }
        if (failure instanceof WatermarkException
                || failure instanceof EventBusException of && of.kind() == EventBusException.Kind.CHANNEL) {
            fail(failure);
        } else {
            again(failure);
        }
    }

    /** Gives up until somebody mends what is wrong. */
    void fail(Throwable failure) {
        closeAll();
        trouble = failure;
        become(StreamState.FAILED);
        channel.failed(failure);
    }

    private void again(@Nullable Throwable failure) {
        trouble = failure;
        if (!channel.wantsMore()) {
            become(StreamState.PARKED);
            return;
        }
        become(StreamState.WAITING);
        int mine = ++attempt;
        int tries = timers.retry(failure, () -> {
            if (mine == attempt && state == StreamState.WAITING) {
                open();
            }
        });
        if (tries == 2) {
            channel.warn(
                    "{}: no stream, trying again: {}", failure == null ? "ended by the server" : failure.getMessage());
        }
    }

    private void watch(StreamCall call) {
        timers.watch(settings.flow().keepAlive().dividedBy(2), () -> {
            if (call == current) {
                watched(call);
            }
        });
    }

    private void watched(StreamCall call) {
        if (call.outstanding() > 0 && silence() >= settings.flow().keepAlive().toNanos()) {
            channel.warn(
                    "{}: nothing was heard for {}, opening the stream anew",
                    settings.flow().keepAlive().toSeconds() + " s");
            reopen("silence", true);
            return;
        }
        if (silence() >= settings.flow().keepAlive().toNanos() / 2) {
            call.stream().ping().onFailure(dead -> channel.loop().execute(() -> {
                if (call == current) {
                    reopen("ping", true);
                }
            }));
        }
        watch(call);
    }

    private void closeAll() {
        attempt++;
        timers.disarm();
        endPrevious();
        if (current != null) {
            current.close();
            current = null;
        }
    }

    /** Closes it; {@link #open} opens it again. */
    void stop() {
        closeAll();
        become(StreamState.STOPPED);
    }
}
