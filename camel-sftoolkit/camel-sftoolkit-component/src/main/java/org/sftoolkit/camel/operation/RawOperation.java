package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sftoolkit.camel.client.RawClient;
import org.sftoolkit.camel.client.RawPath;
import org.sftoolkit.camel.client.StreamedInput;
import org.sftoolkit.camel.redaction.Redaction;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.BodyInput;

/** {@code raw}: any REST resource of the instance, its bodies streamed both ways. */
public final class RawOperation implements Operation<RawInput> {

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
    /** About the connection, not about what was asked; or no longer true of the body as it is read. */
    private static final Set<String> NOT_GIVEN_OUT = Set.of(
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "content-encoding",
            "set-cookie",
            "strict-transport-security",
            "trailer",
            "upgrade");

    @Override
    public Class<RawInput> input() {
        return RawInput.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer("method", "path");
    }

    @Override
    public void check(CallOptions options) {
        method(options);
        if (options.rest().path() != null) {
            RawPath.of(options.rest().path());
        } else if (!options.mayCome("path")) {
            throw noPath();
        }
    }

    private static IllegalArgumentException noPath() {
        return new IllegalArgumentException(
                "raw needs a path: set it, as in sftoolkit:raw?path=/services/apexrest/Order,"
                        + " or let the header CamelSfToolkitPath bring it by allowHeaderOverride=path");
    }

    private static HttpMethod method(CallOptions options) {
        HttpMethod method = HttpMethod.valueOf(options.rest().method().strip().toUpperCase(Locale.ROOT));
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException(
                    "method=" + options.rest().method() + ": raw has GET, HEAD, POST, PUT, PATCH and DELETE");
        }
        return method;
    }

    @Override
    public Future<Outcome> run(RawInput input, Call call) {
        if (call.options().rest().path() == null) {
            throw noPath();
        }
        HttpMethod method = method(call.options());
        String path = RawPath.of(call.options().rest().path());
        boolean carries = input.content() != null && WITH_BODY.contains(method);
        var opened = new OpenedContent(input.content(), bytes -> {});
        Body body = carries ? body(input, opened, call.worker()) : Body.NONE;
        var content = new BodyInput(BodyInput.DEFAULT_BYTES);
        Promise<Outcome> begun = Promise.promise();
        new RawClient(call.client().unshaped())
                .send(method, path, body, call.options().requestHeaders(), content.telling((status, headers) -> {
                    // its body is a stream that nobody has read yet
                    call.progress().progressed(new Progress("raw", null, 0, 0, null, null, "answer"));
                    begun.tryComplete(outcome(status == 204 ? null : content, status, headers));
                }))
                .onComplete(content::ended)
                .onComplete(sent -> call.worker().run(opened::close))
                .onSuccess(answer -> begun.tryComplete(outcome(null, answer.status(), answer.headers())))
                .onFailure(failure -> begun.tryFail(opened.explain(failure)));
        return begun.future();
    }

    private static Body body(RawInput input, OpenedContent opened, Worker worker) {
        return new Body.Stream(
                input.contentType(),
                () -> StreamedInput.of(opened.open(), worker::run),
                input.content().length(),
                input.content().repeatable());
    }

    private static Outcome outcome(Object body, int status, MultiMap answered) {
        var given = new TreeMap<String, Object>(String.CASE_INSENSITIVE_ORDER);
        for (var header : answered) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_GIVEN_OUT.contains(name) && !name.startsWith("camel")) {
                given.putIfAbsent(header.getKey(), Redaction.of(header.getValue()));
            }
        }
        Map<OutcomeHeader, Object> headers = new HashMap<>();
        headers.put(OutcomeHeader.STATUS, status);
        headers.put(OutcomeHeader.CONTENT_TYPE, given.remove("Content-Type"));
        headers.put(OutcomeHeader.ANSWER_HEADERS, given);
        return Outcome.of(body, headers);
    }
}
