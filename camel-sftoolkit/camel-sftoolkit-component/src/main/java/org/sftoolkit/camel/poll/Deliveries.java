package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Reads pages, gives out what they hold as deliveries of one line, and knows how far that has come. Its lock guards what its poller
 * has to see together with that.
 */
final class Deliveries {

    private static final Future<Boolean> YES = Future.succeededFuture(true);
    private static final Future<Boolean> NO = Future.succeededFuture(false);

    private final PollSource source;
    private final PageReader reader;
    private final String storeKey;
    private final Poller.KnownDeliveries known;
    private final Poller.Settings settings;
    private final LimitPace pace;
    private final DeliveredLog delivered = new DeliveredLog();
    private final Deque<String> unentered = new ArrayDeque<>();

    private DeliveryLine<Cursor> line;
    private boolean reading;
    private int count;
    private Delivery open;
    private Throwable failure;
    private Promise<Void> changed = Promise.promise();

    Deliveries(
            PollSource source,
            String storeKey,
            Poller.KnownDeliveries known,
            Poller.Settings settings,
            Alarm alarm,
            LimitPace pace) {
        this.source = source;
        this.storeKey = storeKey;
        this.known = known;
        this.settings = settings;
        this.pace = pace;
        this.reader = new PageReader(source, settings.pageTimeout(), alarm);
    }

    /** A poll begins here; null as long as that is not known. */
    synchronized void begin(Cursor cursor) {
        reading = false;
        count = 0;
        open = null;
        failure = null;
        if (cursor != null) {
            line = new DeliveryLine<>(cursor);
            reader.goOnAt(cursor);
        }
    }

    /** The position was set: what was delivered before may come again. */
    synchronized void beginAnew(Cursor cursor) {
        delivered.clear();
        begin(cursor);
    }

    /** Whether the poll has asked for records. */
    synchronized boolean isReading() {
        return reading;
    }

    /** Whether nothing can be given out before something {@link #changed}. */
    synchronized boolean mustWait() {
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

    /** Whether there is a delivery; empty if a page has to be {@link #read} first. */
    synchronized Optional<Boolean> isThere() {
        if (isFull()) {
            return Optional.of(false);
        }
        reading = true;
        return reader.page() != null || !reader.hasMore()
                ? Optional.of(reader.page() != null || open != null)
                : Optional.empty();
    }

    private boolean isFull() {
        return settings.form() == Delivery.Form.STREAM
                ? count == 1
                : settings.form() == Delivery.Form.RECORD && settings.most() > 0 && count >= settings.most();
    }

    private int handedOut() {
        return line.inFlight() - (open != null && settings.form() == Delivery.Form.LIST ? 1 : 0);
    }

    /** Reads on. True if there is a page, false if there is nothing more in this poll. */
    Future<Boolean> read() {
        return pace.watch(reader.read());
    }

    /** See {@link Poller#next}. */
    Delivery next() {
        PolledRecord record = peek(null);
        if (settings.form() == Delivery.Form.STREAM) {
            return record == null ? null : grow(null);
        }
        while (record != null && !waits()) {
            Delivery delivery = grow(record);
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

    private synchronized Delivery grow(PolledRecord record) {
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
            // all records are loaded again, including those delivered before
            delivered.clear();
        }
    }

    /** See {@link Poller#more}. */
    Future<Boolean> more(Delivery stream) {
        synchronized (this) {
            requireUnderWay(stream);
            if (reader.page() != null || !reader.hasMore()) {
                return reader.page() != null ? YES : NO;
            }
        }
        return read().onFailure(lost -> {
            if (!pace.met(lost)) {
                fail(lost);
            }
        });
    }

    /** The poll has failed, whatever becomes of the delivery that met it. */
    private synchronized void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
    }

    /** See {@link Poller#peekOf}. */
    PolledRecord peekOf(Delivery stream) {
        return peek(stream);
    }

    /** See {@link Poller#takeOf}. */
    synchronized void takeOf(Delivery stream) {
        requireUnderWay(stream);
        take(stream, reader.page().record());
    }

    private void requireUnderWay(Delivery stream) {
        if (stream != null && (stream.hasEnded() || stream.line() != line)) {
            throw new IllegalStateException(
                    "the records are no longer available: their stream was closed with its exchange");
        }
    }

    /** See {@link Poller#ack}. */
    void ack(Delivery delivery, Throwable cause) {
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
            waiting = change();
        }
        waiting.complete();
    }

    private void remember(PolledRecord record) {
        delivered.add(record.position());
        if (known != null) {
            unentered.add(key(record));
        }
    }

    // the run distinguishes records that are delivered again because the position was set back
    private String key(PolledRecord record) {
        Position version = record.position();
        return storeKey + '/' + record.after().run() + '/' + version.id() + '/' + version.stamp();
    }

    /** Completes when a delivery has ended, or the position is set. */
    synchronized Future<Void> changed() {
        return changed.future();
    }

    /** Something changes: who waits for that waits for what is returned, which is to be completed outside the lock. */
    synchronized Promise<Void> change() {
        Promise<Void> waiting = changed;
        changed = Promise.promise();
        return waiting;
    }

    /** See {@link Poller#settled}. */
    Future<Void> settled() {
        synchronized (this) {
            if (inFlight() == 0) {
                return Future.succeededFuture();
            }
            return changed.future().compose(change -> settled());
        }
    }

    /**
     * Ends the poll. What was read and not delivered is kept for the next one, if it follows.
     *
     * @param moves whether the next one begins elsewhere
     */
    synchronized void finish(boolean moves) {
        if (line == null) {
            return;
        }
        if (failure != null || open != null || !line.isSettled() || moves) {
            reader.drop();
        }
        if (open != null) {
            // nobody continues to read a stream of an abandoned poll
            open.end();
            line.failed(open.entry());
            open = null;
        }
    }

    /** Gives up what was being read. */
    void drop() {
        reader.drop();
    }

    /** Enters what was delivered among the known deliveries. May block. */
    void enter() {
        for (String key = unentered(false); key != null; key = unentered(true)) {
            known.add(key);
        }
    }

    private synchronized String unentered(boolean firstIsEntered) {
        if (firstIsEntered) {
            unentered.poll();
        }
        return unentered.peek();
    }

    /** The position of the line; null before the first delivery. */
    synchronized Cursor position() {
        return line == null ? null : line.position();
    }

    /** What was delivered within the look-back. */
    DeliveredLog delivered() {
        return delivered;
    }

    /** Deliveries under way. */
    synchronized int inFlight() {
        return line == null ? 0 : handedOut();
    }

    /** Why the poll failed; null if it did not. */
    synchronized Throwable failure() {
        return failure;
    }
}
