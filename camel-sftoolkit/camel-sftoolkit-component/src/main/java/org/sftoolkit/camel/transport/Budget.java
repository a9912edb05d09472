package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;

/**
 * Rejects calls before they are sent once the org has used the given percentage of its calls in 24 hours, so that the
 * rest is left to others.
 *
 * <p>Only a response shows the current usage. So one call a minute is still sent, and when usage is below the budget
 * again, all calls are. Thread-safe.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm">REST
 *     API Developer Guide: Limit Info Header</a>
 */
public final class Budget implements Filter {

    /** Pause between the calls that check the usage. */
    static final Duration RECHECK = Duration.ofMinutes(1);

    private final int percent;
    private final TrackUsage usage;
    private final InstantSource clock;
    private Instant lastProbe = Instant.MIN;

    /**
     * @param percent of the daily calls at which calls stop, 1 to 100
     * @param usage the usage that the org reports
     * @param clock for the pause between probes
     */
    public Budget(int percent, TrackUsage usage, InstantSource clock) {
        this.percent = percent;
        this.usage = usage;
        this.clock = clock;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        var reading = usage.reading();
        if (reading.isEmpty() || reading.get().usage().percent() < percent || mayProbe(reading.get())) {
            return next.send(request);
        }
        return Future.failedFuture(new LimitExceededException(
                "the org has used " + reading.get().usage() + " API calls of the last 24 hours, and apiBudget="
                        + percent + " stops calls at " + percent + " percent: wait, or increase apiBudget",
                false,
                null,
                Answer.none(request.line())));
    }

    private synchronized boolean mayProbe(TrackUsage.Reading reading) {
        Instant now = clock.instant();
        Instant last = lastProbe.isAfter(reading.at()) ? lastProbe : reading.at();
        if (last.plus(RECHECK).isAfter(now)) {
            return false;
        }
        lastProbe = now;
        return true;
    }
}
