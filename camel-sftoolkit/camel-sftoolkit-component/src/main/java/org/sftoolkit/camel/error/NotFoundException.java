package org.sftoolkit.camel.error;

/** The record, object or resource does not exist, is deleted, or cannot be seen by this user. */
public final class NotFoundException extends RequestRejectedException {

    private static final long serialVersionUID = 1L;

    /** @param answer the refusal */
    public NotFoundException(String what, Answer answer) {
        super(what, answer);
    }
}
