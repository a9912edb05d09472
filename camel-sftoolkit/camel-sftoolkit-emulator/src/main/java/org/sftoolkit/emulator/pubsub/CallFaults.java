package org.sftoolkit.emulator.pubsub;

import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sftoolkit.emulator.api.Sessions;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** Lets faults strike calls of the service, their streams and their events. Safe for threads. */
final class CallFaults {

    private static final Set<Fault.Stage> OF_CALLS = Set.of(Fault.Stage.HEAD, Fault.Stage.BODY, Fault.Stage.STREAM);
    private static final Set<Integer> UNAVAILABLE = Set.of(429, 502, 503, 504);

    private final FaultPlan plan;
    private final Sessions sessions;

    CallFaults(FaultPlan plan, Sessions sessions) {
        this.plan = plan;
        this.sessions = sessions;
    }

    /**
     * Does the work of a call, or what a fault makes of it.
     *
     * @param name the channel, or the id of the schema
     * @param work is told the fault that ends a stream; null for none
     */
    void around(Call call, String name, Consumer<EventFault> work) {
        Fault fault = plan.strike(OF_CALLS, call.method(), name, call.method()).orElse(null);
        if (fault instanceof Fault.Delay delay) {
            Vertx vertx = call.context().owner();
            vertx.setTimer(Math.max(1, delay.time().toMillis()), timer -> call.guarded(() -> work.accept(null)));
        } else if (fault instanceof Fault.DropConnection drop) {
            if (drop.moment() != Fault.Moment.BEFORE_PROCESSING) {
                call.mute();
                work.accept(null);
            }
            call.dropConnection();
        } else if (fault instanceof Fault.ExpireSession) {
            sessions.expireAll();
            call.fail(PubSubService.unauthenticated());
        } else if (fault instanceof Fault.Stall) {
            call.mute();
        } else if (fault instanceof Fault.Status status) {
            call.fail(CallFailure.withoutCode(statusOf(status.status()), "HTTP status " + status.status()));
        } else {
            work.accept(fault instanceof EventFault ofStream ? ofStream : null);
        }
    }

    private static GrpcStatus statusOf(int http) {
        return switch (http) {
            case 401 -> GrpcStatus.UNAUTHENTICATED;
            case 403 -> GrpcStatus.PERMISSION_DENIED;
            case 404 -> GrpcStatus.UNIMPLEMENTED;
            default -> UNAVAILABLE.contains(http) ? GrpcStatus.UNAVAILABLE : GrpcStatus.UNKNOWN;
        };
    }

    /** Does the work of a call with one answer, or what a fault of streams makes of it. */
    void answer(Call call, String name, Runnable work) {
        around(call, name, fault -> {
            if (fault == null) {
                work.run();
                return;
            }
            if (events(fault) > 0) {
                call.mute();
                work.run();
            }
            end(call, fault);
        });
    }

    /** Whether any rule is about streams. */
    boolean awaitStreams() {
        return plan.awaits(Fault.Stage.STREAM);
    }

    /** The fault that ends a stream, now or after some events. */
    Optional<EventFault> ofStream(Call call, String channel) {
        return strike(Fault.Stage.STREAM, call, channel);
    }

    /** The fault of the next event of a stream. */
    Optional<EventFault> ofEvent(Call call, String channel) {
        return strike(Fault.Stage.EVENT, call, channel);
    }

    /** Why the next event of a publisher is refused. */
    Optional<String> ofRow(Call call, String channel) {
        return strike(Fault.Stage.ROW, call, channel)
                .map(EventFault.PublishError.class::cast)
                .map(EventFault.PublishError::message);
    }

    private Optional<EventFault> strike(Fault.Stage stage, Call call, String channel) {
        return plan.strike(Set.of(stage), call.method(), channel, call.method()).map(EventFault.class::cast);
    }

    /** How many events a stream brings before this fault ends it. */
    static int events(EventFault fault) {
        if (fault instanceof EventFault.GrpcStatus status) {
            return status.afterEvents();
        }
        return fault instanceof EventFault.EndStream end ? end.afterEvents() : 0;
    }

    /** Ends a call as a fault of streams says. */
    static void end(Call call, EventFault fault) {
        if (fault instanceof EventFault.GrpcStatus failure) {
            GrpcStatus status = GrpcStatus.valueOf(failure.status());
            call.unmute();
            call.fail(
                    failure.errorCode() == null
                            ? CallFailure.withoutCode(status, failure.message())
                            : CallFailure.of(status, failure.errorCode(), failure.message()));
        } else if (fault instanceof EventFault.EndStream end) {
            switch (end.ending()) {
                case OK -> {
                    call.unmute();
                    call.end();
                }
                case RESET -> call.reset();
                case GO_AWAY -> call.connection().goAway(0);
                case DROP_CONNECTION -> call.dropConnection();
                case SILENCE -> call.mute();
            }
        }
    }
}
