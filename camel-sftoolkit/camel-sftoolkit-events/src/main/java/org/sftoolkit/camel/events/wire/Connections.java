package org.sftoolkit.camel.events.wire;

import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which streams live on which connection: Vert.x tells only one of them that a connection is going away. On one event loop. */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Map<HttpConnection, Set<GrpcEventStream>> streams = new HashMap<>();

    void add(HttpConnection connection, GrpcEventStream stream) {
        streams.computeIfAbsent(connection, this::watched).add(stream);
    }

    private Set<GrpcEventStream> watched(HttpConnection connection) {
        connection.goAwayHandler(goAway -> {
            LOG.debug("The Pub/Sub API ends a connection (GOAWAY, code {})", goAway.getErrorCode());
            List.copyOf(streams.getOrDefault(connection, Set.of())).forEach(GrpcEventStream::goingAway);
        });
        connection.closeHandler(closed -> streams.remove(connection));
        // else Vert.x logs by itself what breaks
        connection.exceptionHandler(
                failure -> LOG.debug("A connection to the Pub/Sub API failed: {}", failure.toString()));
        return new LinkedHashSet<>();
    }

    void remove(HttpConnection connection, GrpcEventStream stream) {
        Set<GrpcEventStream> living = streams.get(connection);
        if (living != null) {
            living.remove(stream);
        }
    }
}
