package org.sftoolkit.camel;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Every line that anybody logs at TRACE and above, with its level and stack trace; in place of the console. */
public final class CapturedLog extends AbstractAppender implements AutoCloseable {

    /** A line and when it was written, on the clock of the JVM. */
    public record Timed(long millis, String line) {}

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Queue<Timed> timed = new ConcurrentLinkedQueue<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level level = root.getLevel();
    private final Map<String, Appender> appenders = Map.copyOf(root.getAppenders());

    public CapturedLog() {
        super("captured", null, null, true, Property.EMPTY_ARRAY);
        start();
        appenders.keySet().forEach(root::removeAppender);
        root.addAppender(this, Level.TRACE, null);
        root.setLevel(Level.TRACE);
        context.updateLoggers();
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLoggerName().startsWith("org.sftoolkit.emulator")) {
            return; // the other side of the wire
        }
        var line = new StringWriter();
        line.append(event.getLevel().name())
                .append(" ")
                .append(event.getLoggerName())
                .append(": ")
                .append(event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(new PrintWriter(line));
        }
        lines.add(line.toString());
        timed.add(new Timed(event.getTimeMillis(), line.toString()));
    }

    public Queue<String> lines() {
        return lines;
    }

    /** The same with their times. */
    public Queue<Timed> timed() {
        return timed;
    }

    @Override
    public void close() {
        root.removeAppender(getName());
        appenders.values().forEach(appender -> root.addAppender(appender, null, null));
        root.setLevel(level);
        context.updateLoggers();
        stop();
    }
}
