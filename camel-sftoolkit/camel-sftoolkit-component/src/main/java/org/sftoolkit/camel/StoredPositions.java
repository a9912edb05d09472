package org.sftoolkit.camel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.camel.spi.StateRepository;
import org.sftoolkit.camel.events.EventPositions;
import org.sftoolkit.camel.poll.FencedText;

/** Positions of channels in a repository of Camel's, which may block: read and written on Vert.x's workers. */
final class StoredPositions implements EventPositions {

    private final Vertx vertx;
    private final StateTexts texts;
    private final UnaryOperator<String> keys;
    private final Map<String, FencedText> positions = new ConcurrentHashMap<>();

    /** @param keys key of a channel's position */
    StoredPositions(Vertx vertx, StateRepository<String, String> repository, UnaryOperator<String> keys) {
        this.vertx = vertx;
        this.texts = new StateTexts(repository);
        this.keys = keys;
    }

    private FencedText position(String channel) {
        return positions.computeIfAbsent(channel, one -> new FencedText(texts, keys.apply(one)));
    }

    @Override
    public Future<String> load(String channel) {
        FencedText position = position(channel);
        return vertx.executeBlocking(
                () -> {
                    synchronized (position) {
                        return position.load();
                    }
                },
                false);
    }

    @Override
    public Future<Void> save(String channel, String text) {
        FencedText position = position(channel);
        return vertx.executeBlocking(
                () -> {
                    synchronized (position) {
                        position.replace(text);
                    }
                    return null;
                },
                false);
    }
}
