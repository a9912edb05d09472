package org.sftoolkit.camel.poll;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.WatermarkException;

/**
 * How far a source was read: a half-open window of time and the place within it. Immutable; survives restarts as
 * text, see {@link CursorText}.
 *
 * @param source what it belongs to, such as {@code query:Account:SystemModstamp}
 * @param run counts how often the position was set by hand; what was delivered in an earlier run may come again
 * @param origin older records are never delivered; null for no limit
 * @param from everything before it is done; null if the initial load is not finished
 * @param until end, exclusive, of the window that is being read; null between two windows
 * @param at the last record that is done within the window, or in the look-back before it, or null
 * @param load how far a load by a bulk job has come, in the words of its source; null if there is no load
 * @param ahead whether it was found ahead of the org's clock; it is not read from until it is set, however late it
 *     gets
 */
public record Cursor(
        String source,
        int run,
        @Nullable Instant origin,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Position at,
        @Nullable String load,
        boolean ahead) {

    /** The start of all that exists. */
    public static Cursor beginning(String source) {
        return new Cursor(source, 0, null, null, null, null, null, false);
    }

    /** The start at an instant. */
    public static Cursor since(String source, Instant start) {
        return new Cursor(source, 0, start, start, null, null, null, false);
    }

    /** The same position, with the window up to this instant being read. */
    public Cursor window(Instant end) {
        return new Cursor(source, run, origin, from, end, null, null, false);
    }

    /** Everything of the window up to this record is done. */
    public Cursor at(Position done) {
        return new Cursor(source, run, origin, from, until, done, load, false);
    }

    /** Everything of a load up to this place is done. */
    public Cursor load(String done) {
        return new Cursor(source, run, origin, from, until, at, done, false);
    }

    /** The window is done. */
    public Cursor closed() {
        return new Cursor(source, run, origin, until, null, null, null, false);
    }

    /** An extract is done; what it gave may come again with the next one. */
    public Cursor extracted() {
        return new Cursor(source, run + 1, origin, until, null, null, null, false);
    }

    /** Everything that exists is to be loaded again. */
    public Cursor restarted() {
        return new Cursor(source, run + 1, null, null, null, null, null, false);
    }

    /** The position moved by hand to an instant. */
    public Cursor movedTo(Instant start) {
        return new Cursor(source, run + 1, start, start, null, null, null, false);
    }

    /** The same position, found ahead of the org's clock. */
    public Cursor foundAhead() {
        return new Cursor(source, run, origin, from, until, at, load, true);
    }

    /** Why nothing is read from a position that was found ahead of the org's clock. */
    WatermarkException refusal() {
        return new WatermarkException(
                "the watermark " + from
                        + " is later than the clock of the org: it may belong to another org, or to a sandbox before"
                        + " its refresh. To skip no records, nothing is read until you set it again (moveWatermark in"
                        + " JMX, or WatermarkControl)",
                null);
    }

    /** The same position in another run. */
    Cursor inRun(int number) {
        return new Cursor(source, number, origin, from, until, at, load, ahead);
    }

    /**
     * The instant before which all is done: the stamp of the last record done, else the start of the window; null if
     * there is neither.
     */
    public @Nullable Instant watermark() {
        return at == null || from != null && at.stamp().isBefore(from) ? from : at.stamp();
    }
}
