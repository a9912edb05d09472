package org.sftoolkit.camel.error;

/** A condition of the request ({@code ifModifiedSince}, {@code ifUnmodifiedSince}, {@code If-Match}) does not hold: the record changed meanwhile. */
public final class PreconditionFailedException extends RequestRejectedException {

    private static final long serialVersionUID = 1L;

    /** @param answer the refusal */
    public PreconditionFailedException(String what, Answer answer) {
        super(what, answer);
    }
}
