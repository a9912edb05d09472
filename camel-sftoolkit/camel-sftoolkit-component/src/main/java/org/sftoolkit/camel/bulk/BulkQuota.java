package org.sftoolkit.camel.bulk;

import java.util.Optional;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.RequestRejectedException;

/** Bulk's own allocation of 24 hours, which says nothing of REST's. */
public final class BulkQuota {

    private BulkQuota() {}

    /** Whether no job was made because the allocation is used up. */
    public static boolean usedUp(Throwable failure) {
        return refusal(failure).isPresent();
    }

    /** Words for the header: the way that was taken instead, and why. */
    public static String instead(String via, Throwable failure) {
        return via
                + refusal(failure)
                        .map(error -> "; reason=" + error.code() + ": "
                                + error.message().replaceAll("\\s+", " "))
                        .orElse("");
    }

    /** The refusal as a limit that was met. */
    static LimitExceededException limit(Throwable failure, String cure) {
        return new LimitExceededException(failure.getMessage() + ". " + cure, false, null, Answer.NONE);
    }

    private static Optional<ApiError> refusal(Throwable failure) {
        return failure instanceof RequestRejectedException refused
                ? refused.errors().stream()
                        .filter(error -> error.code().equals("LIMIT_EXCEEDED")
                                || error.code().equalsIgnoreCase("ExceededQuota"))
                        .findFirst()
                : Optional.empty();
    }
}
