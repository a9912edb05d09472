package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
            if (event.getMessage().getFormattedMessage().contains("eventloop")) {
                seen.add(event.getMessage().getFormattedMessage() + event.getThrown());
            }
        }
    }
}
