package org.sftoolkit.camel;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Operation;

/**
 * Marks in the exchange that a load failed and may have written records. A redelivery by Camel's error handler could
 * create them a second time, and is refused. Thread-safe.
 */
final class UnsettledJobs {

    private final String property;

    UnsettledJobs(OperationName operation, @Nullable String sObject) {
        this.property = "CamelSfToolkitUnsettledJob:" + operation + ':' + sObject;
    }

    /** Records a failure. */
    void remember(Exchange exchange, Throwable failure) {
        if (failure instanceof BulkJobException job && !job.retryable() && !wroteNothing(job)) {
            exchange.setProperty(property, job);
        }
    }

    private static boolean wroteNothing(BulkJobException failure) {
        return failure.result() != null
                && failure.result().jobs().stream()
                        .allMatch(job -> job.ended() && job.counted() && job.processed() == 0);
    }

    /** Refuses an exchange that is delivered again. */
    void requireNone(Exchange exchange, Operation<?> operation, CallOptions options) {
        BulkJobException earlier = exchange.getProperty(property, BulkJobException.class);
        boolean again = exchange.getMessage().getHeader(Exchange.REDELIVERED, false, Boolean.class);
        boolean continued = options.bulk().loadName() != null;
        if (earlier != null && again && !continued && operation.insertsByJobs(options)) {
            throw new BulkJobException(
                    "not loaded again, because the delivery before may have created records: " + earlier.getMessage(),
                    earlier.jobId(),
                    earlier.state(),
                    false,
                    earlier.result(),
                    earlier);
        }
    }
}
