package org.sftoolkit.emulator.pubsub;

import io.vertx.grpc.common.GrpcStatus;

/** Why a call ends with a status other than OK (Pub/Sub API Guide: "Error Codes"). */
final class CallFailure extends RuntimeException {

    private static final String PREFIX = "sfdc.platform.eventbus.grpc.";

    private final GrpcStatus status;
    private final String code;

    private CallFailure(GrpcStatus status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /**
     * A failure of the service.
     *
     * @param code what follows {@code sfdc.platform.eventbus.grpc.}
     */
    static CallFailure of(GrpcStatus status, String code, String message) {
        return new CallFailure(status, PREFIX + code, message);
    }

    /** A failure on the way to the service, without a code. */
    static CallFailure withoutCode(GrpcStatus status, String message) {
        return new CallFailure(status, null, message);
    }

    static CallFailure invalid(String code, String message) {
        return of(GrpcStatus.INVALID_ARGUMENT, code, message);
    }

    GrpcStatus status() {
        return status;
    }

    /** The value of {@code error-code}; or null. */
    String code() {
        return code;
    }
}
