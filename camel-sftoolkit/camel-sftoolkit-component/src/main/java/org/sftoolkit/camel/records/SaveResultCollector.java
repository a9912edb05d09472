package org.sftoolkit.camel.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.operation.OnPartialFailure;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.transport.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the results of a list, which arrive batch by batch in any order. Thread-safe. */
public final class SaveResultCollector {

    private static final Logger LOG = LoggerFactory.getLogger(SaveResultCollector.class);

    private final List<SaveResult> results;
    private final boolean writes;
    private long written;
    private boolean unknown;
    private long done;
    private long failed;

    /**
     * @param expected number of records, if known; the slots grow as needed
     * @param writes   false for a dry run, whose successes wrote nothing
     */
    SaveResultCollector(int expected, boolean writes) {
        this.results = new ArrayList<>(expected);
        this.writes = writes;
    }

    synchronized void set(SaveResult result) {
        while (results.size() <= result.index()) {
            results.add(null);
        }
        SaveResult earlier = results.set(result.index(), result);
        if (earlier == null) {
            done++;
        } else if (!earlier.success()) {
            failed--;
        }
        failed += result.success() ? 0 : 1;
        written += writes && result.success() && !result.skipped() ? 1 : 0;
    }

    /** Gives a record that was not sent the result of the one that was sent in its stead. */
    synchronized void copy(int from, int to, @Nullable Object record, boolean kept) {
        SaveResult result = isSet(from) ? results.get(from) : null;
        if (result != null) {
            set(new SaveResult(
                    to,
                    result.id(),
                    result.success(),
                    false,
                    result.success(),
                    result.errors(),
                    !result.success() || kept ? record : null));
        }
    }

    /** Whether this place has its result. */
    synchronized boolean isSet(int place) {
        return place < results.size() && results.get(place) != null;
    }

    /** The outcome of some records is unknown. */
    synchronized void mayBeWritten() {
        unknown = true;
    }

    /** Whether certainly no record has been written so far. */
    synchronized boolean noneWritten() {
        return written == 0 && !unknown;
    }

    /** Whether a record has failed so far. */
    synchronized boolean someFailed() {
        return failed > 0;
    }

    /** The results so far, in the order of the input; null for those that have none. */
    synchronized List<SaveResult> all() {
        return new ArrayList<>(results);
    }

    /** Whether so many records have their results. */
    synchronized boolean isWhole(int expected) {
        return done == expected;
    }

    /** How far the list has come. */
    synchronized Progress progress(String operation, @Nullable String sObject, @Nullable Long total) {
        return new Progress(operation, sObject, done, failed, total, null, "batch");
    }

    /** All results as body and headers; throws if records failed and onPartialFailure=FAIL. */
    synchronized Outcome outcome(OnPartialFailure onPartialFailure, LogContext log) {
        var all = new SaveResults(results);
        if (failed > 0) {
            if (onPartialFailure == OnPartialFailure.FAIL) {
                throw new PartialFailureException(all);
            }
            SaveResult first = all.failed().get(0);
            log.write(() -> LOG.warn(
                    "{}: {} of {} records failed, the first at place {} of the list: {}; the results name them",
                    log.about(),
                    failed,
                    all.size(),
                    first.index(),
                    reason(first.errors())));
        }
        List<Object> failedRecords = all.failedRecords();
        var headers = new HashMap<OutcomeHeader, Object>();
        headers.put(OutcomeHeader.SUCCEEDED, all.size() - failedRecords.size());
        headers.put(OutcomeHeader.FAILED, failedRecords.size());
        headers.put(OutcomeHeader.FAILED_RECORDS, failedRecords);
        return Outcome.of(all, headers);
    }

    /** The first error in few words. */
    public static String reason(List<SaveError> errors) {
        return errors.isEmpty()
                ? "no reason was given"
                : errors.get(0).statusCode() + ": " + errors.get(0).message();
    }

    /**
     * The failure of a list that ended early: the cause itself if nothing was written, else an exception with all
     * results.
     */
    synchronized Throwable endedBy(Throwable cause) {
        if (noneWritten()) {
            return cause;
        }
        var lost = new SaveError(
                "UNKNOWN", "reading the list failed before the result of this record was known", List.of(), false);
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) == null) {
                set(SaveResult.failure(i, null, List.of(lost), null));
            }
        }
        return new PartialFailureException(new SaveResults(results), cause);
    }
}
