package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages, gives out what they hold as deliveries of one line, and knows how far that has come. Its lock guards what its poller
 * has to see together with that.
 */
final class Deliveries {

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
    synchronized void begin(@Nullable Cursor cursor) {
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
    private synchronized boolean isBlocked() {
        PageReader.Page page = reader.page();
        return page != null
                && page.isDue()
                && underWay.isBusy(page.record().position().id());
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
    @Nullable
    Delivery next() {
        PolledRecord record = peek(null);
        if (settings.form() == Delivery.Form.STREAM) {
            return record == null ? null : growing();
        }
        while (record != null && !isBlocked()) {
            Delivery delivery = grow(record);
            if (settings.form() == Delivery.Form.RECORD || delivery.records().size() >= settings.listSize()) {
                return handOut(delivery);
            }
            record = peek(null);
        }
        synchronized (this) {
            Delivery open = underWay.open();
            return open != null && reader.page() == null && !reader.hasMore() ? handOut(open) : null;
        }
    }

    private synchronized Delivery grow(PolledRecord record) {
        Delivery delivery = growing();
        take(delivery, record);
        return delivery;
    }

    /** The delivery that grows; a new one if there is no such delivery. */
    private synchronized Delivery growing() {
        Delivery open = underWay.open();
        if (open == null) {
            PageReader.Page page = reader.requirePage();
            open = underWay.open(page.count++, page.size);
            count++;
        }
        return open;
    }

    private void take(Delivery delivery, PolledRecord record) {
        delivery.add(record);
        reader.requirePage().at++;
        reader.taken(record.after());
    }

    private synchronized Delivery handOut(Delivery whole) {
        return underWay.handOut(whole);
    }

    /** The next due record of the page, for this stream or, if it is null, for a new delivery. Null at the page's end. */
    @Nullable
    PolledRecord peek(@Nullable Delivery stream) {
        PageReader.Page page = reader.page();
        if (page == null) {
            return null;
        }
        boolean[] fresh = fresh(page);
        synchronized (this) {
            underWay.require(stream);
            for (; !page.isTaken(); page.at++) {
                if (fresh[page.at]) {
                    return page.record();
                }
                underWay.pass(page.record().after());
                reader.taken(page.record().after());
            }
            Cursor position = underWay.pass(page.batch.after());
            reader.pageTaken(page);
            known.forgetBefore(source.horizon(position));
            return null;
        }
    }

    private boolean[] fresh(PageReader.Page page) {
        try {
            return page.fresh == null ? look(page) : page.fresh;
        } catch (RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    private boolean[] look(PageReader.Page page) {
        var fresh = new boolean[page.batch.records().size()];
        int size = 0;
        for (int i = page.at; i < fresh.length; i++) {
            PolledRecord record = page.batch.records().get(i);
            fresh[i] = isNew(record) && !known.isInRepository(record);
            size += fresh[i] ? 1 : 0;
        }
        boolean bounded = settings.form() == Delivery.Form.RECORD && settings.most() > 0;
        page.look(fresh, bounded ? Math.min(size, settings.most() - count) : size);
        return fresh;
    }

    private synchronized boolean isNew(PolledRecord record) {
        return !known.contains(record.position()) && !underWay.holds(record.position());
    }

    /** See {@link Poller#more}. */
    Future<Boolean> more(Delivery stream) {
        synchronized (this) {
            underWay.require(stream);
            if (reader.page() != null || !reader.hasMore()) {
                return Future.succeededFuture(reader.page() != null);
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

    /** See {@link Poller#takeOf}. */
    synchronized void takeOf(Delivery stream) {
        underWay.require(stream);
        take(stream, reader.requirePage().record());
    }

    /** See {@link Poller#ack}. */
    void ack(Delivery delivery, @Nullable Throwable cause) {
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
        if (!underWay.isDone() || moves || reader.isAwaiting()) {
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
    synchronized @Nullable Cursor position() {
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
    synchronized @Nullable Throwable failure() {
        return underWay.failure();
    }
}
