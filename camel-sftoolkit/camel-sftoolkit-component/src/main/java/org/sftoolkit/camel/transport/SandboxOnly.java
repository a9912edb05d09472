package org.sftoolkit.camel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SandboxRequiredException;
import org.sftoolkit.camel.error.UnreadableResponseException;

/**
 * Lets requests that write pass only if the org is a sandbox. The org is asked before the first of them, and its answer holds as
 * long as the connection. Thread-safe.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm">Object
 *      Reference: Organization</a>
 */
public final class SandboxOnly implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable Future<Boolean> sandbox;

    @Override
    public Future<Response> apply(Request request, Transport next) {
        if (!request.writes()) {
            return next.send(request);
        }
        return asked(next)
                .recover(failure -> Future.failedFuture(
                        failure instanceof RequestRejectedException ? unknown(request, failure) : failure))
                .compose(is -> is ? next.send(request) : Future.failedFuture(refused(request)));
    }

    /** One question for all that wait for it: it belongs to no exchange, whose end would end it. */
    private Future<Boolean> asked(Transport next) {
        Promise<Boolean> answered;
        synchronized (this) {
            if (sandbox != null && !sandbox.failed()) {
                return sandbox;
            }
            answered = Promise.promise();
            sandbox = answered.future();
        }
        Request question =
                Request.get("/query?q=SELECT+IsSandbox+FROM+Organization").withHeader("Accept", "application/json");
        next.send(question).map(answer -> isSandbox(question, answer)).onComplete(answered);
        return answered.future();
    }

    private static boolean isSandbox(Request question, Response answer) {
        try {
            JsonNode is = JSON.readTree(answer.body()).path("records").path(0).path("IsSandbox");
            if (is.isBoolean()) {
                return is.booleanValue();
            }
            throw new IOException("the answer has no IsSandbox");
        } catch (IOException e) {
            throw new UnreadableResponseException(
                    "the org did not say whether it is a sandbox",
                    true,
                    new Answer(answer.status(), List.of(), question.line()),
                    e);
        }
    }

    private static SandboxRequiredException refused(Request write) {
        return new SandboxRequiredException(
                "requireSandbox=true, and this org is a production or Developer Edition org: nothing was written."
                        + " Connect to a sandbox or scratch org, or set requireSandbox=false",
                write.line(),
                null);
    }

    private static SandboxRequiredException unknown(Request write, Throwable failure) {
        return new SandboxRequiredException(
                "requireSandbox=true, and this user may not read Organization.IsSandbox, so that nothing was written:"
                        + " let the user view setup and configuration, or set requireSandbox=false",
                write.line(),
                failure);
    }
}
