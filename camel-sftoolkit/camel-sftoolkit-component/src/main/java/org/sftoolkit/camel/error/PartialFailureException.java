package org.sftoolkit.camel.error;

import java.util.stream.Collectors;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;

/**
 * Some records of a list were refused, and {@code onPartialFailure=FAIL} asks for an exception; or a list ended early after
 * some of its records were written, or what was to follow on a write failed, for the reason that is the
 * {@linkplain #getCause() cause}.
 */
public final class PartialFailureException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final transient SaveResults results;

    /** @param results the outcome of every record, in the order of the input */
    public PartialFailureException(SaveResults results) {
        super(
                results.failed().size() + " of " + results.size() + " records failed; the first: "
                        + words(results.failed().get(0)),
                Answer.NONE,
                null);
        this.results = results;
    }

    private static String words(SaveResult failed) {
        return failed.errors().isEmpty()
                ? "without a reason"
                : failed.errors().stream()
                        .map(error -> error.statusCode() + ": " + error.message()
                                + (error.fields().isEmpty() ? "" : " (" + String.join(", ", error.fields()) + ")"))
                        .collect(Collectors.joining("; "));
    }

    /**
     * A list that ended early, after some of its records were written.
     *
     * @param results the outcome of every record that was read, in the order of the input
     * @param cause   why it ended
     */
    public PartialFailureException(SaveResults results, Throwable cause) {
        this(
                "the input list failed after " + results.size() + " records were read, of which "
                        + results.succeeded().size() + " were saved",
                results,
                cause);
    }

    /**
     * What was to follow on a write failed.
     *
     * @param what    what was done and what was not
     * @param results of the write
     * @param cause   why the rest was not done
     */
    public PartialFailureException(String what, SaveResults results, Throwable cause) {
        super(what + ": " + cause.getMessage(), Answer.NONE, cause);
        this.results = results;
    }

    /** The outcome of every record, in the order of the input. */
    public SaveResults results() {
        return results;
    }

    /** True if every failed record may be sent again. */
    @Override
    public boolean retryable() {
        return getCause() == null
                && results != null
                && results.failed().stream().allMatch(SaveResult::retryable);
    }
}
