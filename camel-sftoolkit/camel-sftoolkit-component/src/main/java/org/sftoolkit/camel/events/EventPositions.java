package org.sftoolkit.camel.events;

import io.vertx.core.Future;

/** Where the positions of channels are kept: texts by key. */
public interface EventPositions {

    /** The text under the key of a channel; null if there is none. */
    Future<String> load(String channel);

    /** Puts a text under the key of a channel. */
    Future<Void> save(String channel, String text);
}
