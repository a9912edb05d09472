package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source, gives out deliveries, and moves the position behind those that have ended. Waits for nothing: what has to be
 * waited for is a future.
 *
 * <p>One thread at a time drives it: {@link #begin}, then {@link #next} as long as {@link #ready} comes true, then, when all is
 * {@link #settled}, {@link #finish}. These, {@link #save} and {@link #set} may block in the stores. All else may be called by any
 * thread.
 */
public final class Poller {

    /**
     * How a poller delivers.
     *
     * @param form         what a delivery holds
     * @param listSize     most records of a list
     * @param most         most deliveries of a record each a poll; 0 for no limit
     * @param maxInFlight  deliveries under way at a time
     * @param skipFailures whether a delivery that failed counts as done
     * @param pageTimeout  most time that a page may take
     */
    public record Settings(
            Delivery.Form form, int listSize, int most, int maxInFlight, boolean skipFailures, Duration pageTimeout) {}

    /**
     * How a poller knows and spends time.
     *
     * @param clock of the org
     * @param alarm rings if a page takes too long
     * @param pace of the calls at a limit of the org's
     */
    public record Time(Supplier<Future<Instant>> clock, Alarm alarm, LimitPace pace) {}

    private final PositionStore store;
    private final Deliveries deliveries;
    private final StartPosition first;
    private final Supplier<Future<Instant>> clock;
    private final LimitPace pace;

    // these two are guarded by the deliveries' lock, for they have to agree with the line
    private @Nullable Cursor cursor;
    private @Nullable PositionMove move;
    private boolean unsaved;

    /**
     * @param source what is read
     * @param store where the position is kept
     * @param known persistent repository of delivered records, or null
     * @param first start without a stored position
     */
    public Poller(
            PollSource source,
            PositionStore store,
            KnownDeliveries.@Nullable Repository known,
            StartPosition first,
            Settings settings,
            Time time) {
        this.store = store;
        this.deliveries = new Deliveries(source, new KnownDeliveries(known, store.key()), settings, time);
        this.first = first;
        this.clock = time.clock();
        this.pace = time.pace();
    }

    /** Begins a poll, at the stored position if it is the first. */
    public void begin() {
        synchronized (store) {
            if (unsaved) {
                // what the last poll could not write down goes first, or ever more would come again after a crash
                save(true);
            }
            load();
        }
        synchronized (deliveries) {
            cursor = deliveries.position() == null ? cursor : deliveries.position();
            deliveries.begin(cursor);
        }
    }

    private void load() {
        synchronized (deliveries) {
            if (store.isOvertaken()) {
                // what stands in the store counts, and what is known of deliveries is read with it
                deliveries.forget();
                cursor = null;
                move = move != null && move.isFirst() ? null : move;
            }
            if (move != null || known() != null) {
                return;
            }
        }
        Cursor stored = store.load(deliveries.delivered());
        synchronized (deliveries) {
            cursor = stored;
            move = stored == null ? new PositionMove(first, null, store.source()) : null;
        }
    }

    /** Completes when {@link #next} may have a delivery: then true; false at the end of the poll. */
    public Future<Boolean> ready() {
        PositionMove moving;
        synchronized (deliveries) {
            moving = move;
            if (deliveries.failure() != null || pace.isWaiting() || moving != null && deliveries.isReading()) {
                return pace.endOfPoll();
            }
            if (moving == null) {
                if (deliveries.mustWait()) {
                    return deliveries.changed().compose(change -> ready());
                }
                Optional<Boolean> isThere = deliveries.isThere();
                if (isThere.isPresent()) {
                    return Future.succeededFuture(isThere.get());
                }
            }
        }
        return (moving == null ? deliveries.read() : moving.resolve(clock))
                .recover(failed -> pace.met(failed) ? Future.succeededFuture(false) : Future.failedFuture(failed));
    }

    /** The next delivery, in progress until {@link #ack}; null if {@link #ready} must be called first. */
    public @Nullable Delivery next() {
        return moves() ? null : deliveries.next();
    }

    private boolean moves() {
        synchronized (store) {
            PositionMove due;
            synchronized (deliveries) {
                due = move;
                if (due == null || due.cursor() == null || deliveries.isReading()) {
                    return due != null;
                }
            }
            // stored before anything is read: a restart must not begin at a later NOW
            Cursor start = due.write(store);
            synchronized (deliveries) {
                move = null;
                cursor = start;
                deliveries.beginAnew(start);
            }
            return true;
        }
    }

    /** Completes when a stream that is under way may have a record: then true; false at its end. */
    public Future<Boolean> more(Delivery stream) {
        return deliveries.more(stream);
    }

    /** The next record of an open stream; null if {@link #more} must be called first. */
    public @Nullable PolledRecord peekOf(Delivery stream) {
        return deliveries.peek(stream);
    }

    /** The record was read: it belongs to the stream, and comes again if that fails. */
    public void takeOf(Delivery stream) {
        deliveries.takeOf(stream);
    }

    /**
     * A delivery has ended.
     *
     * @param cause why it failed; null if it succeeded
     */
    public void ack(Delivery delivery, @Nullable Throwable cause) {
        deliveries.ack(delivery, cause);
    }

    /** Completes when no delivery is under way. */
    public Future<Void> settled() {
        return deliveries.settled();
    }

    /**
     * Ends the poll and stores its position. Records that were read but not delivered are kept for the next poll, if
     * it follows.
     */
    public void finish() {
        synchronized (deliveries) {
            deliveries.finish(move != null);
        }
        save(true);
    }

    /** Gives up what was being read. Not while a poll runs. */
    public void leave() {
        deliveries.drop();
    }

    /** Stores the delivered records and the position, if the last time was a second ago or {@code now} is set. */
    public void save(boolean now) {
        synchronized (store) {
            if (store.isOvertaken() || !now && !store.isDue()) {
                return;
            }
            Cursor position;
            String log;
            synchronized (deliveries) {
                // a position that was set is written by then
                position = move != null ? null : deliveries.position();
                log = position == null ? null : store.text(deliveries.delivered(), position.run(), now);
            }
            unsaved = true;
            deliveries.enter();
            if (position != null) {
                store.save(position, log);
            }
            unsaved = false;
        }
    }

    /**
     * Sets the position: the poll that runs ends, and the next one begins there. It is in the store when this returns, but for
     * {@code NOW}, which means the time of the next poll.
     *
     * @param text {@code BEGINNING}, {@code NOW}, an instant, or what {@link #position} gave earlier
     * @throws IllegalArgumentException for anything else
     */
    public void set(String text) {
        StartPosition to = StartPosition.of(text.strip(), store.source());
        Promise<Void> waiting;
        synchronized (store) {
            var moving = new PositionMove(to, present(), store.source());
            if (!to.isNow()) {
                store.move(moving.at(null));
            }
            synchronized (deliveries) {
                move = moving;
                waiting = deliveries.change();
            }
        }
        waiting.complete();
    }

    private Cursor present() {
        Cursor now = known();
        return now != null ? now : store.loadOrBegin();
    }

    private @Nullable Cursor known() {
        synchronized (deliveries) {
            if (move != null && move.cursor() != null) {
                return move.cursor();
            }
            return deliveries.position() == null ? cursor : deliveries.position();
        }
    }

    /** Key of the position in its store. */
    public String key() {
        return store.key();
    }

    /** The position as it is stored. */
    public String position() {
        Cursor now = known();
        return CursorText.write(now == null ? Cursor.beginning(store.source()) : now);
    }

    /** The instant before which everything is done; empty before the first poll, and while everything is loaded. */
    public Optional<Instant> watermark() {
        return Optional.ofNullable(known()).map(Cursor::watermark);
    }

    /** Whether {@code NOW} was set and no poll has been since. */
    public boolean awaitsNow() {
        synchronized (deliveries) {
            return move != null && move.awaitsNow();
        }
    }

    /** Deliveries under way. */
    public int inFlight() {
        return deliveries.inFlight();
    }

    /** Why the poll failed; null if it did not. */
    public @Nullable Throwable failure() {
        return deliveries.failure();
    }

    /** Its pace while the org takes no calls. */
    public LimitPace pace() {
        return pace;
    }
}
