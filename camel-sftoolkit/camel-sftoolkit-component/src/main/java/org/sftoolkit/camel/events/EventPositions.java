package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Where the positions of channels are kept: texts by key. */
public interface EventPositions {

    /** The text under the key of a channel; null if there is no text. */
    Future<@Nullable String> load(String channel);

    /**
     * Puts a text under the key of a channel, in place of that which was loaded or saved last. Fails with
     * {@link org.sftoolkit.camel.error.PositionOvertakenException} if another consumer has put one there meanwhile.
     */
    Future<Void> save(String channel, String text);
}
