package org.sftoolkit.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.Progress;

/** What one exchange is at: how far it has come and how fast, for log lines and consoles. Thread-safe. */
final class Work {

    private static final double SECOND = 1e9;

    private final String endpoint;
    private final @Nullable String routeId;
    private final @Nullable String exchangeId;
    private final LongSupplier nanoTime;
    private final Instant since = Instant.now();
    private final long begun;
    private final Map<String, Progress> jobs = new LinkedHashMap<>();
    private @Nullable Progress last;
    private @Nullable Progress whole;
    private long told;
    private long ended = -1;
    private @Nullable String outcome;

    /**
     * @param endpoint   operation and object
     * @param routeId    null if no route sent the exchange
     * @param exchangeId of Camel; null for work of a consumer
     * @param nanoTime   a clock such as {@link System#nanoTime()}
     */
    Work(String endpoint, @Nullable String routeId, @Nullable String exchangeId, LongSupplier nanoTime) {
        this.endpoint = endpoint;
        this.routeId = routeId;
        this.exchangeId = exchangeId;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.told = begun;
    }

    /** Steps of a job count for that job alone. */
    synchronized void progressed(Progress progress) {
        last = progress;
        if (progress.job() == null) {
            whole = progress;
        } else {
            // what a later step leaves out is as it was; some know no counters
            Progress before = jobs.get(progress.job());
            jobs.put(
                    progress.job(),
                    before == null
                            ? progress
                            : new Progress(
                                    progress.operation(),
                                    progress.sObject(),
                                    Math.max(before.done(), progress.done()),
                                    Math.max(before.failed(), progress.failed()),
                                    progress.total() == null ? before.total() : progress.total(),
                                    progress.job(),
                                    progress.step()));
        }
    }

    /** @param failure null for a success */
    synchronized void end(@Nullable Throwable failure) {
        ended = nanoTime.getAsLong();
        outcome = failure == null ? "done" : failure.getClass().getSimpleName();
    }

    /** How long it has taken, or took. */
    synchronized Duration duration() {
        return Duration.ofNanos((ended < 0 ? nanoTime.getAsLong() : ended) - begun);
    }

    /** Whether a line is due; it counts as written then. */
    synchronized boolean due(Duration interval) {
        long now = nanoTime.getAsLong();
        if (now - told < interval.toNanos()) {
            return false;
        }
        told = now;
        return true;
    }

    /** @param total null if it is not known */
    private record State(long done, long failed, @Nullable Long total, String unit, double perSecond) {

        /** Null if it is not known. */
        @Nullable
        Long percent() {
            return total == null || total == 0 ? null : Math.min(100, done * 100 / total);
        }

        /** Null if it is not known. */
        @Nullable
        Long secondsLeft() {
            return total == null || total < done || perSecond <= 0 ? null : Math.round((total - done) / perSecond);
        }
    }

    private synchronized State state() {
        long done = 0;
        long failed = 0;
        Long total = jobs.isEmpty() ? null : 0L;
        for (Progress job : jobs.values()) {
            done += job.done();
            failed += job.failed();
            total = total == null || job.total() == null ? null : Long.valueOf(total + job.total());
        }
        if (whole != null) {
            done = Math.max(done, whole.done());
            failed = Math.max(failed, whole.failed());
            total = whole.total() == null ? total : whole.total();
        }
        String unit = last != null && last.step().equals("bytes") ? "bytes" : "records";
        return new State(done, failed, total, unit, done / Math.max(duration().toNanos() / SECOND, 1e-3));
    }

    /** One line for people. */
    synchronized String line() {
        State now = state();
        var line = new StringBuilder(routeId == null ? "" : "route " + routeId + ", ")
                .append(endpoint)
                .append(": ");
        line.append(now.done());
        if (now.total() != null) {
            line.append(" of ").append(now.total());
        }
        line.append(' ').append(now.unit());
        if (now.percent() != null) {
            line.append(" (").append(now.percent()).append(" %)");
        }
        if (now.failed() > 0) {
            line.append(", ").append(now.failed()).append(" failed");
        }
        line.append(" in ").append(text(duration()));
        if (now.done() > 0) {
            line.append(String.format(Locale.ROOT, ", %.0f a second", now.perSecond()));
        }
        if (now.secondsLeft() != null) {
            line.append(", ")
                    .append(text(Duration.ofSeconds(now.secondsLeft())))
                    .append(" left");
        }
        if (last != null && last.job() != null) {
            line.append(", job ").append(last.job()).append(' ').append(last.step());
        }
        return line.toString();
    }

    private static String text(Duration time) {
        if (time.toMinutes() == 0) {
            return time.toSeconds() + " s";
        }
        return time.toHours() == 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /** In the words of consoles. */
    synchronized Map<String, Object> describe() {
        State now = state();
        var words = new LinkedHashMap<String, Object>();
        words.put("endpoint", endpoint);
        words.put("route", routeId);
        words.put("exchange", exchangeId);
        words.put("since", since.toString());
        words.put("seconds", duration().toSeconds());
        words.put("done", now.done());
        words.put("failed", now.failed());
        words.put("total", now.total());
        words.put("unit", now.unit());
        words.put("percent", now.percent());
        words.put("perSecond", Math.round(now.perSecond()));
        words.put("secondsLeft", ended < 0 ? now.secondsLeft() : null);
        words.put("step", last == null ? null : last.step());
        words.put("jobs", String.join(",", jobs.keySet()));
        words.put("outcome", outcome);
        words.values().removeIf(value -> value == null || "".equals(value));
        return words;
    }
}
