package org.sftoolkit.emulator.pubsub;

import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.traffic.LoggedRequest;
import org.sftoolkit.emulator.traffic.RequestLog;

/** Writes calls of the service into the request log: streams when they are open, others when they are answered. */
final class CallLog {

    private final RequestLog log;
    private final Clock clock;

    CallLog(RequestLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** @param subject the channel, or the id of the schema */
    void add(GrpcServerRequest<Buffer, Buffer> request, String subject, GrpcStatus status, int events, Duration took) {
        String method = request.methodName().toUpperCase(Locale.ROOT);
        String path = "/" + request.fullMethodName();
        Map<String, String> headers = ApiCall.foldedHeaders(request.headers());
        log.end(
                log.begin(method, subject, path),
                new LoggedRequest(
                        clock.instant(),
                        method,
                        subject,
                        path,
                        http(status),
                        headers.getOrDefault("user-agent", ""),
                        0,
                        events,
                        headers,
                        null,
                        Map.of("grpc-status", String.valueOf(status.code)),
                        null,
                        took));
    }

    /** The status in HTTP that says the same (gRPC: "HTTP to gRPC Status Code Mapping"). */
    private static int http(GrpcStatus status) {
        return switch (status) {
            case OK -> 200;
            case INVALID_ARGUMENT -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case RESOURCE_EXHAUSTED -> 429;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            default -> 500;
        };
    }
}
