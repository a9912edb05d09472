package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.poll.Cursor;
import org.sftoolkit.camel.poll.CursorText;
import org.sftoolkit.camel.poll.DeliveredLog;
import org.sftoolkit.camel.poll.Progress;

/** Where a consumer stands. Thread-safe for those who look and set; moved by the polling thread only. */
final class ConsumerPosition implements WatermarkControl {

    private static final String BEGINNING = "BEGINNING";
    private static final String NOW = "NOW";

    private final SfToolkitConsumer consumer;
    private final PollSettings settings;
    private final WatermarkStore store;
    private final String source;
    private final Supplier<Future<Instant>> clock;
    private final DeliveredLog log = new DeliveredLog();
    private volatile Cursor cursor;
    private volatile Progress progress;
    private volatile String wanted;

    ConsumerPosition(
            SfToolkitConsumer consumer,
            PollSettings settings,
            WatermarkStore store,
            String source,
            Supplier<Future<Instant>> clock) {
        this.consumer = consumer;
        this.settings = settings;
        this.store = store;
        this.source = source;
        this.clock = clock;
    }

    /** What was delivered; for the polling thread between polls, else under the lock of its {@link Progress}. */
    DeliveredLog log() {
        return log;
    }

    /** The position to go on from, loaded or set anew where that is due. */
    Cursor current() throws Exception {
        String text = wanted;
        if (text != null) {
            log.clear();
            cursor = moved(text);
            wanted = null;
            store.save(cursor, log, true);
        } else if (cursor == null) {
            Cursor stored = store.load(log);
            cursor = stored == null ? start() : stored;
            // stored before anything is read: a restart must not begin at a later NOW
            store.save(cursor, log, true);
        }
        return cursor;
    }

    private Cursor start() throws Exception {
        if (settings.startsAtBeginning()) {
            return Cursor.beginning(source);
        }
        return Cursor.since(source, settings.startsNow() ? now() : settings.start());
    }

    private Cursor moved(String text) throws Exception {
        if (text.equalsIgnoreCase(BEGINNING)) {
            return cursorOrStart().restarted();
        }
        if (text.equalsIgnoreCase(NOW)) {
            return cursorOrStart().movedTo(now());
        }
        return text.contains(";")
                ? CursorText.read(text, source)
                : cursorOrStart().movedTo(PollSettings.instant(text));
    }

    private Cursor cursorOrStart() {
        if (cursor == null) {
            try {
                cursor = store.load(new DeliveredLog());
            } catch (WatermarkException unusable) {
                // what is set takes the place of it
                return Cursor.beginning(source);
            }
        }
        return cursor == null ? Cursor.beginning(source) : cursor;
    }

    private Instant now() throws Exception {
        return consumer.await(clock.get()).truncatedTo(ChronoUnit.SECONDS);
    }

    Progress begin(Cursor from) {
        progress = new Progress(from, log, settings.skipFailures());
        return progress;
    }

    /** Takes over how far the deliveries have come, and writes it down if it is time. */
    void save(boolean now) {
        Progress run = progress;
        synchronized (run) {
            cursor = run.cursor();
            store.save(cursor, log, now);
        }
    }

    @Override
    public String routeId() {
        return consumer.getRouteId();
    }

    @Override
    public String uri() {
        return consumer.getEndpoint().toString();
    }

    @Override
    public String key() {
        return store.key();
    }

    @Override
    public String position() {
        return CursorText.write(known());
    }

    @Override
    public Optional<Instant> watermark() {
        return Optional.ofNullable(known().watermark());
    }

    private Cursor known() {
        Progress run = progress;
        Cursor last = run == null || wanted != null ? cursor : run.cursor();
        return last == null ? Cursor.beginning(source) : last;
    }

    @Override
    public int inFlight() {
        Progress run = progress;
        return run == null ? 0 : run.inFlight();
    }

    @Override
    public void set(String position) {
        String text = position.strip();
        if (text.contains(";")) {
            CursorText.read(text, source);
        } else if (!text.equalsIgnoreCase(BEGINNING) && !text.equalsIgnoreCase(NOW)) {
            PollSettings.instant(text);
        }
        wanted = text;
    }

    @Override
    public void rewind(Duration by) {
        Instant from = watermark()
                .orElseThrow(() -> new IllegalStateException(key() + " has no watermark yet to go back from"));
        set(from.minus(by).truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
