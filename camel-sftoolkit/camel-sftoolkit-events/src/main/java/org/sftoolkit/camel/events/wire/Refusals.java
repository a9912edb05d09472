package org.sftoolkit.camel.events.wire;

import io.vertx.core.MultiMap;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.SfToolkitException;

/** What an answer's status says. */
final class Refusals {

    private Refusals() {}

    /** Why an answer that has ended is a refusal; null if it is not a refusal. */
    static SfToolkitException of(GrpcClientResponse<?, ?> response, String what) {
        GrpcStatus status = response.status();
        if (status == GrpcStatus.OK) {
            return null;
        }
        if (status == null) {
            return new EventBusException(what, "", "UNKNOWN", "an answer without a status of gRPC", "");
        }
        String text = response.statusMessage();
        return new EventBusException(
                what, told(response, "error-code"), status.name(), text == null ? "" : text, told(response, "rpc-id"));
    }

    /** An answer without messages has its trailers in its head. */
    private static String told(GrpcClientResponse<?, ?> response, String name) {
        MultiMap trailers = response.trailers();
        String text = trailers == null ? null : trailers.get(name);
        text = text == null ? response.headers().get(name) : text;
        return text == null ? "" : text;
    }

    static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
