package org.sftoolkit.camel.events;

import java.util.Iterator;
import java.util.LinkedHashSet;

/** The last replay ids of a channel, by which an event is known that comes again over the stream that replaced another. */
final class SeenEvents {

    private static final int MOST = 256;

    private final LinkedHashSet<String> ids = new LinkedHashSet<>();

    /** Whether an event has not been seen; from now on it has. */
    boolean isNew(String replayId) {
        if (!ids.add(replayId)) {
            return false;
        }
        if (ids.size() > MOST) {
            Iterator<String> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    void clear() {
        ids.clear();
    }
}
