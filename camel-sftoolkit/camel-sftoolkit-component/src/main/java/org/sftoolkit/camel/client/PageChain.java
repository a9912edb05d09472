package org.sftoolkit.camel.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;

/**
 * Detects endless chains of pages: a chain that returns to an earlier page, or continues without entries, would never
 * end. Each chain is checked before an address is followed. Thread-safe.
 *
 * <p>Memory is bounded: it keeps the newest addresses and one older address, which moves in doubling steps (Brent's
 * algorithm) to find longer circles too.
 */
public final class PageChain {

    private static final int REMEMBERED = 256;
    /** Pages in a row that may have no entries; Salesforce filters some pages after it has cut them. */
    private static final int MOST_EMPTY = 20;

    private final Set<String> newest = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });
    private final String what;
    private @Nullable String landmark;
    private long steps;
    private long reach = 1;
    private int empty;

    /** @param what the pages, for people, such as {@code pages of job 750...} */
    public PageChain(String what) {
        this.what = what;
    }

    /**
     * The next page is about to be asked for.
     *
     * @param address what names it
     * @param entries of the page that named it; 0 for the first
     * @throws UnreadableResponseException if the chain does not lead on
     */
    public synchronized void follow(String address, long entries) {
        if (!newest.add(address) || address.equals(landmark)) {
            throw endless("refer back to a page that was read before: '" + address + "'");
        }
        empty = entries > 0 ? 0 : empty + 1;
        if (empty > MOST_EMPTY) {
            throw endless("name a further one, '" + address + "', after " + MOST_EMPTY + " without an entry");
        }
        if (++steps == reach) {
            landmark = address;
            reach *= 2;
            steps = 0;
        }
    }

    /** Whether the address was followed before, as far as is remembered. */
    public synchronized boolean knows(String address) {
        return newest.contains(address);
    }

    private UnreadableResponseException endless(String how) {
        return new UnreadableResponseException("the " + what + " " + how, true, Answer.NONE, null);
    }
}
