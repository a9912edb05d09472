package org.sftoolkit.camel.error;

import org.jspecify.annotations.Nullable;

/** A write was refused because {@code requireSandbox} is set and the org is not a sandbox, or does not say whether it is one. Nothing was sent. */
public final class SandboxRequiredException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what    what is known of the org, and the cure
     * @param request the write as {@code method path}
     * @param cause   why the org does not say what it is; null if it is production
     */
    public SandboxRequiredException(String what, String request, @Nullable Throwable cause) {
        super(what, Answer.none(request), cause);
    }

    /** False: the org stays what it is. */
    @Override
    public boolean retryable() {
        return false;
    }
}
