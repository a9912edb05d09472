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

    private final ScheduledPollConsumer consumer;
    private final LimitPace pace;

    LimitWait(ScheduledPollConsumer consumer, LimitPace pace) {
        this.consumer = consumer;
        this.pace = pace;
    }

    /** The org may take calls again. */
    void mayBeOver() {
        if (pace.pause().isPresent()) {
            pace.mayBeOver();
            pollSoon();
        }
    }

    /** A poll has ended: if it waits for less time than the delay, the next one does not. */
    void polled(Vertx vertx) {
        Optional<Duration> pause = pace.pause();
        if (pause.isPresent() && pause.get().toMillis() < consumer.getTimeUnit().toMillis(consumer.getDelay())) {
            vertx.setTimer(pause.get().toMillis() + 1, over -> pollSoon());
        }
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
