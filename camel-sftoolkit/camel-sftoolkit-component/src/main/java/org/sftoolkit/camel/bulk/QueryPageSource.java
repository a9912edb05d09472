package org.sftoolkit.camel.bulk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.PageChain;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.transport.Delays;
import org.sftoolkit.camel.transport.RetryPolicy;

/** Asks for pages of one query job, each checked. */
final class QueryPageSource {

    private static final int BUFFER = 1 << 20;

    private final BulkClient client;
    private final Delays delays;
    private final RetryPolicy retries;
    private final String jobId;
    private final QueryPageCheck check;

    QueryPageSource(OperationContext call, JobInfo job, QueryPageCheck check) {
        this.client = new BulkClient(call.client());
        this.delays = call.delays();
        this.retries = call.retries();
        this.jobId = BulkClient.id(job);
        this.check = check;
    }

    BulkClient client() {
        return client;
    }

    String jobId() {
        return jobId;
    }

    /**
     * A page that has not been requested yet.
     *
     * @param locator null for the first page
     */
    ResumableCsv page(@Nullable String locator, int maxRecords, QueryPageCheck.Last last, boolean withHeader) {
        return new ResumableCsv(
                "results of job " + jobId,
                () -> client.queryResults(jobId, locator, maxRecords, BUFFER),
                check.page(last),
                delays,
                retries,
                withHeader);
    }

    PageChain chain() {
        return new PageChain("result pages of job " + jobId);
    }

    /** Follows the chain; a reader of a stream gets the failure as one of the stream. */
    void follow(PageChain chain, String locator, long rows) throws IOException {
        try {
            chain.follow(locator, rows);
        } catch (UnreadableResponseException endless) {
            throw new IOException(endless.getMessage(), endless);
        }
    }
}
