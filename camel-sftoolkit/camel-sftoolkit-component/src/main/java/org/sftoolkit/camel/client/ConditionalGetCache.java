package org.sftoolkit.camel.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Caches responses of a connection that are transferred again only if they changed. The least recently used are
 * removed, because a description takes up to a megabyte. Thread-safe.
 */
final class ConditionalGetCache {

    private static final int MOST = 50;

    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST;
        }
    };

    /**
     * An answer as it came.
     *
     * @param date when it was true, as the server writes it
     * @param body its bytes
     */
    record Kept(String date, byte[] body) {}

    synchronized @Nullable Kept get(String path) {
        return kept.get(path);
    }

    synchronized void put(String path, Kept answer) {
        kept.put(path, answer);
    }
}
