package org.sftoolkit.camel;

import org.apache.camel.spi.StateRepository;
import org.sftoolkit.camel.poll.Cursor;
import org.sftoolkit.camel.poll.CursorText;
import org.sftoolkit.camel.poll.DeliveredLog;
import org.sftoolkit.camel.poll.DeliveredText;
import org.sftoolkit.camel.transport.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer's place in a state repository: its position under its key, what it delivered within the look-back beside it. Writes
 * at most once a second unless told to, and only what has changed. Used by the polling thread only.
 */
final class WatermarkStore {

    private static final Logger LOG = LoggerFactory.getLogger(WatermarkStore.class);
    private static final long PAUSE_NANOS = 1_000_000_000L;
    private static final String DELIVERED = "/delivered";

    private final StateRepository<String, String> repository;
    private final String key;
    private final String source;
    private final boolean keepsLog;
    private final LogContext context;
    private String lastCursor;
    private String lastLog;
    private int lastSize;
    private long lastWrite = System.nanoTime() - PAUSE_NANOS;

    /**
     * @param keepsLog whether what was delivered is kept too
     * @param context  what log lines belong to
     */
    WatermarkStore(
            StateRepository<String, String> repository,
            String key,
            String source,
            boolean keepsLog,
            LogContext context) {
        this.repository = repository;
        this.key = key;
        this.source = source;
        this.keepsLog = keepsLog;
        this.context = context;
    }

    String key() {
        return key;
    }

    /** The stored position; null where there is none yet. */
    Cursor load(DeliveredLog log) {
        String text = repository.getState(key);
        if (text == null || text.isBlank()) {
            return null;
        }
        Cursor cursor = CursorText.read(text, source);
        lastCursor = text;
        String delivered = keepsLog ? repository.getState(key + DELIVERED) : null;
        if (delivered != null && !DeliveredText.read(delivered, log)) {
            context.write(() -> LOG.warn(
                    "{}: what was delivered lately cannot be read; records of the look-back come once more", key));
        }
        return cursor;
    }

    /** Writes the position if it changed and the last write is a second old, or {@code now} is set. */
    void save(Cursor cursor, DeliveredLog log, boolean now) {
        if (!now && System.nanoTime() - lastWrite < PAUSE_NANOS) {
            return;
        }
        // what was delivered goes first: a crash between the two writes may then repeat nothing and loses nothing
        if (keepsLog && (log.size() != lastSize || now)) {
            String text = DeliveredText.write(log);
            if (!text.equals(lastLog) && !(lastLog == null && log.size() == 0)) {
                repository.setState(key + DELIVERED, text);
                lastLog = text;
            }
            lastSize = log.size();
        }
        String text = CursorText.write(cursor);
        if (!text.equals(lastCursor)) {
            repository.setState(key, text);
            lastCursor = text;
        }
        lastWrite = System.nanoTime();
    }
}
