package org.sftoolkit.camel;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.sftoolkit.camel.metrics.Metering;
import org.sftoolkit.camel.metrics.MicrometerMetering;

/** Finds the application's metrics system, where there is one. */
final class MeteringLookup {

    private MeteringLookup() {}

    /** Meters into the only Micrometer registry among the context's beans; else nowhere. */
    static Metering in(CamelContext context) {
        boolean present =
                context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null;
        return present ? Micrometer.in(context) : Metering.NONE;
    }

    /** A class of its own: it is loaded only where Micrometer is. */
    private static final class Micrometer {

        static Metering in(CamelContext context) {
            MeterRegistry registry = context.getRegistry().findSingleByType(MeterRegistry.class);
            return registry == null ? Metering.NONE : new MicrometerMetering(registry);
        }
    }
}
