package org.sftoolkit.camel;

import java.util.Collection;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.metrics.Metering;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.operation.OperationName;

/** Counts the records that an operation handled, as far as its outcome tells; records of streams it does not see. */
final class RecordMeter {

    private final Metering metering;
    private final String operation;

    RecordMeter(Metering metering, OperationName operation) {
        this.metering = metering;
        this.operation = operation.name();
    }

    void succeeded(Object body) {
        if (body instanceof SaveResult result) {
            count(result.skipped() ? "skipped" : result.success() ? "succeeded" : "failed", 1);
        } else if (body instanceof BulkResult result) {
            results(result);
        } else if (body instanceof SObject) {
            count("succeeded", 1);
        } else if (body instanceof Collection<?> list && !list.isEmpty()) {
            if (list.iterator().next() instanceof SaveResult) {
                results(list);
            } else {
                count("succeeded", list.size());
            }
        }
    }

    void failed(Throwable failure) {
        if (failure instanceof PartialFailureException partial) {
            results(partial.results());
        } else if (failure instanceof BulkJobException job && job.result() != null) {
            results(job.result());
        }
    }

    private void results(BulkResult result) {
        count("succeeded", result.succeededCount());
        count("failed", result.failedCount());
    }

    private void results(Collection<?> results) {
        long skipped = 0;
        long failed = 0;
        for (Object entry : results) {
            var result = (SaveResult) entry;
            skipped += result.skipped() ? 1 : 0;
            failed += result.success() ? 0 : 1;
        }
        count("skipped", skipped);
        count("failed", failed);
        count("succeeded", results.size() - skipped - failed);
    }

    private void count(String result, long records) {
        if (records > 0) {
            metering.records(operation, result, records);
        }
    }
}
