package org.sftoolkit.emulator.bulk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One job. Its state changes in {@link #become} only; all access is guarded by the job's monitor. */
public abstract sealed class BulkJob permits IngestJob, QueryJob {

    /**
     * What a job is asked for when it is made.
     *
     * @param version the API version, such as {@code 66.0}
     * @param origin of the job's writes, for change events
     */
    public record Order(
            String object, String userId, String version, Delimiter delimiter, LineEnding lineEnding, String origin) {}

    private final String id;
    private final Order order;
    private final Instant created;
    private JobState state;
    private Instant changed;
    private Instant started;
    private String errorMessage;
    private long processed;

    BulkJob(String id, Order order, JobState state, Instant created) {
        this.id = id;
        this.order = order;
        this.state = state;
        this.created = created;
        this.changed = created;
    }

    /** 18 characters, from {@code 750}. */
    public final String id() {
        return id;
    }

    public final Order order() {
        return order;
    }

    public final Instant created() {
        return created;
    }

    public final synchronized JobState state() {
        return state;
    }

    /** When the state changed last. */
    public final synchronized Instant changed() {
        return changed;
    }

    /** Why the job failed, or null. */
    public final synchronized String errorMessage() {
        return errorMessage;
    }

    /** Rows processed so far, refused ones included. */
    public final synchronized long processed() {
        return processed;
    }

    /** Milliseconds of processing. */
    public final synchronized long processingTime() {
        return started == null || !state.terminal() ? 0 : Math.max(0, changed.toEpochMilli() - started.toEpochMilli());
    }

    /** The job's kind as its info names it. */
    public abstract String jobType();

    /** The operation as it stands on the wire. */
    public abstract String operation();

    /** Its files, absent ones as null. */
    abstract List<Path> files();

    final synchronized void become(JobState next, Instant now) {
        boolean allowed =
                switch (next) {
                    case OPEN -> false;
                    case UPLOAD_COMPLETE -> state == JobState.OPEN;
                    case IN_PROGRESS -> state == JobState.UPLOAD_COMPLETE;
                    case JOB_COMPLETE -> state == JobState.IN_PROGRESS;
                    case FAILED, ABORTED -> !state.terminal();
                };
        if (!allowed) {
            throw new IllegalStateException(state + " -> " + next);
        }
        state = next;
        changed = now;
        if (next == JobState.IN_PROGRESS) {
            started = now;
        }
    }

    final synchronized void fail(String message, Instant now) {
        become(JobState.FAILED, now);
        errorMessage = message;
    }

    final synchronized void addProcessed(long rows) {
        processed += rows;
    }

    final void removeFiles() {
        Stream.of(files()).flatMap(List::stream).filter(Objects::nonNull).forEach(BulkFolder::remove);
    }
}
