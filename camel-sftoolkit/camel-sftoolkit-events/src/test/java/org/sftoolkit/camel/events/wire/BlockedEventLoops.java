package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test during which Vert.x reported a blocked event loop. */
final class BlockedEventLoops implements BeforeEachCallback, AfterEachCallback {

    private static final String REPORTER = "io.vertx.core.impl.BlockedThreadChecker";

    private static final Pattern LOOP = Pattern.compile("(vert\\.x-eventloop-thread-\\d+)");

    private final Reports reports = new Reports();

    @Override
    public void beforeEach(ExtensionContext context) {
        reports.start();
        ((Logger) LogManager.getLogger(REPORTER)).addAppender(reports);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ((Logger) LogManager.getLogger(REPORTER)).removeAppender(reports);
        assertThat(reports.seen).as("blocked event loops").isEmpty();
    }

    private static final class Reports extends AbstractAppender {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        private Reports() {
            super("blocked", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            Matcher loop = LOOP.matcher(event.getMessage().getFormattedMessage());
            // a report without a stack comes early: the machine may be busy, and the loop wait for nothing but a
            // processor
            if (loop.find() && (event.getThrown() != null || waits(loop.group(1)))) {
                seen.add(event.getMessage().getFormattedMessage() + event.getThrown());
            }
        }

        private static boolean waits(String thread) {
            return Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(one -> one.getName().equals(thread) && one.getState() != Thread.State.RUNNABLE);
        }
    }
}
