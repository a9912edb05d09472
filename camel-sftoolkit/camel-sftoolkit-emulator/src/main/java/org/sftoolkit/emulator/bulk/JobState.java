package org.sftoolkit.emulator.bulk;

/** The states of a job (Bulk API 2.0 and Bulk API Developer Guide: "Job States"). */
public enum JobState {
    OPEN("Open"),
    UPLOAD_COMPLETE("UploadComplete"),
    IN_PROGRESS("InProgress"),
    JOB_COMPLETE("JobComplete"),
    FAILED("Failed"),
    ABORTED("Aborted");

    private final String wireName;

    JobState(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire. */
    public String wireName() {
        return wireName;
    }

    /** Whether the job will never change again. */
    public boolean terminal() {
        return this == JOB_COMPLETE || this == FAILED || this == ABORTED;
    }
}
