package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.RequestRejectedException;

/**
 * Knows whether the org takes calls: its limit of 24 hours, and the share of it that a route keeps to ({@code apiBudget}). Calls that
 * would wait at the limit are refused before they are sent, but for one a minute of the whole connection, whoever sends it. When that
 * one passes, all who wait hear of it.
 *
 * <p>Only a response shows the current usage. The list of versions counts as no call, and passes. Thread-safe.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm">REST
 *     API Developer Guide: Limit Info Header</a>
 */
public final class DailyLimit implements Filter {

    /** Pause between the calls that ask whether the org takes calls again. */
    static final Duration RECHECK = Duration.ofMinutes(1);

    private static final Set<String> VERSIONS = Set.of("/services/data", "/services/data/");

    private final TrackUsage usage;
    private final InstantSource clock;
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private @Nullable LimitExceededException refusal;
    /** When the next call may ask, while the org refuses calls. */
    private Instant askAt = Instant.MIN;

    private Instant lastProbe = Instant.MIN;

    /**
     * @param usage the usage that the org reports
     * @param clock for the pause between calls that ask
     */
    public DailyLimit(TrackUsage usage, InstantSource clock) {
        this.usage = usage;
        this.clock = clock;
    }

    /**
     * Hears when the org takes calls again, or may.
     *
     * @return ends that
     */
    public Runnable whenOver(Runnable listener) {
        waiting.add(listener);
        return () -> waiting.remove(listener);
    }

    private record Leave(
            @Nullable LimitExceededException refused, @Nullable LimitExceededException known, boolean probe) {}

    @Override
    public Future<Response> apply(Request request, Transport next) {
        if (VERSIONS.contains(request.resource())) {
            return next.send(request);
        }
        CallTerms terms =
                request.tally() == null ? CallTerms.NONE : request.tally().terms();
        Leave leave = leave(request, terms);
        return leave.refused() != null
                ? Future.failedFuture(leave.refused())
                : next.send(request).onComplete(done -> answered(leave, done.cause()));
    }

    private synchronized Leave leave(Request request, CallTerms terms) {
        Instant now = clock.instant();
        if (refusal != null && terms.parks()) {
            if (now.isBefore(askAt)) {
                return new Leave(refused(String.valueOf(refusal.getMessage()), askAt, now, request), null, false);
            }
            askAt = now.plus(RECHECK);
            lastProbe = now;
            return new Leave(null, refusal, true);
        }
        TrackUsage.Reading reading = usage.reading().orElse(null);
        if (terms.share() == 0 || reading == null || reading.usage().percent() < terms.share()) {
            return new Leave(null, refusal, false);
        }
        Instant next = (lastProbe.isAfter(reading.at()) ? lastProbe : reading.at()).plus(RECHECK);
        if (now.isBefore(next)) {
            String text = "the org has used " + reading.usage() + " API calls of the last 24 hours, and apiBudget="
                    + terms.share() + " stops calls at " + terms.share() + " percent: wait, or increase apiBudget";
            return new Leave(refused(text, next, now, request), null, false);
        }
        lastProbe = now;
        return new Leave(null, refusal, true);
    }

    private static LimitExceededException refused(String text, Instant next, Instant now, Request request) {
        return new LimitExceededException(text, false, Duration.between(now, next), Answer.none(request.line()));
    }

    private void answered(Leave leave, @Nullable Throwable failure) {
        boolean over;
        synchronized (this) {
            if (failure instanceof LimitExceededException met && !met.retryable()) {
                refusal = met;
                Duration asked = met.retryAfter().orElse(RECHECK);
                askAt = clock.instant().plus(asked.compareTo(RECHECK) > 0 ? asked : RECHECK);
                return;
            }
            if (failure != null && !(failure instanceof RequestRejectedException)) {
                return; // says nothing of the limit
            }
            // a call that was sent before the refusal came says nothing either
            boolean ends = refusal != null && leave.known() == refusal;
            refusal = ends ? null : refusal;
            over = ends || leave.probe();
        }
        if (over) {
            waiting.forEach(Runnable::run);
        }
    }
}
