package org.sftoolkit.camel.error;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.BulkResult;

/** A bulk job failed, was aborted, or did not end in time. */
public final class BulkJobException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String jobId;
    private final String state;
    private final boolean repeatable;
    private final transient @Nullable BulkResult result;

    /**
     * @param what what happened, with the job's own message if it has one
     * @param jobId the job
     * @param state its state as Salesforce names it, such as {@code Failed}
     * @param repeatable whether the job's work may be done again
     */
    public BulkJobException(String what, String jobId, String state, boolean repeatable) {
        this(what, jobId, state, repeatable, null, null);
    }

    /**
     * @param what what happened, with the job's own message if it has one
     * @param jobId the job; null if no job was created
     * @param state its state as Salesforce names it
     * @param repeatable whether the job's work may be done again
     * @param result rows that were loaded anyway, in this job and others; null if not known
     * @param cause what led to it, or null
     */
    public BulkJobException(
            String what,
            @Nullable String jobId,
            String state,
            boolean repeatable,
            @Nullable BulkResult result,
            @Nullable Throwable cause) {
        super(what, Answer.NONE, cause);
        this.result = result;
        this.jobId = jobId;
        this.state = state;
        this.repeatable = repeatable;
    }

    /** The job's id, 18 characters; null if no job was created. */
    public @Nullable String jobId() {
        return jobId;
    }

    /** The job's state as Salesforce names it. */
    public String state() {
        return state;
    }

    /** The rows that were loaded anyway, and those that failed or were not processed; null if not known. */
    public @Nullable BulkResult result() {
        return result;
    }

    @Override
    public boolean retryable() {
        return repeatable;
    }
}
