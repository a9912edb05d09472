package org.sftoolkit.camel.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.CapturedLog;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.transport.LogContext;

class LimitPaceTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aParkEndsAfterItsTime() {
        var limit = new LimitExceededException("daily", false, null, Answer.NONE);
        var pace = new LimitPace(nanos::get, LogContext.NONE, true, Duration.ofMinutes(10));
        for (int minute = 0; minute < 10; minute++) {
            assertThat(pace.met(limit)).isTrue();
            assertThat(pace.isWaiting()).isTrue();
            assertThat(pace.endOfPoll().result()).isFalse();
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertThat(pace.isWaiting()).isFalse();
        }
        assertThat(pace.met(limit)).as("after 10 minutes it is a failure").isFalse();
        assertThat(pace.endOfPoll().cause()).as("of the polls in between, too").isSameAs(limit);
        assertThat(pace.isWaiting())
                .as("and the org is asked once a minute all the same")
                .isTrue();
        assertThat(new LimitPace(nanos::get, LogContext.NONE, false, Duration.ZERO).met(limit))
                .isFalse();
    }

    @Test
    void aLimitAndItsEndAreLoggedOnceEach() {
        var pace = new LimitPace(nanos::get, LogContext.NONE);
        try (var log = new CapturedLog()) {
            pace.watch(Future.succeededFuture());
            assertThat(log.lines()).isEmpty();
            assertThat(pace.pause()).isEmpty();
            pace.met(new LimitExceededException("daily", false, null, Answer.NONE));
            assertThat(log.lines()).hasSize(1);
            pace.met(new LimitExceededException("daily", false, null, Answer.NONE));
            assertThat(log.lines()).singleElement().asString().contains("The consumer waits, checks once a minute");
            nanos.addAndGet(Duration.ofSeconds(20).toNanos());
            assertThat(pace.trouble())
                    .hasValueSatisfying(words -> assertThat(words).contains("next check in 40 s"));
            assertThat(pace.pause()).contains(Duration.ofSeconds(40));
            nanos.addAndGet(Duration.ofSeconds(50).toNanos());
            assertThat(pace.pause()).contains(Duration.ZERO);
            pace.watch(Future.succeededFuture());
            pace.watch(Future.succeededFuture());
            assertThat(log.lines()).hasSize(2).last().asString().contains("The org accepts calls again");
        }
        assertThat(pace.trouble()).isEmpty();
    }

    @Test
    void aWaitIsMeasuredFromItsFirstLimit() {
        nanos.set(Duration.ofHours(1).toNanos());
        var pace = new LimitPace(nanos::get, LogContext.NONE, true, Duration.ofMinutes(2));
        var limit = new LimitExceededException("daily", false, null, Answer.NONE);
        assertThat(pace.met(limit)).isTrue();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(pace.met(limit)).isTrue();
        pace.watch(Future.succeededFuture());
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(pace.met(limit)).as("a new wait").isTrue();
    }
}
