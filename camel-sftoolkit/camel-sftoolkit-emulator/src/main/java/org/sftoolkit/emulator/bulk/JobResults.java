package org.sftoolkit.emulator.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What may be read of the results of a job, and when. */
public final class JobResults {

    private JobResults() {}

    /** The file with a result of an ingest job; null if there are no rows of that kind. */
    public static Path of(IngestJob job, IngestResult which) {
        // Not documented for earlier states; assumed to be refused.
        if (!job.state().terminal()) {
            throw BulkRefusedException.invalidState("Results are available once the job has ended; it is "
                    + job.state().wireName());
        }
        return job.results(which);
    }

    /** A page of a complete query job's rows. */
    public static ResultPage page(QueryJob job, String version, long from, long most) {
        ResultPages pages = complete(job, version);
        if (from < 0 || from > pages.rows()) {
            throw new BulkRefusedException(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
        }
        long to = Math.min(pages.rows(), from + Math.min(most, Integer.MAX_VALUE));
        try {
            return new ResultPage(
                    pages.header(), pages.file(), pages.place(from), pages.place(to), to - from, to, to < pages.rows());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of rows of a complete query job. */
    public static long rows(QueryJob job, String version) {
        return complete(job, version).rows();
    }

    private static ResultPages complete(QueryJob job, String version) {
        if (!job.order().version().equals(version)) {
            // Only the status is documented.
            throw new BulkRefusedException(
                    409,
                    "API_ERROR",
                    "The results are to be read with the API version of the job, "
                            + job.order().version());
        }
        if (job.state() != JobState.JOB_COMPLETE) {
            // Not documented; clients expect 400, 404 or 204, and never rows.
            throw BulkRefusedException.invalidState("Results are available once the job is complete; it is "
                    + job.state().wireName());
        }
        return job.results();
    }
}
