package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.poll.LimitPace;
import org.sftoolkit.camel.transport.LogContext;

/** Timers of a consumer that waits at the limit of calls. */
class LimitWaitTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LimitPace pace = new LimitPace(nanos::get, LogContext.NONE);
    private final List<Long> timers = new ArrayList<>();
    private final List<Long> delays = new ArrayList<>();

    /** Knows timers only, which never fire. */
    private final Vertx vertx = (Vertx) Proxy.newProxyInstance(
            Vertx.class.getClassLoader(), new Class<?>[] {Vertx.class}, (self, method, given) -> {
                if (method.getName().equals("setTimer")) {
                    delays.add((Long) given[0]);
                    timers.add((long) delays.size());
                    return (long) delays.size();
                }
                return timers.remove(given[0]);
            });

    @Test
    void aConsumerHasOneTimerHoweverManyPollsEndAtTheLimitAndNoneAfterItsStop() throws Exception {
        try (var context = new DefaultCamelContext()) {
            var consumer = new ScheduledPollConsumer(context.getEndpoint("file:target/none"), exchange -> {}) {
                @Override
                protected int poll() {
                    return 0;
                }
            };
            consumer.setStartScheduler(false);
            consumer.start();
            consumer.setDelay(Duration.ofHours(1).toMillis());
            var limit = new LimitWait(consumer, pace, vertx);
            limit.scheduleNextCheck();
            assertThat(timers).as("no limit").isEmpty();
            pace.met(new LimitExceededException("daily", false, null, Answer.NONE));
            for (int poll = 0; poll < 10; poll++) {
                limit.scheduleNextCheck();
                nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            }
            assertThat(timers).hasSize(1);
            assertThat(delays.get(0)).isBetween(60_000L, 61_000L);
            limit.end();
            assertThat(timers).isEmpty();
            consumer.stop();
            limit.scheduleNextCheck();
            assertThat(timers).as("a poll that ends after the stop").isEmpty();
        }
    }
}
