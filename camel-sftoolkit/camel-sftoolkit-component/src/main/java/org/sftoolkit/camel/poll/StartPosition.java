package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where to begin, as options name it and those who set a position: a word, an instant, or a position as it is stored. */
public final class StartPosition {

    private static final String BEGINNING = "BEGINNING";
    private static final String NOW = "NOW";

    private final @Nullable String word;
    private final @Nullable Instant instant;
    private final @Nullable Cursor stored;

    private StartPosition(@Nullable String word, @Nullable Instant instant, @Nullable Cursor stored) {
        this.word = word;
        this.instant = instant;
        this.stored = stored;
    }

    /** Everything that exists. */
    public static StartPosition beginning() {
        return new StartPosition(BEGINNING, null, null);
    }

    /** What comes from now on. */
    public static StartPosition now() {
        return new StartPosition(NOW, null, null);
    }

    /**
     * A word or an instant.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static StartPosition of(String text) {
        String given = text.strip();
        if (given.equalsIgnoreCase(BEGINNING)) {
            return beginning();
        }
        if (given.equalsIgnoreCase(NOW)) {
            return now();
        }
        try {
            return new StartPosition(null, Instant.parse(given).truncatedTo(ChronoUnit.SECONDS), null);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a watermark: use BEGINNING, NOW or an instant such as 2026-01-31T00:00:00Z",
                    e);
        }
    }

    /**
     * A word, an instant, or a position as it is stored.
     *
     * @param source what a stored position has to belong to
     */
    static StartPosition of(String text, String source) {
        return text.contains(";") ? new StartPosition(null, null, CursorText.read(text, source)) : of(text);
    }

    boolean isBeginning() {
        return BEGINNING.equals(word);
    }

    boolean isNow() {
        return NOW.equals(word);
    }

    /**
     * The first position of a source.
     *
     * @param now as {@link #time} gave it
     */
    Cursor first(String source, @Nullable Instant now) {
        return isBeginning() ? Cursor.beginning(source) : Cursor.since(source, instant(now));
    }

    /**
     * The position in place of another one.
     *
     * @param now as {@link #time} gave it
     */
    Cursor insteadOf(Cursor present, @Nullable Instant now) {
        if (stored != null) {
            // another run: what was delivered behind it comes again
            return stored.inRun(present.run() + 1);
        }
        return isBeginning() ? present.restarted() : present.movedTo(instant(now));
    }

    private Instant instant(@Nullable Instant now) {
        return Objects.requireNonNull(isNow() ? now : instant, "it was not asked for the time");
    }

    /** The time, if it is needed; else null. */
    Future<Instant> time(Supplier<Future<Instant>> clock) {
        return isNow() ? clock.get().map(now -> now.truncatedTo(ChronoUnit.SECONDS)) : Future.succeededFuture();
    }
}
