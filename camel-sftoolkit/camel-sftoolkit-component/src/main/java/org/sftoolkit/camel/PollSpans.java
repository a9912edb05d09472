package org.sftoolkit.camel;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.Trace;

/**
 * Spans of a polling consumer: one a poll, and beneath it those of its calls. No exchange exists yet to which they could belong, so a
 * poll is the beginning of a trace. Calls between two polls, such as a page of a stream that is being read, begin traces, too. Thread-safe.
 */
final class PollSpans implements Trace {

    private final Trace roots;
    private final Map<String, Object> attributes;
    private volatile Span poll = Span.NONE;

    private PollSpans(Trace roots, @Nullable String route) {
        this.roots = roots;
        // the consumer behind master: knows no route
        this.attributes = route == null ? Map.of() : Map.of("sftoolkit.route", route);
    }

    /**
     * @param roots begins traces; {@link Trace#NONE} if nothing is traced
     * @param route id of the consumer's route, or null
     */
    static PollSpans of(Trace roots, @Nullable String route) {
        return new PollSpans(roots, route);
    }

    /** For the calls of the consumer. */
    Trace calls() {
        return roots == NONE ? NONE : this;
    }

    /** Does the work of one poll at a time. */
    int poll(Callable<Integer> work) throws Exception {
        Span span = roots.begin("poll", attributes);
        poll = span;
        Throwable failure = null;
        try {
            return work.call();
        } catch (Exception | Error e) {
            failure = e;
            throw e;
        } finally {
            poll = Span.NONE;
            span.end(0, failure);
        }
    }

    @Override
    public Span begin(String name, Map<String, Object> of) {
        Span now = poll;
        return (now == Span.NONE ? roots : now.beneath()).begin(name, of);
    }
}
