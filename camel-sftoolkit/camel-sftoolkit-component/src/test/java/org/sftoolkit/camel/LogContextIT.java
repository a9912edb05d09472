package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.BindToRegistry;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.poll.Cursor;
import org.sftoolkit.camel.poll.CursorText;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.emulator.fault.Fault;

class LogContextIT extends RouteTestSupport {

    private static final String LOGGERS = "org.sftoolkit.camel";

    @BindToRegistry
    final StateRepository<String, String> positions = new MemoryStateRepository();

    private final Events events = new Events();
    private final LoggerContext loggers = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = loggers.getConfiguration().getRootLogger();
    private final Level level = root.getLevel();

    @BeforeEach
    void listen() {
        events.start();
        root.addAppender(events, null, null);
        root.setLevel(Level.DEBUG);
        loggers.updateLoggers();
    }

    @AfterEach
    void listenNoMore() {
        root.removeAppender(events.getName());
        root.setLevel(level);
        loggers.updateLoggers();
    }

    private LogEvent line(String text) {
        return events.seen.stream()
                .filter(event -> event.getLoggerName().startsWith(LOGGERS))
                .filter(event -> event.getMessage().getFormattedMessage().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line holds '" + text + "'"));
    }

    private static Map<String, String> entries(LogEvent event) {
        var entries = new HashMap<>(event.getContextData().toMap());
        entries.keySet().removeIf(key -> !key.startsWith("camel.sftoolkit."));
        return entries;
    }

    private String connection() {
        return context.getComponent("sftoolkit", SfToolkitComponent.class)
                .connections()
                .status()
                .get(0)
                .name();
    }

    /** Others' lines on the same threads, such as Camel's and those of routes, know nothing of it. */
    private void assertNothingLeaked() {
        assertThat(events.seen)
                .filteredOn(event -> !event.getLoggerName().startsWith(LOGGERS))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(entries(event)).isEmpty());
    }

    @Test
    void linesOfAConnectionNameIt() {
        emulator.faults().next(when("GET sobjects*"), Fault.status(503));
        send("sftoolkit:fetch:Account", "001000000000999AAA");
        send("sftoolkit:save:Account", List.of(new HashMap<>(Map.of("Name", "Acme")), new HashMap<>()));
        var ofConnection = Map.of(LogContext.CONNECTION, connection());
        assertThat(entries(line("Logged in to Salesforce"))).isEqualTo(ofConnection);
        assertThat(entries(line("attempt 1 failed"))).isEqualTo(ofConnection);
        assertThat(entries(line("1 of 2 records failed"))).isEqualTo(ofConnection);
        assertNothingLeaked();
    }

    @Test
    void linesOfAJobNameItToo() {
        emulator.faults().next(20, when("PUT jobs/ingest/{job}/batches"), Fault.status(400));
        emulator.faults().next(20, when("PATCH jobs/ingest/{job}"), Fault.status(400));
        send("sftoolkit:bulk:Account", List.of(Map.of("Name", "Acme")));
        assertThat(entries(line("could not be aborted")))
                .isEqualTo(Map.of(
                        LogContext.CONNECTION,
                        connection(),
                        LogContext.JOB,
                        emulator.bulk().jobs().get(0).id()));
        assertNothingLeaked();
    }

    @Test
    void linesOfAConsumerNameItsRoute() throws Exception {
        positions.setState("key/delivered", "what nobody wrote");
        String source = CursorText.name("query", "Account", "SystemModstamp");
        positions.setState("key", CursorText.write(Cursor.since(source, Instant.parse("2026-01-01T00:00:00Z"))));
        yaml(
                """
                - route:
                    id: poller
                    from:
                      uri: sftoolkit:query:Account
                      parameters:
                        fields: Id
                        delay: 100
                        initialDelay: 10
                        settleDelay: 0
                        watermarkStore: "#positions"
                        watermarkKey: key
                      steps:
                        - log: "polled"
                        - to: mock:polled
                """);
        getMockEndpoint("mock:polled").expectedMinimumMessageCount(1);
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        getMockEndpoint("mock:polled").assertIsSatisfied();
        assertThat(entries(line("the list of recently delivered records cannot be read")))
                .isEqualTo(Map.of(LogContext.CONNECTION, connection(), LogContext.ROUTE, "poller"));
        assertNothingLeaked();
    }

    private static final class Events extends AbstractAppender {

        private final Queue<LogEvent> seen = new ConcurrentLinkedQueue<>();

        private Events() {
            super("events", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            seen.add(event.toImmutable());
        }
    }
}
