package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.sftoolkit.camel.error.WatermarkException;

/**
 * Reads a source, gives out deliveries, and moves the position behind those that have ended. Waits for nothing: what has to be
 * waited for is a future.
 *
 * <p>One thread at a time drives it: {@link #begin}, then {@link #next} as long as {@link #ready} comes true, then, when all is
 * {@link #settled}, {@link #finish}. These, {@link #save} and {@link #set} may block in the stores. All else may be called by any
 * thread.
 */
public final class Poller {

    /** Remembers by key what was delivered, beyond this process; may block. */
    public interface KnownDeliveries {

        /** Whether this was delivered. */
        boolean contains(String key);

        /** This was delivered. */
        void add(String key);
    }

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

    /** A position that is to take the place of the present one; its cursor is null until the time is known. */
    private static final class Move {
        private final StartPosition to;
        private final Cursor from;
        private volatile Cursor cursor;

        private Move(StartPosition to, Cursor from) {
            this.to = to;
            this.from = from;
        }

        private void at(Instant now, String source) {
            cursor = from == null ? to.first(source, now) : to.insteadOf(from, now);
        }
    }

    private static final Future<Boolean> YES = Future.succeededFuture(true);
    private static final Future<Boolean> NO = Future.succeededFuture(false);

    private final PollSource source;
    private final PageReader reader;
    private final PositionStore store;
    private final KnownDeliveries known;
    private final StartPosition first;
    private final Supplier<Future<Instant>> clock;
    private final Settings settings;
    private final LimitPace pace;
    private final DeliveredLog delivered = new DeliveredLog();
    private final Deque<String> unentered = new ArrayDeque<>();

    private Cursor cursor;
    private Move move;
    private DeliveryLine<Cursor> line;
    private boolean reading;
    private int count;
    private Delivery open;
    private Throwable failure;
    private Promise<Void> changed = Promise.promise();
    private boolean unsaved;

    /**
     * @param source what is read
     * @param store  where the position is kept
     * @param known  what was delivered, in a store that outlives the process; null for none
     * @param first  where to begin without a stored position
     * @param clock  of the org
     * @param alarm  rings when a page takes too long
     * @param pace   of the calls at a limit of the org's
     */
    public Poller(
            PollSource source,
            PositionStore store,
            KnownDeliveries known,
            StartPosition first,
            Supplier<Future<Instant>> clock,
            Settings settings,
            Alarm alarm,
            LimitPace pace) {
        this.source = source;
        this.store = store;
        this.known = known;
        this.first = first;
        this.clock = clock;
        this.settings = settings;
        this.pace = pace;
        this.reader = new PageReader(source, settings.pageTimeout(), alarm);
    }

    /** Begins a poll, at the stored position if it is the first. */
    public void begin() {
        synchronized (store) {
            if (unsaved) {
                // what the last poll could not write down goes first, or ever more would come again after a crash
                write(true);
            }
            load();
        }
        synchronized (this) {
            cursor = line == null ? cursor : line.position();
            start();
        }
    }

    private void load() {
        if (known() == null && !awaitsMove()) {
            Cursor stored = store.load(delivered);
            synchronized (this) {
                cursor = stored;
                move = stored == null ? new Move(first, null) : null;
            }
        }
    }

    private synchronized boolean awaitsMove() {
        return move != null;
    }

    private void start() {
        reading = false;
        count = 0;
        open = null;
        failure = null;
        if (cursor != null) {
            line = new DeliveryLine<>(cursor);
            reader.goOnAt(cursor);
        }
    }

    /** Completes when {@link #next} may have a delivery: then true; false at the end of the poll. */
    public Future<Boolean> ready() {
        Move moving;
        synchronized (this) {
            moving = move;
            if (failure != null || pace.isWaiting() || moving != null && reading) {
                return NO;
            }
            if (moving == null) {
                if (mustWait()) {
                    return changed.future().compose(change -> ready());
                }
                if (isFull()) {
                    return NO;
                }
                reading = true;
                if (reader.page() != null || !reader.hasMore()) {
                    return reader.page() != null || open != null ? YES : NO;
                }
            }
        }
        return (moving == null ? pace.watch(reader.read()) : moved(moving))
                .recover(failed -> pace.met(failed) ? NO : Future.failedFuture(failed));
    }

    private Future<Boolean> moved(Move moving) {
        return moving.cursor != null
                ? YES
                : moving.to.time(clock).map(now -> {
                    moving.at(now, store.source());
                    return true;
                });
    }

    private boolean mustWait() {
        boolean streams = open != null && settings.form() == Delivery.Form.STREAM;
        return streams || handedOut() >= settings.maxInFlight() || isBlocked();
    }

