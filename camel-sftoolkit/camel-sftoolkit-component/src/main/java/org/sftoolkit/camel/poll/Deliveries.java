package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import io.vertx.core.Promise;
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
    private final KnownDeliveries known;
    private final Poller.Settings settings;
    private final LimitPace pace;
    private final DeliveriesUnderWay underWay;

    private boolean reading;
    /** Deliveries of this poll. */
    private int count;

    Deliveries(PollSource source, KnownDeliveries known, Poller.Settings settings, Poller.Time time) {
        this.source = source;
        this.known = known;
        this.settings = settings;
        this.pace = time.pace();
        this.reader = new PageReader(source, settings.pageTimeout(), time.alarm());
        this.underWay = new DeliveriesUnderWay(known, settings.skipFailures());
    }

    /** A poll begins here; null as long as that is not known. */
    synchronized void begin(Cursor cursor) {
        reading = false;
        count = 0;
        underWay.begin(cursor);
        if (cursor != null) {
            reader.goOnAt(cursor);
        }
    }

    /** The position was set: what was delivered before may come again. */
    synchronized void beginAnew(Cursor cursor) {
        known.clear();
        begin(cursor);
    }

    /** Another consumer has moved the position: what is known of it and of deliveries is read again. */
    synchronized void forget() {
        known.clear();
        reader.drop();
        underWay.forget();
    }

    /** Whether the poll has asked for records. */
    synchronized boolean isReading() {
        return reading;
    }

    /** Whether nothing can be given out before something {@link #changed}. */
    synchronized boolean mustWait() {
        boolean streams = underWay.open() != null && settings.form() == Delivery.Form.STREAM;
        return streams || handedOut() >= settings.maxInFlight() || isBlocked();
    }

    /** Whether an earlier version of the next record is under way: versions of a record arrive in their order. */
    private boolean isBlocked() {
        PageReader.Page page = reader.page();
        boolean isDue = page != null && page.fresh != null && !page.isTaken() && page.fresh[page.at];
        return isDue && underWay.isBusy(page.record().position().id());
    }

    /** Whether there is a delivery; empty if a page has to be {@link #read} first. */
    synchronized Optional<Boolean> isThere() {
        if (isFull()) {
            return Optional.of(false);
        }
        reading = true;
        return reader.page() != null || !reader.hasMore()
                ? Optional.of(reader.page() != null || underWay.open() != null)
                : Optional.empty();
    }

    private boolean isFull() {
        return settings.form() == Delivery.Form.STREAM
                ? count == 1
                : settings.form() == Delivery.Form.RECORD && settings.most() > 0 && count >= settings.most();
    }

    private int handedOut() {
        return underWay.count() - (underWay.open() != null && settings.form() == Delivery.Form.LIST ? 1 : 0);
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
                return handOut();
            }
            record = peek(null);
        }
        synchronized (this) {
            return underWay.open() != null && reader.page() == null && !reader.hasMore() ? handOut() : null;
        }
    }

    private synchronized boolean waits() {
        return isBlocked();
    }

    private synchronized Delivery grow(PolledRecord record) {
        Delivery open = underWay.open();
        if (open == null) {
            PageReader.Page page = reader.page();
            open = underWay.open(page.count++, page.size);
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

    private synchronized Delivery handOut() {
        return underWay.handOut();
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
            underWay.require(stream);
            for (; !page.isTaken(); page.at++) {
                if (page.fresh[page.at]) {
                    return page.record();
                }
                underWay.pass(page.record().after());
                reader.taken(page.record().after());
            }
            underWay.pass(page.batch.after());
            reader.pageTaken();
            known.forgetBefore(source.horizon(underWay.position()));
            return null;
        }
    }

    private void look(PageReader.Page page) {
        var fresh = new boolean[page.batch.records().size()];
        int size = 0;
        for (int i = page.at; i < fresh.length; i++) {
            PolledRecord record = page.batch.records().get(i);
            fresh[i] = isNew(record) && !known.isInRepository(record);
            size += fresh[i] ? 1 : 0;
        }
        boolean bounded = settings.form() == Delivery.Form.RECORD && settings.most() > 0;
        page.look(fresh, bounded ? Math.min(size, settings.most() - count) : size);
    }

    private synchronized boolean isNew(PolledRecord record) {
        return !known.contains(record.position()) && !underWay.holds(record.position());
    }

    /** See {@link Poller#more}. */
    Future<Boolean> more(Delivery stream) {
        synchronized (this) {
            underWay.require(stream);
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
        underWay.fail(cause);
    }

    /** See {@link Poller#peekOf}. */
    PolledRecord peekOf(Delivery stream) {
        return peek(stream);
    }

    /** See {@link Poller#takeOf}. */
    synchronized void takeOf(Delivery stream) {
        underWay.require(stream);
        take(stream, reader.page().record());
    }

    /** See {@link Poller#ack}. */
    void ack(Delivery delivery, Throwable cause) {
        Promise<Void> waiting;
        synchronized (this) {
            waiting = underWay.ack(delivery, cause);
        }
        if (waiting != null) {
            waiting.complete();
        }
    }

    /** Completes when a delivery has ended, or the position is set. */
    synchronized Future<Void> changed() {
        return underWay.changed();
    }

    /** Something changes: see {@link DeliveriesUnderWay#change}. */
    synchronized Promise<Void> change() {
        return underWay.change();
    }

    /** See {@link Poller#settled}. */
    Future<Void> settled() {
        synchronized (this) {
            if (inFlight() == 0) {
                return Future.succeededFuture();
            }
            return underWay.changed().compose(change -> settled());
        }
    }

    /**
     * Ends the poll. What was read and not delivered is kept for the next one, if it follows.
     *
     * @param moves whether the next one begins elsewhere
     */
    synchronized void finish(boolean moves) {
        if (underWay.position() == null) {
            return;
        }
        if (!underWay.isDone() || moves) {
            reader.drop();
        }
        underWay.abandonOpen();
    }

    /** Gives up what was being read. */
    void drop() {
        reader.drop();
    }

    /** Enters what was delivered among the known deliveries. May block. */
    void enter() {
        known.enter();
    }

    /** The position of the line; null before the first delivery. */
    synchronized Cursor position() {
        return underWay.position();
    }

    /** What was delivered within the look-back. */
    DeliveredLog delivered() {
        return known.log();
    }

    /** Deliveries under way. */
    synchronized int inFlight() {
        return underWay.position() == null ? 0 : handedOut();
    }

    /** Why the poll failed; null if it did not. */
    synchronized Throwable failure() {
        return underWay.failure();
    }
}
