package org.sftoolkit.camel.error;

import org.sftoolkit.camel.model.BulkResult;

/** A bulk job failed, was aborted, or did not end in time. */
public final class BulkJobException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final String jobId;
    private final String state;
    private final boolean repeatable;
    private final transient BulkResult result;

    /**
     * @param what       what happened, in the job's own words where it has some
     * @param jobId      the job
     * @param state      its state as Salesforce names it, such as {@code Failed}
     * @param repeatable whether the job's work may be done again
     */
    public BulkJobException(String what, String jobId, String state, boolean repeatable) {
        this(what, jobId, state, repeatable, null, null);
    }

    /**
     * @param what       what happened, in the job's own words where it has some
     * @param jobId      the job; null where none was made
     * @param state      its state as Salesforce names it
     * @param repeatable whether the job's work may be done again
     * @param result     what was loaded all the same, in this job and others; null where nothing is known
     * @param cause      what led to it, or null
     */
    public BulkJobException(
            String what, String jobId, String state, boolean repeatable, BulkResult result, Throwable cause) {
        super(what, Answer.NONE, cause);
        this.result = result;
        this.jobId = jobId;
        this.state = state;
        this.repeatable = repeatable;
    }

    /** The job's id, 18 characters. */
    public String jobId() {
        return jobId;
    }

    /** The job's state as Salesforce names it. */
    public String state() {
        return state;
    }

    /** What was loaded all the same, with the rows that failed or were not processed; null where nothing is known. */
    public BulkResult result() {
        return result;
    }

    @Override
    public boolean retryable() {
        return repeatable;
    }
}
