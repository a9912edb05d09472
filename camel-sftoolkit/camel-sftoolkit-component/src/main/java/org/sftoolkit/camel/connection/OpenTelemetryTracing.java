package org.sftoolkit.camel.connection;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.Trace;

/** Spans of OpenTelemetry: by the tracer or OpenTelemetry among the beans of the context, else by the global one. */
final class OpenTelemetryTracing implements Supplier<Trace> {

    private static final String SCOPE = "org.sftoolkit.camel";

    private final CamelContext camel;
    private volatile @Nullable Tracer tracer;

    OpenTelemetryTracing(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public Trace get() {
        Context current = Context.current();
        // without a span there is nothing to be beneath, and perhaps no OpenTelemetry has been set up yet
        return Span.fromContext(current).getSpanContext().isValid() ? beneath(current) : Trace.NONE;
    }

    /** Makes spans without a parent, if a bean says where to. */
    Trace roots() {
        boolean named = camel.getRegistry().findSingleByType(Tracer.class) != null
                || camel.getRegistry().findSingleByType(OpenTelemetry.class) != null;
        return named ? beneath(Context.root()) : Trace.NONE;
    }

    private Tracer tracer() {
        if (tracer == null) {
            Tracer bean = camel.getRegistry().findSingleByType(Tracer.class);
            OpenTelemetry all = camel.getRegistry().findSingleByType(OpenTelemetry.class);
            tracer = bean != null ? bean : (all != null ? all : GlobalOpenTelemetry.get()).getTracer(SCOPE);
        }
        return tracer;
    }

    private Trace beneath(Context parent) {
        return (name, attributes) -> {
            SpanBuilder builder = tracer().spanBuilder(name).setParent(parent);
            if (attributes.containsKey("http.request.method")) {
                builder.setSpanKind(SpanKind.CLIENT);
            }
            attributes.forEach((key, value) -> set(builder, key, value));
            return new Begun(builder.startSpan(), parent);
        };
    }

    private static void set(SpanBuilder builder, String key, Object value) {
        if (value instanceof Number number) {
            builder.setAttribute(key, number.longValue());
        } else {
            builder.setAttribute(key, value.toString());
        }
    }

    private final class Begun implements Trace.Span {

        private final Span span;
        private final Context parent;

        private Begun(Span span, Context parent) {
            this.span = span;
            this.parent = parent;
        }

        @Override
        public Trace beneath() {
            return OpenTelemetryTracing.this.beneath(parent.with(span));
        }

        @Override
        public void end(int status, @Nullable Throwable failure) {
            if (status > 0) {
                span.setAttribute("http.response.status_code", status);
            }
            if (failure != null) {
                // no message: it may quote data
                span.setStatus(StatusCode.ERROR);
                span.setAttribute("error.type", failure.getClass().getSimpleName());
            }
            span.end();
        }
    }
}
