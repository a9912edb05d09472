package org.sftoolkit.camel.error;

import org.jspecify.annotations.Nullable;

/** The login was refused or is incomplete; never retried by itself. */
public sealed class AuthenticationException extends SfToolkitException permits SessionExpiredException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String oauthError;

    /**
     * @param what what happened and, if known, the cure
     * @param oauthError OAuth's error code such as {@code invalid_grant}, or null
     * @param answer the answer behind it
     */
    public AuthenticationException(String what, @Nullable String oauthError, Answer answer) {
        super(what, answer, null);
        this.oauthError = oauthError;
    }

    /**
     * @param what what happened and, if known, the cure
     * @param cause why
     */
    public AuthenticationException(String what, @Nullable Throwable cause) {
        super(what, Answer.NONE, cause);
        this.oauthError = null;
    }

    /** OAuth's error code, such as {@code invalid_grant}; null if the login did not get that far. */
    public @Nullable String oauthError() {
        return oauthError;
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
