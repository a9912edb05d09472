package org.sftoolkit.camel.records;

import java.util.List;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SaveError;

/** The errors of rows for which a bulk job that has ended gives no result. */
final class JobErrors {

    private JobErrors() {}

    /** The job says that it has not come to the row. */
    static SaveError unprocessed(JobInfo job) {
        return new SaveError("NOT_PROCESSED", ended(job) + " before it processed this row", List.of(), true);
    }

    /** The job does not name the row. */
    static SaveError notTold(JobInfo job) {
        if (job.complete()) {
            return new SaveError(
                    "UNKNOWN",
                    "bulk job " + job.id()
                            + " is complete, but it is unknown which of its results belongs to this record: look the"
                            + " record up before you send it again",
                    List.of(),
                    false);
        }
        return new SaveError("BULK_JOB_FAILED", ended(job), List.of(), false);
    }

    private static String ended(JobInfo job) {
        return "bulk job " + job.id() + " on " + job.object() + " ended as " + job.state()
                + (job.errorMessage() == null ? "" : ": " + job.errorMessage());
    }
}
