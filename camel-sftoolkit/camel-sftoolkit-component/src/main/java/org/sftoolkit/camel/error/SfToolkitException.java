package org.sftoolkit.camel.error;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * Root of all failures of the component: unchecked, typed by meaning, free of secrets.
 *
 * <p>A route handles them by type ({@code onException(LimitExceededException.class)}) or by {@link #retryable()}
 * ({@code onWhen(simple("${exception.retryable}"))}).
 */
public abstract sealed class SfToolkitException extends RuntimeException
        permits DuplicateLoadException,
                TransportException,
                AuthenticationException,
                LimitExceededException,
                RequestRejectedException,
                ServerException,
                PartialFailureException,
                BulkJobException,
                EventBusException,
                ListTooLongException,
                WatermarkException,
                PositionOvertakenException,
                StateStoreException,
                InvalidBodyException,
                InvalidInputException,
                SandboxRequiredException,
                UnreadableResponseException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Answer answer;

    SfToolkitException(String what, Answer answer, @Nullable Throwable cause) {
        // what and cause may quote an answer, a proxy or a foreign library
        super(Redaction.of(answer.describe(what)), cause == null ? null : Redaction.of(cause));
        this.answer = answer;
    }

    /** Adds to a message that a write may or may not have been carried out. */
    static String telling(boolean outcomeUnknown, String what) {
        return outcomeUnknown ? what + "; it is unknown whether Salesforce carried out the request" : what;
    }

    /**
     * Whether the same exchange may be sent again as it is, later: true only if a repetition can help and does no
     * harm. False if it would fail in the same way, or might write a record twice.
     */
    public abstract boolean retryable();

    /** {@link #retryable()} under the name that Camel's simple language and JavaBeans tools look for. */
    public final boolean isRetryable() {
        return retryable();
    }

    /** HTTP status of the answer; 0 if there was no response. */
    public final int status() {
        return answer().status();
    }

    /** Salesforce's errors in the answer, decoded; never null. */
    public final List<ApiError> errors() {
        return answer().errors();
    }

    /** Method and path of the request, without query string and secrets; null if no request was made. */
    public final @Nullable String request() {
        return answer().request();
    }

    final Answer answer() {
        return answer == null ? Answer.NONE : answer;
    }
}
