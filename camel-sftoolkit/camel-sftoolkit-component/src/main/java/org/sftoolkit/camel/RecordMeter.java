package org.sftoolkit.camel;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.connection.Metering;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;

/** Counts the records that an operation handled, if its outcome contains them; not records of streams. */
final class RecordMeter {

    private final Metering metering;
    private final String operation;

    RecordMeter(Metering metering, OperationName operation) {
        this.metering = metering;
        this.operation = operation.name();
    }

    /** Records of an outcome, by result. */
    record Count(long succeeded, long failed, long skipped) {

        private static final Count NONE = new Count(0, 0, 0);

        long all() {
            return succeeded + failed + skipped;
        }

        /** Records of a body; 0 for a stream, which has not been read yet. */
        static Count of(@Nullable Object body) {
            if (body instanceof SaveResult result) {
                return of(List.of(result));
            }
            if (body instanceof BulkResult result) {
                return new Count(result.succeededCount(), result.failedCount(), 0);
            }
            if (body instanceof CompositeResults results) {
                int failed = results.failed().size();
                return new Count(results.size() - failed, failed, 0);
            }
            if (body instanceof SObject) {
                return new Count(1, 0, 0);
            }
            return body instanceof Collection<?> list ? of(list) : NONE;
        }

        private static Count of(Collection<?> list) {
            long skipped = 0;
            long failed = 0;
            for (Object entry : list) {
                if (entry instanceof SaveResult result) {
                    skipped += result.skipped() ? 1 : 0;
                    failed += result.success() ? 0 : 1;
                }
            }
            return new Count(list.size() - skipped - failed, failed, skipped);
        }
    }

    void succeeded(@Nullable Object body) {
        count(Count.of(body));
    }

    void failed(Throwable failure) {
        if (failure instanceof PartialFailureException partial) {
            count(Count.of(partial.results()));
        } else if (failure instanceof BulkJobException job && job.result() != null) {
            count(Count.of(job.result()));
        }
    }

    private void count(Count records) {
        count("succeeded", records.succeeded());
        count("failed", records.failed());
        count("skipped", records.skipped());
    }

    private void count(String result, long records) {
        if (records > 0) {
            metering.records(operation, result, records);
        }
    }
}
