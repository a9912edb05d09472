package org.sftoolkit.camel.records;

import java.util.List;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.ApiError;

/** Which rows of a request failed for a reason that passes, such as a row lock. */
final class RowRetry {

    private static final String ROLLED_BACK = "ALL_OR_NONE_OPERATION_ROLLED_BACK";

    private RowRetry() {}

    /** Whether this row may well go through a little later. */
    static boolean passes(WriteAnswer answer) {
        return !answer.success()
                && !answer.errors().isEmpty()
                && answer.errors().stream().allMatch(ApiError::retryable);
    }

    /** Whether a request with {@code allOrNone} was rolled back for reasons that pass only. */
    static boolean wholePasses(List<WriteAnswer> answers) {
        List<WriteAnswer> culprits = answers.stream()
                .filter(answer -> !answer.success())
                .filter(answer ->
                        answer.errors().stream().noneMatch(error -> error.code().equals(ROLLED_BACK)))
                .toList();
        return !culprits.isEmpty() && culprits.stream().allMatch(RowRetry::passes);
    }
}
