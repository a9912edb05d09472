package org.sftoolkit.camel.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the results of a list, which arrive batch by batch in any order. Thread-safe. */
final class ResultSlots {

    private static final Logger LOG = LoggerFactory.getLogger(ResultSlots.class);

    private final List<SaveResult> results;
    private boolean written;

    /** @param expected records, where known; the slots grow as needed */
    ResultSlots(int expected) {
        this.results = new ArrayList<>(expected);
    }

    synchronized void set(SaveResult result) {
        while (results.size() <= result.index()) {
            results.add(null);
        }
        results.set(result.index(), result);
        written |= result.success() && !result.skipped();
    }

    /** Whether no record has been written so far. */
    synchronized boolean noneWritten() {
        return !written;
    }

    /** All results as body and headers; throws where some failed and that is to be an exception. */
    synchronized Outcome outcome(OnPartialFailure onPartialFailure) {
        var all = new SaveResults(results);
        int failed = all.failed().size();
        if (failed > 0) {
            if (onPartialFailure == OnPartialFailure.FAIL) {
                throw new PartialFailureException(all);
            }
            LOG.warn("{} of {} records failed; the results name them", failed, all.size());
        }
        var headers = new HashMap<OutcomeHeader, Object>();
        headers.put(OutcomeHeader.SUCCEEDED, all.size() - failed);
        headers.put(OutcomeHeader.FAILED, failed);
        headers.put(OutcomeHeader.FAILED_RECORDS, all.failedRecords());
        return Outcome.of(all, headers);
    }
}
