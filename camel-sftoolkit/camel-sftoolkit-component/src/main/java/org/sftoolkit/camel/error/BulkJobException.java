package org.sftoolkit.camel.error;

/** A bulk job failed, was aborted, or did not end in time. */
public final class BulkJobException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final String jobId;
    private final String state;
    private final boolean repeatable;

    /**
     * @param what       what happened, in the job's own words where it has some
     * @param jobId      the job
     * @param state      its state as Salesforce names it, such as {@code Failed}
     * @param repeatable whether the job's work may be done again
     */
    public BulkJobException(String what, String jobId, String state, boolean repeatable) {
        super(what, Answer.NONE, null);
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

    @Override
    public boolean retryable() {
        return repeatable;
    }
}
