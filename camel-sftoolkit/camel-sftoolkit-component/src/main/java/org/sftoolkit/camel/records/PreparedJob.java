package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.BulkPart;
import org.sftoolkit.camel.bulk.IngestJob;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.OperationContext;

/** A job that was made before there was data for it, to learn whether the org has jobs to give. Thread-safe. */
final class PreparedJob {

    private final OperationContext call;
    private IngestJob.@Nullable Made made;

    PreparedJob(OperationContext call) {
        this.call = call;
    }

    Future<Void> make(String object, BulkAction action) {
        return IngestJob.create(call, object, action).map(job -> {
            synchronized (this) {
                made = job;
            }
            return null;
        });
    }

    /** The job, for the first part that it fits; else null. */
    synchronized IngestJob.@Nullable Made take(BulkPart part) {
        IngestJob.Made first = made;
        boolean fits =
                first != null && part.action().wireName().equals(first.job().operation());
        made = fits ? null : made;
        return fits ? first : null;
    }

    /** Aborts a job that was not needed, as its records are of another kind or cannot be sent. */
    Future<Void> giveUp() {
        IngestJob.Made unused;
        synchronized (this) {
            unused = made;
            made = null;
        }
        return unused == null
                ? Future.succeededFuture()
                : IngestJob.abort(call, unused).<Void>mapEmpty().otherwiseEmpty();
    }
}
