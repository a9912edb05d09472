package org.sftoolkit.camel.error;

import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;

/** Some records of a list were refused, and {@code onPartialFailure=FAIL} asks for an exception. */
public final class PartialFailureException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final transient SaveResults results;

    /** @param results the outcome of every record, in the order of the input */
    public PartialFailureException(SaveResults results) {
        super(
                results.failed().size() + " of " + results.size() + " records failed; the first: "
                        + results.failed().get(0).errors(),
                Answer.NONE,
                null);
        this.results = results;
    }

    /** The outcome of every record, in the order of the input. */
    public SaveResults results() {
        return results;
    }

    /** True where every record that failed may be sent again. */
    @Override
    public boolean retryable() {
        return results != null && results.failed().stream().allMatch(SaveResult::retryable);
    }
}
