package org.sftoolkit.camel.poll;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.PositionOvertakenException;

/**
 * A text in a store that other consumers may write too. It is replaced only as long as the text of this consumer stands there, if
 * the store can compare. May block; for one thread at a time.
 */
public final class FencedText {

    private final PositionStore.Texts texts;
    private final String key;
    private @Nullable String known;
    /** A write of this text failed, and may have taken place all the same. */
    private @Nullable String attempted;

    /** @param key of the text in the store */
    public FencedText(PositionStore.Texts texts, String key) {
        this.texts = texts;
        this.key = key;
    }

    /** The key of the text in its store. */
    public String key() {
        return key;
    }

    /** Reads the text; null if there is no text. What is replaced later is this one. */
    public @Nullable String load() {
        known = texts.get(key);
        attempted = null;
        return known;
    }

    /** The text that was read or written last; null if there was no text. */
    @Nullable
    String known() {
        return known;
    }

    /** Writes a text whatever stands there. */
    void set(String text) {
        attempted = text;
        texts.set(key, text);
        written(text);
    }

    /**
     * Writes a text, if it is another one, in place of that which was read or written last.
     *
     * @throws PositionOvertakenException if another consumer has written one meanwhile, which stays
     */
    public void replace(String text) {
        if (attempted != null) {
            known = attempted.equals(texts.get(key)) ? attempted : known;
            attempted = null;
        }
        if (text.equals(known)) {
            return;
        }
        attempted = text;
        // a text that was removed was moved by nobody
        if (!texts.replace(key, known, text) && (texts.get(key) != null || !texts.replace(key, null, text))) {
            attempted = null;
            throw new PositionOvertakenException(key);
        }
        written(text);
    }

    private void written(String text) {
        known = text;
        attempted = null;
    }
}
