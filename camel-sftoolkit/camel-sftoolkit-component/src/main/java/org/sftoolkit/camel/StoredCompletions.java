package org.sftoolkit.camel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.spi.IdempotentRepository;
import org.sftoolkit.camel.events.CompletedEvents;

/** What is done, in a repository of Camel's, which may block: read and written on Vert.x's workers. */
final class StoredCompletions implements CompletedEvents {

    private final Vertx vertx;
    private final IdempotentRepository repository;

    StoredCompletions(Vertx vertx, IdempotentRepository repository) {
        this.vertx = vertx;
        this.repository = repository;
    }

    @Override
    public Future<Set<String>> among(Collection<String> keys) {
        return vertx.executeBlocking(
                () -> {
                    var known = new HashSet<String>();
                    for (String key : keys) {
                        if (repository.contains(key)) {
                            known.add(key);
                        }
                    }
                    return known;
                },
                false);
    }

    @Override
    public Future<Void> add(Collection<String> keys) {
        return vertx.executeBlocking(
                () -> {
                    keys.forEach(repository::add);
                    return null;
                },
                false);
    }
}
