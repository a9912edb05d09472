package org.sftoolkit.camel.connection;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.sftoolkit.camel.transport.Trace;

/** Finds the application's OpenTelemetry, if there is one. */
public final class Tracing {

    private Tracing() {}

    /**
     * Gives, on the thread that an exchange comes on, what makes spans beneath the span that is current there.
     *
     * @return gives {@link Trace#NONE} without OpenTelemetry's API on the class path, and if no span is current
     */
    public static Supplier<Trace> in(CamelContext context) {
        boolean present = context.getClassResolver().resolveClass("io.opentelemetry.api.OpenTelemetry") != null;
        return present ? Found.in(context) : () -> Trace.NONE;
    }

    /**
     * Gives what makes spans without a parent, for work that no exchange stands for.
     *
     * @return {@link Trace#NONE} unless a {@code Tracer} or {@code OpenTelemetry} is among the beans of the context: whoever has set up the
     *     global one alone has not asked for traces of this kind
     */
    public static Trace roots(CamelContext context) {
        boolean present = context.getClassResolver().resolveClass("io.opentelemetry.api.OpenTelemetry") != null;
        return present ? Found.roots(context) : Trace.NONE;
    }

    /** A separate class, because it can be loaded only if OpenTelemetry is present. */
    private static final class Found {

        static Supplier<Trace> in(CamelContext context) {
            return new OpenTelemetryTracing(context);
        }

        static Trace roots(CamelContext context) {
            return new OpenTelemetryTracing(context).roots();
        }
    }
}