    /** Whether an earlier version of the next record is under way: versions of a record arrive in their order. */
    private boolean isBlocked() {
        PageReader.Page page = reader.page();
        if (page == null || page.fresh == null || page.isTaken() || !page.fresh[page.at]) {
            return false;
        }
        String id = page.record().position().id();
        return line.underWay(id) != null && (open == null || !open.holds(id));
    }

    private boolean isFull() {
        return settings.form() == Delivery.Form.STREAM
                ? count == 1
                : settings.form() == Delivery.Form.RECORD && settings.most() > 0 && count >= settings.most();
    }

    private int handedOut() {
        return line.inFlight() - (open != null && settings.form() == Delivery.Form.LIST ? 1 : 0);
    }

    /** The next delivery, under way from now on until {@link #ack}; null if there is none before {@link #ready} has been asked again. */
    public Delivery next() {
        if (moves()) {
            return null;
        }
        PolledRecord record = peek(null);
        if (settings.form() == Delivery.Form.STREAM) {
            return record == null ? null : begin(null);
        }
        while (record != null && !waits()) {
            Delivery delivery = begin(record);
            if (settings.form() == Delivery.Form.RECORD || delivery.records().size() >= settings.listSize()) {
                return handOut(delivery);
            }
            record = peek(null);
        }
        synchronized (this) {
            return open != null && reader.page() == null && !reader.hasMore() ? handOut(open) : null;
        }
    }

    private synchronized boolean waits() {
        return isBlocked();
    }

    private boolean moves() {
        synchronized (store) {
            Move due;
            synchronized (this) {
                due = move;
                if (due == null || due.cursor == null || reading) {
                    return due != null;
                }
            }
            // stored before anything is read: a restart must not begin at a later NOW
            store.move(due.cursor);
            synchronized (this) {
                move = null;
                cursor = due.cursor;
                delivered.clear();
                start();
            }
            return true;
        }
    }

    private synchronized Delivery begin(PolledRecord record) {
        if (open == null) {
            PageReader.Page page = reader.page();
            open = new Delivery(line, line.open(), page.count++, page.size);
            count++;
        }
        if (record != null) {
            take(open, record);
        }
        return open;
    }

    private void take(Delivery delivery, PolledRecord record) {
        delivery.add(record);
        reader.page().at++;
        reader.taken(record.after());
    }

    private synchronized Delivery handOut(Delivery delivery) {
        line.close(delivery.entry());
        open = null;
        return delivery;
    }

    /** The next record of the page that is to be delivered; passes what is not. Null at the end of the page. */
    private PolledRecord peek(Delivery stream) {
        PageReader.Page page = reader.page();
        if (page == null) {
            return null;
        }
        if (page.fresh == null) {
            try {
                look(page);
            } catch (RuntimeException e) {
                fail(e);
                throw e;
            }
        }
        synchronized (this) {
            requireUnderWay(stream);
            for (; !page.isTaken(); page.at++) {
                if (page.fresh[page.at]) {
                    return page.record();
                }
                pass(page.record().after());
                reader.taken(page.record().after());
            }
            pass(page.batch.after());
            reader.pageTaken();
            Instant horizon = source.horizon(line.position());
            if (horizon != null) {
                delivered.forgetBefore(horizon);
            }
            return null;
        }
    }

    private void look(PageReader.Page page) {
        var fresh = new boolean[page.batch.records().size()];
        int size = 0;
        for (int i = page.at; i < fresh.length; i++) {
            PolledRecord record = page.batch.records().get(i);
            fresh[i] = isNew(record) && (known == null || !known.contains(key(record)));
            size += fresh[i] ? 1 : 0;
        }
        boolean bounded = settings.form() == Delivery.Form.RECORD && settings.most() > 0;
        page.look(fresh, bounded ? Math.min(size, settings.most() - count) : size);
    }

    private synchronized boolean isNew(PolledRecord record) {
        Position version = record.position();
        return !delivered.contains(version) && !version.equals(line.underWay(version.id()));
    }

    private void pass(Cursor after) {
        int run = line.position().run();
        line.pass(after);
        forgetOtherRun(run);
    }

    private void forgetOtherRun(int run) {
        if (line.position().run() != run) {
            // everything is loaded anew, what was delivered before included
            delivered.clear();
        }
    }

    /** Completes when a stream that is under way may have a record: then true; false at its end. */
    public Future<Boolean> more(Delivery stream) {
        synchronized (this) {
            requireUnderWay(stream);
            if (reader.page() != null || !reader.hasMore()) {
                return reader.page() != null ? YES : NO;
            }
        }
        return pace.watch(reader.read()).onFailure(lost -> {
            if (!pace.met(lost)) {
                fail(lost);
            }
        });
    }

