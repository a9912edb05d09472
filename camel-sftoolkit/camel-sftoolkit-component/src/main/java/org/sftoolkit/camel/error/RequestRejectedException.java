package org.sftoolkit.camel.error;

/** The request was refused: a 4xx answer that is neither login nor limit, or one of the answers below. */
public sealed class RequestRejectedException extends SfToolkitException
        permits NotFoundException,
                MultipleChoicesException,
                PreconditionFailedException,
                DuplicateException,
                RedirectedException {

    private static final long serialVersionUID = 1L;

    /** @param answer the refusal */
    public RequestRejectedException(String what, Answer answer) {
        super(what, answer, null);
    }

    /** True if every error is temporary, as row locks are. */
    @Override
    public boolean retryable() {
        return !errors().isEmpty() && errors().stream().allMatch(ApiError::retryable);
    }
}
