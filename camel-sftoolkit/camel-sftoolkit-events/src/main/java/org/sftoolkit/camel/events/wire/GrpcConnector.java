package org.sftoolkit.camel.events.wire;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import org.sftoolkit.camel.events.EventBus;

/** Makes buses that speak gRPC; Camel's factory finder makes it. */
public final class GrpcConnector implements EventBus.Connector {

    /** Made by Camel. */
    public GrpcConnector() {}

    @Override
    public EventBus connect(Vertx vertx, HttpClientOptions options, EventBus.Address address) {
        return new GrpcEventBus(vertx, options, address);
    }
}
