package org.sftoolkit.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.transport.Trace;

class TracingTest {

    private static final Span CURRENT = Span.wrap(SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault()));

    @Test
    void withoutOpenTelemetryOnTheClassPathNothingIsTraced() throws Exception {
        try (var context = new DefaultCamelContext();
                Scope current = CURRENT.makeCurrent()) {
            assertThat(Tracing.in(context).get()).isNotSameAs(Trace.NONE);
            context.setClassResolver(new DefaultClassResolver() {
                @Override
                public Class<?> resolveClass(String name) {
                    return name.startsWith("io.opentelemetry.") ? null : super.resolveClass(name);
                }
            });
            assertThat(Tracing.in(context).get()).isSameAs(Trace.NONE);
        }
    }

    @Test
    void withoutACurrentSpanNothingIsTraced() throws Exception {
        try (var context = new DefaultCamelContext()) {
            assertThat(Tracing.in(context).get()).isSameAs(Trace.NONE);
        }
    }
}
