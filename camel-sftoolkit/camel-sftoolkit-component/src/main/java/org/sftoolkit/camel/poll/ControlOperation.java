package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.InvalidInputException;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;

/**
 * {@code control}: the consumer of a route, told by its id in the place of the object. Without a body its position is read; a body pauses
 * it, resumes it, or sets its position.
 */
public final class ControlOperation implements Operation<ControlOperation.Command> {

    /**
     * What is to be done.
     *
     * @param text  {@code PAUSE}, {@code RESUME} or a position; null or blank to change nothing
     * @param route of the exchange that brings it, or null
     */
    public record Command(@Nullable String text, @Nullable String route) {}

    /** The consumers that run. Its methods may block. */
    public interface Consumers {

        /** State and position of the consumer of a route. */
        Map<String, Object> read(String route);

        /** Takes no more records; what is under way ends. */
        void pause(String route) throws Exception;

        /** Goes on. */
        void resume(String route) throws Exception;

        /** Sets its position. */
        void set(String route, String position);
    }

    private final @Nullable Consumers consumers;

    /** Knows no consumers, for its options alone. */
    public ControlOperation() {
        this(null);
    }

    private ControlOperation(@Nullable Consumers consumers) {
        this.consumers = consumers;
    }

    /** The same over these consumers. */
    public ControlOperation over(Consumers running) {
        return new ControlOperation(running);
    }

    @Override
    public Class<Command> input() {
        return Command.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer("sObject");
    }

    @Override
    public void check(CallOptions options) {
        if (options.sObject() == null && !options.mayCome("sObject")) {
            throw new IllegalArgumentException(
                    "control needs the id of a route: use a URI such as sftoolkit:control:myRoute");
        }
    }

    @Override
    public Future<Outcome> run(Command command, OperationContext call) {
        Consumers running = Objects.requireNonNull(consumers, "it was made for its options alone");
        String route = call.options().requiredObject("control");
        return call.worker().run(() -> {
            act(running, command.text() == null ? "" : command.text().strip(), route, command.route());
            return Outcome.of(running.read(route), Map.of());
        });
    }

    private static void act(Consumers running, String text, String route, @Nullable String own) throws Exception {
        switch (text) {
            case "" -> {}
            case "PAUSE" -> {
                if (route.equals(own)) {
                    throw new InvalidInputException(
                            "route " + route
                                    + " cannot pause itself, because a pause waits for its exchanges: send PAUSE"
                                    + " from another route, such as one behind a wireTap",
                            null);
                }
                running.pause(route);
            }
            case "RESUME" -> running.resume(route);
            default -> running.set(route, text);
        }
    }
}
