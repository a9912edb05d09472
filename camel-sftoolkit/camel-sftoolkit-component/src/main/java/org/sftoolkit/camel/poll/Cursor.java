package org.sftoolkit.camel.poll;

import java.time.Instant;

/**
 * How far a source was read: a half-open window of time and the place within it. Immutable; survives restarts as text, see
 * {@link CursorText}.
 *
 * @param source what it belongs to, such as {@code query:Account:SystemModstamp}
 * @param run    counts how often the position was set by hand; what was delivered in an earlier run may come again
 * @param origin nothing older is ever given; null for no such bound
 * @param from   all before is done; null where everything that exists is still to be loaded
 * @param until  end, exclusive, of the window that is being read; null between two windows
 * @param at     the last record that is done within the window, or in the look-back before it; null for none
 * @param load   how far a load by a bulk job has come, in the words of its source; null where there is none
 */
public record Cursor(String source, int run, Instant origin, Instant from, Instant until, Position at, String load) {

    /** The start of all that exists. */
    public static Cursor beginning(String source) {
        return new Cursor(source, 0, null, null, null, null, null);
    }

    /** The start at an instant. */
    public static Cursor since(String source, Instant start) {
        return new Cursor(source, 0, start, start, null, null, null);
    }

    /** The same position, with the window up to this instant being read. */
    public Cursor window(Instant end) {
        return new Cursor(source, run, origin, from, end, null, null);
    }

    /** Everything of the window up to this record is done. */
    public Cursor at(Position done) {
        return new Cursor(source, run, origin, from, until, done, load);
    }

    /** Everything of a load up to this place is done. */
    public Cursor load(String done) {
        return new Cursor(source, run, origin, from, until, at, done);
    }

    /** The window is done. */
    public Cursor closed() {
        return new Cursor(source, run, origin, until, null, null, null);
    }

    /** An extract is done; what it gave may come again with the next one. */
    public Cursor extracted() {
        return new Cursor(source, run + 1, origin, until, null, null, null);
    }

    /** Everything that exists is to be loaded again. */
    public Cursor restarted() {
        return new Cursor(source, run + 1, null, null, null, null, null);
    }

    /** The position moved by hand to an instant. */
    public Cursor movedTo(Instant start) {
        return new Cursor(source, run + 1, start, start, null, null, null);
    }

    /** The instant before which all is done: the stamp of the last record done, else the begin of the window; null for none. */
    public Instant watermark() {
        boolean inLookBack = at == null || from != null && at.stamp().isBefore(from);
        return inLookBack ? from : at.stamp();
    }
}
