package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.sftoolkit.camel.poll.LimitPace;

/**
 * Has a consumer that waits at the limit of calls ask in time, however long the delay between its polls is. A scheduler of the user's own
 * keeps to its times. Thread-safe.
 */
final class LimitWait {

    private static final long NO_TIMER = -1;
    /** A consumer that resumes has done so by then. */
    private static final long MARGIN_MILLIS = 50;

    private final ScheduledPollConsumer consumer;
    private final LimitPace pace;
    private final Vertx vertx;
    private long timer = NO_TIMER;

    /** @param vertx for its timer */
    LimitWait(ScheduledPollConsumer consumer, LimitPace pace, Vertx vertx) {
        this.consumer = consumer;
        this.pace = pace;
        this.vertx = vertx;
    }

    /** The org may take calls again. */
    void mayBeOver() {
        if (pace.pause().isPresent()) {
            pace.mayBeOver();
            pollSoon();
        }
    }

    /** To be called when a poll has ended or the consumer was resumed: the next check does not wait for a long delay to pass. */
    synchronized void scheduleNextCheck() {
        Optional<Duration> pause = pace.pause();
        if (timer == NO_TIMER
                && !consumer.isStoppingOrStopped()
                && pause.isPresent()
                && pause.get().toMillis() < consumer.getTimeUnit().toMillis(consumer.getDelay())) {
            timer = vertx.setTimer(pause.get().toMillis() + MARGIN_MILLIS, over -> timerFired());
        }
    }

    private void timerFired() {
        synchronized (this) {
            timer = NO_TIMER;
        }
        if (pace.pause().isPresent()) {
            pollSoon();
        }
    }

    /** The consumer has stopped. */
    synchronized void end() {
        vertx.cancelTimer(timer);
        timer = NO_TIMER;
    }

    private void pollSoon() {
        if (consumer.getScheduler() instanceof DefaultScheduledPollConsumerScheduler scheduler
                && consumer.isStarted()
                && scheduler.getScheduledExecutorService() != null) {
            try {
                scheduler.getScheduledExecutorService().execute(consumer);
            } catch (RejectedExecutionException stopped) {
                // the next start polls
            }
        }
    }
}
