package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.poll.LimitPace;
import org.sftoolkit.camel.transport.LogContext;

/** Timers of a consumer that waits at the limit of calls. */
class LimitWaitTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LimitPace pace = new LimitPace(nanos::get, LogContext.NONE);
    private final Map<Long, Handler<Long>> timers = new LinkedHashMap<>();
    private final List<Long> delays = new ArrayList<>();
    private int polls;

    /** Knows timers only, which fire when the test says so. */
    @SuppressWarnings("unchecked")
    private final Vertx vertx = (Vertx) Proxy.newProxyInstance(
            Vertx.class.getClassLoader(), new Class<?>[] {Vertx.class}, (self, method, given) -> {
                if (method.getName().equals("setTimer")) {
                    delays.add((Long) given[0]);
                    timers.put((long) delays.size(), (Handler<Long>) given[1]);
                    return (long) delays.size();
                }
                return timers.remove((Long) given[0]) != null;
            });

    private final ScheduledThreadPoolExecutor atOnce = new ScheduledThreadPoolExecutor(1) {
        @Override
        public void execute(Runnable poll) {
            polls++;
            poll.run();
        }
    };
    private final DefaultCamelContext context = new DefaultCamelContext();
    private ScheduledPollConsumer consumer;
    private LimitWait limit;

    @BeforeEach
    void startAConsumerWithALongDelay() {
        consumer = new ScheduledPollConsumer(context.getEndpoint("file:target/none"), exchange -> {}) {
            @Override
            protected int poll() {
                return 0;
            }
        };
        consumer.setScheduledExecutorService(atOnce);
        consumer.setStartScheduler(false);
        consumer.start();
        consumer.setDelay(Duration.ofHours(1).toMillis());
        limit = new LimitWait(consumer, pace, vertx);
    }

    @AfterEach
    void stop() throws Exception {
        consumer.stop();
        context.close();
        atOnce.shutdownNow();
    }

    private void meetTheLimit() {
        pace.met(new LimitExceededException("daily", false, null, Answer.NONE));
    }

    private void fire() {
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        long timer = timers.keySet().iterator().next();
        timers.remove(timer).handle(timer);
    }

    @Test
    void aConsumerHasOneTimerHoweverManyPollsEndAtTheLimitAndNoneAfterItsStop() {
        limit.scheduleNextCheck();
        assertThat(timers).as("no limit").isEmpty();
        meetTheLimit();
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

    @Test
    void aTimerThatFiresPollsAndThePollAtTheLimitMakesTheNext() {
        meetTheLimit();
        limit.scheduleNextCheck();
        assertThat(polls).isZero();
        fire();
        assertThat(polls).isOne();
        meetTheLimit();
        limit.scheduleNextCheck();
        assertThat(timers).hasSize(1);
        fire();
        assertThat(polls).isEqualTo(2);
    }

    @Test
    void aTimerThatFiresInASuspensionDoesNotPollAndTheResumptionMakesTheNext() {
        meetTheLimit();
        limit.scheduleNextCheck();
        consumer.suspend();
        fire();
        assertThat(polls).isZero();
        consumer.resume();
        limit.scheduleNextCheck();
        assertThat(timers).hasSize(1);
        fire();
        assertThat(polls).isOne();
    }
}
