package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {

    private final LogContext context = LogContext.NONE.connection("acme").job("750");

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void entriesAreThereForTheLinesOnly() {
        var seen = new AtomicReference<String>();
        context.route("poller")
                .write(() ->
                        seen.set(MDC.get(LogContext.CONNECTION) + MDC.get(LogContext.JOB) + MDC.get(LogContext.ROUTE)));
        assertThat(seen).hasValue("acme750poller");
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void contextOfTheThreadIsRestored() {
        MDC.put(LogContext.CONNECTION, "another");
        MDC.put("mine", "stays");
        context.write(() -> assertThat(MDC.get("mine")).isEqualTo("stays"));
        assertThat(MDC.get(LogContext.CONNECTION)).isEqualTo("another");
        assertThat(MDC.get(LogContext.JOB)).isNull();
        assertThat(MDC.get("mine")).isEqualTo("stays");
    }

    @Test
    void aFailureLeavesNothing() {
        assertThatThrownBy(() -> context.write(() -> {
                    throw new IllegalStateException("the appender failed");
                }))
                .hasMessage("the appender failed");
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void aContextSaysWhatItIsAbout() {
        assertThat(context.about()).isEqualTo("a call");
        assertThat(context.about("route a").route("a").about()).isEqualTo("route a");
    }
}
