package org.sftoolkit.camel.events;

import java.time.Duration;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stream of one channel alive: asks for events as places become free, opens the stream anew when it ends, falls silent
 * or is about to end. All of it on the subscription's loop.
 */
final class ChannelStream {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelStream.class);
    /** Salesforce ends a stream that has asked for nothing for a minute. */
    private static final Duration LONGEST_WITHOUT_CREDIT = Duration.ofSeconds(50);
    /** Events that may come beyond the places, one at a time, to keep a stream alive while the route is slow. */
    private static final int RESERVE = 10;

    private static final Duration LIMIT_PAUSE = Duration.ofMinutes(1);

    enum State {
        /** Not begun, or stopped. */
        STOPPED,
        /** Being opened. */
        CONNECTING,
        /** Events may come. */
        OPEN,
        /** Closed on purpose, because the route takes no more for now. */
        PARKED,
        /** Waits before it is opened anew. */
        WAITING,
        /** Will not be opened before somebody mends what is wrong. */
        FAILED
    }

    /** A call of the bus; what it says counts as long as it is the present one, or the one before that still delivers. */
    private final class Call implements EventStream.Listener {
        private final EventBus.Access access;
        private EventStream stream;
        private int outstanding;
        private boolean isOpen;

        private Call(EventBus.Access access) {
            this.access = access;
        }

        @Override
        public void opened() {
            on(() -> {
                isOpen = true;
                if (this == current) {
                    endPrevious();
                    state = State.OPEN;
                    channel.streamOpened();
                }
            });
        }

        @Override
        public void received(EventStream.Batch batch) {
            on(() -> hear(this, batch));
        }

        @Override
        public void goingAway() {
            on(() -> {
                if (this == current) {
                    LOG.debug("{}: the connection goes away, opening another", channel.name());
                    reopen("GOAWAY", false);
                }
            });
        }

        @Override
        public void ended(Throwable failure) {
            on(() -> {
                if (this == previous) {
                    previous = null;
                } else {
                    end(this, failure);
                }
            });
        }

        private void on(Runnable step) {
            channel.loop().execute(() -> {
                if (this == current || this == previous) {
                    step.run();
                }
            });
        }
    }

    private final Channel channel;
    private final Subscription.Settings settings;
    private final Subscription.Time time;
    private State state = State.STOPPED;
    private Call current;
    private Call previous;
    private int attempt;
    private int tries;
    private int renewals;
    private int reserveUsed;
    private long lastHeard;
    private Throwable trouble;
    private String rpcId = "";
    private Runnable watch = () -> {};
    private Runnable creditAlarm = () -> {};
    private Runnable pause = () -> {};

    ChannelStream(Channel channel, Subscription.Settings settings, Subscription.Time time) {
        this.channel = channel;
        this.settings = settings;
        this.time = time;
    }

    State state() {
        return state;
    }

    /** Why it is not open; null if nothing is wrong. */
    Throwable trouble() {
        return trouble;
    }

    String rpcId() {
        return rpcId;
    }

    int outstanding() {
        return current == null ? 0 : current.outstanding;
    }

    /** Nanoseconds since something was heard. */
    long silence() {
        return time.nanos() - lastHeard;
    }

    /** Opens the stream, after what was received last. */
    void open() {
        pause.run();
        if (free() < 1) {
            state = State.PARKED;
            return;
        }
        state = State.CONNECTING;
        int mine = ++attempt;
        channel.session().access().onComplete(done -> channel.loop().execute(() -> {
            if (mine != attempt || state != State.CONNECTING) {
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
        if (state == State.FAILED) {
            return;
        }
        var call = new Call(access);
        int credit = Math.max(1, free());
        call.outstanding = credit;
        current = call;
        reserveUsed = 0;
        heard();
        call.stream = channel.session().bus().subscribe(access, channel.start(), credit, call);
        arm();
    }

    private int free() {
        return settings.prefetch() - outstanding() - channel.unfinished();
    }

    private void hear(Call call, EventStream.Batch batch) {
        heard();
        tries = 0;
        renewals = 0;
        trouble = null;
        rpcId = batch.rpcId() == null ? "" : batch.rpcId();
        channel.session().accepted(call.access);
        call.outstanding = Math.max(0, call.outstanding - batch.events().size());
        if (call == current) {
            state = State.OPEN;
            endPrevious();
        }
        channel.received(batch);
        more();
    }

    private void heard() {
        lastHeard = time.nanos();
    }

    /** Places have become free. */
    void more() {
        if (!channel.wantsMore()) {
            return;
        }
        if (state == State.PARKED && free() >= half()) {
            open();
        } else if (current != null && current.stream != null) {
            if (free() >= half()) {
                ask(free());
                reserveUsed = 0;
            } else if (current.outstanding == 0) {
                armCredit();
            }
        }
    }

    private int half() {
        return (settings.prefetch() + 1) / 2;
    }

    private void ask(int events) {
        creditAlarm.run();
        creditAlarm = () -> {};
        current.outstanding += events;
        current.stream.request(events);
    }

    private boolean creditArmed;

    private void armCredit() {
        if (creditArmed) {
            return;
        }
        creditArmed = true;
        Call call = current;
        Runnable disarm = time.in(LONGEST_WITHOUT_CREDIT, () -> channel.loop().execute(() -> {
            if (creditArmed && call == current && call.outstanding == 0) {
                creditArmed = false;
                keepAliveWithoutCredit();
            }
        }));
        creditAlarm = () -> {
            creditArmed = false;
            disarm.run();
        };
    }

    private void keepAliveWithoutCredit() {
        if (free() > 0) {
            ask(free());
        } else if (reserveUsed < RESERVE) {
            reserveUsed++;
            ask(1);
        } else {
            park();
        }
    }

    /** Closes it until the route has taken what is here. */
    void park() {
        closeAll();
        state = State.PARKED;
    }

    /** Opens it anew; the present one goes on until the new one is open, if it still can. */
    private void reopen(String why, boolean dead) {
        channel.reconnected(why);
        if (previous != null) {
            previous.stream.close();
        }
        previous = dead ? null : current;
        if (dead && current != null) {
            current.stream.close();
        }
        disarm();
        current = null;
        open();
    }

    private void endPrevious() {
        if (previous != null) {
            previous.stream.close();
            previous = null;
        }
    }

    private void end(Call call, Throwable failure) {
        boolean heardNothing = !call.isOpen;
        closeAll();
        if (failure == null) {
            channel.reconnected("OK");
            again(null);
        } else if (BusSession.isOfSession(failure) && renewals++ == 0) {
            channel.reconnected(code(failure));
            renew(call, (EventBusException) failure);
        } else {
            LOG.debug("{}: the stream ended{}", channel.name(), heardNothing ? " before it was open" : "", failure);
            failed(failure);
        }
    }

    private void renew(Call call, EventBusException refusal) {
        state = State.CONNECTING;
        int mine = ++attempt;
        channel.session().renew(call.access, refusal).onComplete(done -> channel.loop()
                .execute(() -> {
                    if (mine == attempt && state == State.CONNECTING) {
                        if (done.succeeded()) {
                            open();
                        } else {
                            failed(done.cause());
                        }
                    }
                }));
    }

    private void failed(Throwable failure) {
        channel.reconnected(code(failure));
        if (failure instanceof EventBusException refusal) {
            rpcId = refusal.rpcId();
            if (refusal.kind() == EventBusException.Kind.POSITION) {
                state = State.STOPPED;
                channel.positionLost(refusal);
                return;
            }
            if (refusal.kind() == EventBusException.Kind.CHANNEL) {
                fail(failure);
                return;
            }
        } else if (!(failure instanceof TransportException)
                && !BusSession.isRetryable(failure)
                && channel.isFatal(failure)) {
            fail(failure);
            return;
        }
        again(failure);
    }

    static String code(Throwable failure) {
        if (failure instanceof EventBusException refusal) {
            return refusal.code().isEmpty() ? "status" : refusal.code();
        }
        return failure == null ? "OK" : failure.getClass().getSimpleName();
    }

    /** Gives up until somebody mends what is wrong. */
    void fail(Throwable failure) {
        closeAll();
        trouble = failure;
        state = State.FAILED;
        channel.failed(failure);
    }

    private void again(Throwable failure) {
        trouble = failure;
        if (!channel.wantsMore()) {
            state = State.PARKED;
            return;
        }
        state = State.WAITING;
        Duration wait = settings.pauses().backOff(++tries);
        if (failure instanceof EventBusException refusal && refusal.kind() == EventBusException.Kind.LIMIT) {
            wait = wait.plus(LIMIT_PAUSE);
        }
        int mine = ++attempt;
        if (tries == 2) {
            channel.warn(
                    "{}: no stream, trying again: {}", failure == null ? "ended by the server" : failure.getMessage());
        }
        Runnable disarm = time.in(wait, () -> channel.loop().execute(() -> {
            if (mine == attempt && state == State.WAITING) {
                open();
            }
        }));
        pause = () -> {
            disarm.run();
            pause = () -> {};
        };
    }

    private void arm() {
        watch.run();
        Call call = current;
        long left = Math.max(
                1,
                settings.keepAlive().toNanos() / 2
                        - silence() % (settings.keepAlive().toNanos() / 2));
        watch = time.in(
                Duration.ofNanos(left).plusMillis(1), () -> channel.loop().execute(() -> {
                    if (call == current && call != null) {
                        watched(call);
                    }
                }));
    }

    private void watched(Call call) {
        if (call.outstanding > 0 && silence() >= settings.keepAlive().toNanos()) {
            channel.warn(
                    "{}: nothing was heard for {}, opening the stream anew",
                    settings.keepAlive().toSeconds() + " s");
            reopen("silence", true);
            return;
        }
        if (silence() >= settings.keepAlive().toNanos() / 2) {
            call.stream.ping().onFailure(dead -> channel.loop().execute(() -> {
                if (call == current && call.stream != null) {
                    reopen("ping", true);
                }
            }));
        }
        arm();
    }

    private void disarm() {
        watch.run();
        watch = () -> {};
        creditAlarm.run();
        creditAlarm = () -> {};
        pause.run();
    }

    private void closeAll() {
        attempt++;
        disarm();
        endPrevious();
        if (current != null) {
            current.stream.close();
            current = null;
        }
    }

    /** Closes it; {@link #open} opens it again. */
    void stop() {
        closeAll();
        state = State.STOPPED;
    }
}
