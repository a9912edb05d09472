package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.LogContext;

/** The pages that a poller reads, and the store of its position. A record is told by its Id and its second after noon, as in {@code a1}. */
final class PolledPages implements PollSource, PositionStore.Texts {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String SOURCE = "query:Account:SystemModstamp";
    static final Cursor START = Cursor.since(SOURCE, NOON);
    static final String KEY = "key";
    static final String LOG = "key/delivered";

    final Map<String, String> texts = new TreeMap<>();
    final AtomicLong nanos = new AtomicLong();
    final Deque<Future<Batch>> pages = new ArrayDeque<>();
    final List<Cursor> readings = new ArrayList<>();
    /** All may come again. */
    Instant horizon = NOON.minusSeconds(9_000);

    int closed;
    boolean storeIsAway;

    static Position version(String version) {
        return new Position(NOON.plusSeconds(Integer.parseInt(version.substring(1))), version.substring(0, 1));
    }

    /** The place behind this record. */
    static Cursor behind(String version) {
        return START.at(version(version));
    }

    /** A page with these records. */
    static Batch page(Cursor from, boolean more, String... versions) {
        var records = new ArrayList<PolledRecord>();
        Cursor at = from;
        for (String version : versions) {
            Position position = version(version);
            at = at.at(position);
            var fields = new LinkedHashMap<String, Object>();
            fields.put("Id", position.id());
            records.add(new PolledRecord(SObject.read("Account", fields), position, Change.CREATED, at));
        }
        return new Batch(records, at, more);
    }

    /** A page with these records from the start, and more to come. */
    void add(String... versions) {
        add(page(START, true, versions));
    }

    void add(Batch page) {
        pages.add(Future.succeededFuture(page));
    }

    /** Nothing more in this poll. */
    void addEnd(Cursor at) {
        add(Batch.idle(at));
    }

    static List<String> versions(Delivery delivery) {
        return delivery.records().stream()
                .map(PolledRecord::position)
                .map(version -> version.id() + NOON.until(version.stamp(), java.time.temporal.ChronoUnit.SECONDS))
                .toList();
    }

    /** All deliveries that can be taken now. */
    static List<Delivery> take(Poller poller) {
        var taken = new ArrayList<Delivery>();
        for (int i = 0; i < 100; i++) {
            Future<Boolean> ready = poller.ready();
            if (!ready.isComplete() || !Boolean.TRUE.equals(ready.result())) {
                return taken;
            }
            Delivery delivery = poller.next();
            if (delivery != null) {
                taken.add(delivery);
            }
        }
        throw new AssertionError("more is always ready");
    }

    static List<List<String>> versions(List<Delivery> deliveries) {
        return deliveries.stream().map(PolledPages::versions).toList();
    }

    PositionStore store(boolean keepsLog) {
        return new PositionStore(this, KEY, SOURCE, keepsLog, nanos::get, LogContext.NONE);
    }

    Poller poller(Poller.Settings settings) {
        return poller(settings, null);
    }

    /** A poller that begins at noon, if the store has no position. */
    Poller poller(Poller.Settings settings, KnownDeliveries.Repository repository) {
        return new Poller(
                this,
                store(true),
                repository,
                StartPosition.of(NOON.toString()),
                settings,
                new Poller.Time(
                        () -> Future.succeededFuture(NOON.plusSeconds(500)),
                        (time, ring) -> () -> {},
                        new LimitPace(nanos::get, LogContext.NONE)));
    }

    static Poller.Settings records(int most, int maxInFlight) {
        return settings(Delivery.Form.RECORD, most, maxInFlight, false);
    }

    static Poller.Settings lists(int size, int maxInFlight) {
        return new Poller.Settings(Delivery.Form.LIST, size, 0, maxInFlight, false, Duration.ofMinutes(1));
    }

    static Poller.Settings settings(Delivery.Form form, int most, int maxInFlight, boolean skipFailures) {
        return new Poller.Settings(form, 10, most, maxInFlight, skipFailures, Duration.ofMinutes(1));
    }

    @Override
    public Reading read(Cursor place) {
        readings.add(place);
        return new Reading() {
            @Override
            public Future<Batch> next() {
                return pages.remove();
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    @Override
    public Instant horizon(Cursor place) {
        Objects.requireNonNull(place);
        return horizon;
    }

    @Override
    public String get(String key) {
        return texts.get(key);
    }

    @Override
    public void set(String key, String text) {
        requireStore();
        texts.put(key, text);
    }

    @Override
    public boolean replace(String key, String expected, String text) {
        requireStore();
        boolean replaces = Objects.equals(texts.get(key), expected);
        if (replaces) {
            texts.put(key, text);
        }
        return replaces;
    }

    private void requireStore() {
        if (storeIsAway) {
            throw new IllegalStateException("the store is away");
        }
    }
}
