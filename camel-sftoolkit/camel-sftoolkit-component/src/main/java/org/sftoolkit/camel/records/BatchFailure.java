package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.DuplicateLoadException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.SandboxRequiredException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;

/** A request that failed as a whole, as the outcome of each of its records. */
final class BatchFailure {

    private BatchFailure() {}

    /** The failure as the result of one record. */
    static SaveResult result(int place, @Nullable String id, Throwable failure, @Nullable Object record) {
        return SaveResult.failure(place, id, errors(failure), record);
    }

    /** The failure as the errors of each record. */
    static List<SaveError> errors(Throwable failure) {
        if (!(failure instanceof SfToolkitException known)) {
            return List.of(error(failure, "UNKNOWN", false));
        }
        if (known instanceof NotFoundException) {
            // of a whole request: its object is unknown, and only the request names that
            return List.of(error(known, "NOT_FOUND", false));
        }
        return known.errors().isEmpty()
                ? List.of(error(known, known.getClass().getSimpleName(), known.retryable()))
                : known.errors().stream()
                        .map(error -> withRetryable(error, known))
                        .toList();
    }

    // the request as a whole decides whether it may be sent again: a lost insert may not
    private static SaveError withRetryable(ApiError error, SfToolkitException failure) {
        return new SaveError(error.code(), error.message(), error.fields(), failure.retryable());
    }

    private static SaveError error(Throwable failure, String code, boolean retryable) {
        return new SaveError(code, String.valueOf(failure.getMessage()), List.of(), retryable);
    }

    /**
     * Whether the remaining requests make sense. They do not if the login is refused or writes to this org are
     * refused; that fails the exchange, unless some record was already written and must be reported.
     */
    static <T> Future<T> endsAll(Throwable failure, SaveResultCollector slots) {
        if (failure instanceof DuplicateLoadException) {
            return Future.failedFuture(failure);
        }
        boolean all = failure instanceof AuthenticationException || failure instanceof SandboxRequiredException;
        return all && slots.noneWritten() ? Future.failedFuture(failure) : Future.succeededFuture();
    }
}
