package org.sftoolkit.camel.transport;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes spans of an exchange's batches and calls, beneath the span that it came with. Thread-safe; never throws. */
@FunctionalInterface
public interface Trace {

    /** Makes no spans. */
    Trace NONE = (name, attributes) -> Span.NONE;

    /**
     * Begins a span.
     *
     * @param name       of few values: no data
     * @param attributes text or numbers, without data of records and without secrets
     */
    Span begin(String name, Map<String, Object> attributes);

    /** What has begun. */
    interface Span {

        /** Not traced. */
        Span NONE = new Span() {
            @Override
            public Trace beneath() {
                return Trace.NONE;
            }

            @Override
            public void end(int status, @Nullable Throwable failure) {}
        };

        /** Makes spans beneath this one. */
        Trace beneath();

        /**
         * Ends it.
         *
         * @param status  of the answer; 0 without one
         * @param failure null for a success; only its type is told
         */
        void end(int status, @Nullable Throwable failure);
    }
}
