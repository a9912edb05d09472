package org.sftoolkit.camel.connection;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;

/** Finds the application's metrics system, if there is one. */
public final class MeteringLookup {

    private MeteringLookup() {}

    /** Meters into the only Micrometer registry among the context's beans; else nowhere. */
    public static Metering in(CamelContext context) {
        boolean present =
                context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null;
        return present ? Micrometer.in(context) : Metering.NONE;
    }

    /** A separate class, because it can be loaded only if Micrometer is present. */
    private static final class Micrometer {

        static Metering in(CamelContext context) {
            MeterRegistry registry = context.getRegistry().findSingleByType(MeterRegistry.class);
            return registry == null ? Metering.NONE : new MicrometerMetering(registry);
        }
    }
}
