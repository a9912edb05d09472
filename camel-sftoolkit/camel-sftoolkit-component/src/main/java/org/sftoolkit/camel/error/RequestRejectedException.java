package org.sftoolkit.camel.error;

/** Salesforce understood the request and refused it: a 4xx answer that is neither login nor limit. */
public sealed class RequestRejectedException extends SfToolkitException
        permits NotFoundException, MultipleChoicesException, PreconditionFailedException, DuplicateException {

    private static final long serialVersionUID = 1L;

    /** @param answer the refusal */
    public RequestRejectedException(String what, Answer answer) {
        super(what, answer, null);
    }

    /** True where every error passes by itself, as row locks do. */
    @Override
    public boolean retryable() {
        return !errors().isEmpty() && errors().stream().allMatch(ApiError::retryable);
    }
}
