package org.sftoolkit.camel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.UnaryOperator;
import org.apache.camel.spi.StateRepository;
import org.sftoolkit.camel.events.EventPositions;

/** Positions of channels in a repository of Camel's, which may block: read and written on Vert.x's workers. */
final class StoredPositions implements EventPositions {

    private final Vertx vertx;
    private final StateRepository<String, String> repository;
    private final UnaryOperator<String> keys;

    /** @param keys key of a channel's position */
    StoredPositions(Vertx vertx, StateRepository<String, String> repository, UnaryOperator<String> keys) {
        this.vertx = vertx;
        this.repository = repository;
        this.keys = keys;
    }

    @Override
    public Future<String> load(String channel) {
        return vertx.executeBlocking(() -> repository.getState(keys.apply(channel)), false);
    }

    @Override
    public Future<Void> save(String channel, String text) {
        return vertx.executeBlocking(
                () -> {
                    repository.setState(keys.apply(channel), text);
                    return null;
                },
                false);
    }
}
