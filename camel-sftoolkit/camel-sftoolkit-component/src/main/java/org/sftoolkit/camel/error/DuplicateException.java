package org.sftoolkit.camel.error;

/** A unique field or a duplicate rule says that the record exists already. */
public final class DuplicateException extends RequestRejectedException {

    private static final long serialVersionUID = 1L;

    /** @param answer the refusal */
    public DuplicateException(String what, Answer answer) {
        super(what, answer);
    }
}
