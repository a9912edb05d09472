package org.sftoolkit.camel.poll;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.PositionOvertakenException;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.transport.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer's entries in a store: its position under its key, and the records delivered within the look-back. It
 * writes at most once a second unless forced, and only changes. May block; guarded by its owner's lock.
 */
public final class PositionStore {

    /** Texts by key; may block. */
    public interface Texts {

        /** The text under a key, or null. */
        @Nullable
        String get(String key);

        /** Puts a text under a key. */
        void set(String key, String text);

        /**
         * Puts a text under a key if the expected one stands there; false if another does, which stays. A store that cannot
         * compare writes in any case.
         *
         * @param expected null if no text is expected
         */
        default boolean replace(String key, @Nullable String expected, String text) {
            set(key, text);
            return true;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(PositionStore.class);
    private static final long PAUSE_NANOS = 1_000_000_000L;
    private static final String DELIVERED = "/delivered";

    private final FencedText position;
    private final FencedText delivered;
    private final String source;
    private final boolean keepsLog;
    private final LongSupplier nanos;
    private final LogContext context;
    private int lastSize;
    private long lastWrite;
    private boolean overtaken;

    /**
     * @param texts the store
     * @param key key of the position
     * @param source source that the position must belong to
     * @param keepsLog whether delivered records are kept too
     * @param nanos elapsed time
     * @param context what log lines belong to
     */
    public PositionStore(
            Texts texts, String key, String source, boolean keepsLog, LongSupplier nanos, LogContext context) {
        this.position = new FencedText(texts, key);
        this.delivered = new FencedText(texts, key + DELIVERED);
        this.source = source;
        this.keepsLog = keepsLog;
        this.nanos = nanos;
        this.context = context;
        this.lastWrite = nanos.getAsLong() - PAUSE_NANOS;
    }

    String key() {
        return position.key();
    }

    String source() {
        return source;
    }

    /** The stored position; null if there is no position yet. An invalid text throws {@link WatermarkException}. */
    @Nullable
    Cursor load(DeliveredLog log) {
        overtaken = false;
        String text = position.load();
        if (text == null) {
            return null;
        }
        Cursor cursor = CursorText.read(text, source);
        String entries = keepsLog ? entries() : null;
        if (entries != null && !DeliveredText.read(entries, log)) {
            context.write(() -> LOG.warn(
                    "{}: the list of recently delivered records cannot be read; records of the look-back are delivered"
                            + " again",
                    key()));
        }
        return cursor;
    }

    /** The stored position, or a beginning if there is no position, or one that cannot be read. */
    Cursor loadOrBegin() {
        try {
            Cursor stored = load(new DeliveredLog());
            return stored == null ? Cursor.beginning(source) : stored;
        } catch (WatermarkException unusable) {
            // what is set takes the place of it, in a run that no earlier one is taken for
            int minutes = (int) Duration.ofMillis(System.currentTimeMillis()).toMinutes();
            return Cursor.beginning(source).inRun(minutes);
        }
    }

    private @Nullable String entries() {
        try {
            return delivered.load();
        } catch (WatermarkException lost) {
            return "";
        }
    }

    /** Whether the last write is a second old. */
    boolean isDue() {
        return nanos.getAsLong() - lastWrite >= PAUSE_NANOS;
    }

    /** The text of a log of a run, if it is to be written; else null. */
    @Nullable
    String text(DeliveredLog log, int run, boolean now) {
        if (!keepsLog || log.size() == lastSize && !now) {
            return null;
        }
        lastSize = log.size();
        return log.size() == 0 && delivered.known() == null ? null : DeliveredText.write(log, run);
    }

    /** Writes a position that was set, whatever stands there: what was delivered before may come again. */
    void move(Cursor cursor) {
        if (keepsLog) {
            delivered.set(DeliveredText.write(new DeliveredLog(), cursor.run()));
        }
        position.set(CursorText.write(cursor));
        lastWrite = nanos.getAsLong();
        overtaken = false;
    }

    /**
     * Writes the first position of all.
     *
     * @throws PositionOvertakenException if another consumer was quicker
     */
    void begin(Cursor cursor) {
        fenced(() -> {
            if (position.load() != null) {
                throw new PositionOvertakenException(key());
            }
            if (keepsLog) {
                // what is left of an earlier position must not be taken for delivered
                delivered.set(DeliveredText.write(new DeliveredLog(), cursor.run()));
            }
            position.replace(CursorText.write(cursor));
        });
    }

    /**
     * Writes what changed.
     *
     * @throws PositionOvertakenException if another consumer has written since this one read or wrote last
     */
    void save(Cursor cursor, @Nullable String log) {
        fenced(() -> {
            // what was delivered goes first: a crash between the two writes may then repeat nothing and loses nothing
            if (log != null) {
                delivered.replace(log);
            }
            position.replace(CursorText.write(cursor));
        });
    }

    private void fenced(Runnable write) {
        try {
            write.run();
            lastWrite = nanos.getAsLong();
        } catch (PositionOvertakenException e) {
            overtaken = true;
            throw e;
        }
    }

    /** Whether another consumer has moved the position, so that nothing may be written before it is loaded again. */
    boolean isOvertaken() {
        return overtaken;
    }

    /**
     * The delivered records as one line of text, so that a restart does not deliver records of the look-back again.
     * If the text cannot be read, these records are delivered again and nothing is lost.
     */
    static final class DeliveredText {

        /** More than these are not written; the oldest are left out. */
        public static final int MOST = 20_000;

        private static final String NAME = "sftoolkit-delivered;1;";

        private DeliveredText() {}

        /**
         * Writes the log as one line with a checksum, the newest second first, at most {@link #MOST} versions.
         *
         * @param run of the position, so that no two runs have the same text: a consumer whose position was set back by
         *     another one could else take the new list for its own, and enter in it what is to come again
         */
        public static String write(DeliveredLog log, int run) {
            var text = new StringBuilder(NAME).append(run).append(',');
            int room = MOST;
            for (Map.Entry<Long, IdSet> second : log.newestFirst().entrySet()) {
                IdSet ids = second.getValue();
                if (ids.size() > room) {
                    break;
                }
                room -= ids.size();
                ByteBuffer hashes = ByteBuffer.allocate(ids.size() * Long.BYTES);
                ids.forEach(hashes::putLong);
                text.append(second.getKey())
                        .append(':')
                        .append(Base64.getUrlEncoder().withoutPadding().encodeToString(hashes.array()))
                        .append(',');
            }
            return text.append(';').append(checksum(text)).toString();
        }

        /** Adds the entries of a text to a log; false if it cannot be read. */
        public static boolean read(String text, DeliveredLog log) {
            int end = text.lastIndexOf(';');
            if (end < 0
                    || !text.startsWith(NAME)
                    || !checksum(text.substring(0, end + 1)).equals(text.substring(end + 1))) {
                return false;
            }
            for (String second : text.substring(NAME.length(), end).split(",")) {
                int colon = second.indexOf(':');
                if (colon > 0) {
                    ByteBuffer hashes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(second.substring(colon + 1)));
                    while (hashes.hasRemaining()) {
                        log.add(Long.parseLong(second.substring(0, colon)), hashes.getLong());
                    }
                }
            }
            return true;
        }

        private static String checksum(CharSequence body) {
            var crc = new CRC32();
            body.chars().forEach(crc::update);
            return String.format("%08x", crc.getValue());
        }
    }
}
