package org.sftoolkit.camel.transport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The context of log lines: it is in the diagnostic context (MDC) of the thread only while a line is written, because
 * the thread is shared with others. Immutable.
 */
public final class LogContext {

    /** Key of the connection's name, as in metrics and consoles. */
    public static final String CONNECTION = "camel.sftoolkit.connection";
    /** Key of the id of a bulk job. */
    public static final String JOB = "camel.sftoolkit.jobId";
    /** Key of the route id of a polling consumer. */
    public static final String ROUTE = "camel.sftoolkit.routeId";
    /** Nothing. */
    public static final LogContext NONE = new LogContext(Map.of(), "a call");

    private final Map<String, String> entries;
    private final String about;

    private LogContext(Map<String, String> entries, String about) {
        this.entries = Collections.unmodifiableMap(entries);
        this.about = about;
    }

    /** Lines about this route and endpoint, as in {@code route sync, sftoolkit:save:Account}. */
    public LogContext about(String routeAndEndpoint) {
        return new LogContext(entries, routeAndEndpoint);
    }

    /** What lines are about, for their text; "a call" if it is not known. */
    public String about() {
        return about;
    }

    /** Lines of this connection. */
    public LogContext connection(String name) {
        return with(CONNECTION, name);
    }

    /** The same lines, also for this bulk job. */
    public LogContext job(String id) {
        return with(JOB, id);
    }

    /** The same lines, also for the consumer of this route; null if it is not known. */
    public LogContext route(@Nullable String id) {
        return id == null ? this : with(ROUTE, id);
    }

    private LogContext with(String key, String value) {
        var more = new LinkedHashMap<>(entries);
        more.put(key, value);
        return new LogContext(more, about);
    }

    /** Writes lines with these entries, then restores the thread's entries. */
    public void write(Runnable lines) {
        var before = new LinkedHashMap<String, String>();
        entries.forEach((key, value) -> {
            before.put(key, MDC.get(key));
            MDC.put(key, value);
        });
        try {
            lines.run();
        } finally {
            before.forEach(LogContext::restore);
        }
    }

    private static void restore(String key, String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