    /** The poll has failed, whatever becomes of the delivery that met it. */
    private synchronized void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
    }

    /** The next record of a stream that is under way; null if there is none before {@link #more} has been asked again. */
    public PolledRecord peekOf(Delivery stream) {
        return peek(stream);
    }

    /** The record was read: it belongs to the stream, and comes again if that fails. */
    public synchronized void takeOf(Delivery stream) {
        requireUnderWay(stream);
        take(stream, reader.page().record());
    }

    private void requireUnderWay(Delivery stream) {
        if (stream != null && (stream.hasEnded() || stream.line() != line)) {
            throw new IllegalStateException("the records are no longer there: their stream ended with its exchange");
        }
    }

    /**
     * A delivery has ended.
     *
     * @param cause why it failed; null if it succeeded
     */
    public void ack(Delivery delivery, Throwable cause) {
        Promise<Void> waiting;
        synchronized (this) {
            // one of a poll that was given up: its records come again
            if (!delivery.end() || delivery.line() != line) {
                return;
            }
            open = open == delivery ? null : open;
            if (cause == null || settings.skipFailures()) {
                int run = line.position().run();
                delivery.records().forEach(this::remember);
                line.done(delivery.entry());
                forgetOtherRun(run);
            } else {
                line.failed(delivery.entry());
                failure = failure == null ? cause : failure;
            }
            waiting = changed;
            changed = Promise.promise();
        }
        waiting.complete();
    }

    private void remember(PolledRecord record) {
        delivered.add(record.position());
        if (known != null) {
            unentered.add(key(record));
        }
    }

    // the run tells apart what comes again because the position was set back
    private String key(PolledRecord record) {
        Position version = record.position();
        return store.key() + '/' + record.after().run() + '/' + version.id() + '/' + version.stamp();
    }

    /** Completes when no delivery is under way. */
    public Future<Void> settled() {
        synchronized (this) {
            if (inFlight() == 0) {
                return Future.succeededFuture();
            }
            return changed.future().compose(change -> settled());
        }
    }

    /** Ends the poll and writes down where it stands. What was read and not delivered is kept for the next poll, if it follows. */
    public void finish() {
        synchronized (this) {
            if (line != null) {
                if (failure != null || open != null || !line.isSettled() || move != null) {
                    reader.drop();
                }
                if (open != null) {
                    // nobody reads on in a stream of a poll that was given up
                    open.end();
                    line.failed(open.entry());
                    open = null;
                }
                cursor = line.position();
            }
        }
        save(true);
    }

    /** Nothing more is wanted: gives up what was being read. Not while a poll runs. */
    public void leave() {
        reader.drop();
    }

    /** Writes down what was delivered and where the poller stands, if the last time is a second ago or {@code now} is set. */
    public void save(boolean now) {
        synchronized (store) {
            write(now);
        }
    }

    private void write(boolean now) {
        if (!now && !store.isDue()) {
            return;
        }
        Cursor position;
        String log;
        synchronized (this) {
            // a position that was set is written by then
            position = line == null || move != null ? null : line.position();
            log = position == null ? null : store.text(delivered, now);
        }
        unsaved = true;
        for (String key = unentered(false); key != null; key = unentered(true)) {
            known.add(key);
        }
        if (position != null) {
            store.save(position, log);
        }
        unsaved = false;
    }

    private synchronized String unentered(boolean firstIsEntered) {
        if (firstIsEntered) {
            unentered.poll();
        }
        return unentered.peek();
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
            var moving = new Move(to, present());
            if (!to.isNow()) {
                moving.at(null, store.source());
                store.move(moving.cursor);
            }
            synchronized (this) {
                move = moving;
                waiting = changed;
                changed = Promise.promise();
            }
        }
        waiting.complete();
    }

    private Cursor present() {
        Cursor now = known();
        if (now != null) {
            return now;
        }
        try {
            Cursor stored = store.load(new DeliveredLog());
            return stored == null ? Cursor.beginning(store.source()) : stored;
        } catch (WatermarkException unusable) {
            // what is set takes the place of it, in a run that no earlier one is taken for
            int minutes = (int) Duration.ofMillis(System.currentTimeMillis()).toMinutes();
            return Cursor.beginning(store.source()).inRun(minutes);
        }
    }

    private synchronized Cursor known() {
        if (move != null && move.cursor != null) {
            return move.cursor;
        }
        return line == null ? cursor : line.position();
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
    public synchronized boolean awaitsNow() {
        return move != null && move.from != null && move.cursor == null;
    }

    /** Deliveries under way. */
    public synchronized int inFlight() {
        return line == null ? 0 : handedOut();
    }

    /** Why the poll failed; null if it did not. */
    public synchronized Throwable failure() {
        return failure;
    }

    /** What keeps the poller from reading, in words; empty if nothing does. */
    public Optional<String> trouble() {
        return pace.trouble();
    }
}
