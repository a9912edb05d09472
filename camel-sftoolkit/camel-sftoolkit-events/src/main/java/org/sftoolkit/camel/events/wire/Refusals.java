package org.sftoolkit.camel.events.wire;

import io.vertx.core.MultiMap;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
        return new EventBusException(
                what,
                told(response, "error-code"),
                status.name(),
                plain(told(response, "grpc-message")),
                told(response, "rpc-id"));
    }

    /** Without percent-encoding, which the library leaves in the trailers behind messages; a broken one stays as it is. */
    private static String plain(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        var bytes = new ByteArrayOutputStream(encoded.length());
        byte[] given = encoded.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < given.length; i++) {
            int high = i + 2 < given.length && given[i] == '%' ? Character.digit(given[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(given[i + 2], 16);
            bytes.write(low < 0 ? given[i] : high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
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
