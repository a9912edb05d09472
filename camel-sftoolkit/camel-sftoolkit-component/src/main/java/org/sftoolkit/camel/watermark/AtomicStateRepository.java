package org.sftoolkit.camel.watermark;

import org.apache.camel.spi.StateRepository;
import org.jspecify.annotations.Nullable;

/**
 * Keeps texts by key, and replaces one only if it is still the one that the caller knows. A consumer that lost its lock in a cluster,
 * because it was paused or slow, can move no position back in such a repository. Thread-safe; may block.
 */
public interface AtomicStateRepository extends StateRepository<String, String> {

    /**
     * Puts a text under a key if the text there is the expected one. All that write to the store see either all of this or nothing.
     *
     * @param expected the text as the caller read or wrote it last; null if there was none
     * @param value    never null
     * @return false if another text stands there, which is left as it is
     */
    boolean compareAndSetState(String key, @Nullable String expected, String value);
}
