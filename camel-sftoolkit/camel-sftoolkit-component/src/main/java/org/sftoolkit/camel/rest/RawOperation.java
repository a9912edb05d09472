package org.sftoolkit.camel.rest;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.StreamedInput;
import org.sftoolkit.camel.model.Upload;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.OpenedContent;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.operation.Worker;
import org.sftoolkit.camel.redaction.Redaction;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.BodyInput;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Sink;
import org.sftoolkit.camel.transport.Transport;

/** {@code raw}: any REST resource of the instance, its bodies streamed both ways. */
public final class RawOperation implements Operation<RawInput> {

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
    private static final Upload.Content NOTHING = new Upload.Content(0, true, InputStream::nullInputStream);
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
                "raw needs a path: set it, as in sftoolkit:raw?path=/services/apexrest/Order, or set"
                        + " allowHeaderOverride=path to take it from the header CamelSfToolkitPath");
    }

    private static HttpMethod method(CallOptions options) {
        HttpMethod method = HttpMethod.valueOf(options.rest().method().strip().toUpperCase(Locale.ROOT));
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method=" + options.rest().method()
                    + " is not allowed for raw: use GET, HEAD, POST, PUT, PATCH or DELETE");
        }
        return method;
    }

    @Override
    public Future<Outcome> run(RawInput input, OperationContext call) {
        if (call.options().rest().path() == null) {
            throw noPath();
        }
        HttpMethod method = method(call.options());
        String path = RawPath.of(call.options().rest().path());
        Upload.Content carried = WITH_BODY.contains(method) ? input.content() : null;
        var opened = new OpenedContent(carried == null ? NOTHING : carried, bytes -> {});
        Body body = carried == null ? Body.NONE : body(carried, input.contentType(), opened, call.worker());
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

    private static Body body(
            Upload.Content content, @Nullable String contentType, OpenedContent opened, Worker worker) {
        return new Body.Stream(
                contentType,
                () -> StreamedInput.of(opened.open(), worker::run),
                content.length(),
                content.repeatable());
    }

    private static Outcome outcome(@Nullable Object body, int status, MultiMap answered) {
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

    /**
     * Paths that a route names by itself. They lead to the instance of the connection and to nowhere else, whatever they hold: the
     * access token goes along.
     */
    private static final class RawPath {

        private static final String UNRESERVED_AND_RESERVED = "-._~:/?[]@!$&'()*+,;=%";

        private RawPath() {}

        /**
         * The path as a request takes it, below the instance or below the API version, with what no URI may hold encoded.
         *
         * @throws IllegalArgumentException for a full URL, and for a path that climbs out of its place
         */
        public static String of(String path) {
            String given = path.strip();
            if (given.matches("(?i)[a-z][a-z0-9+.-]*:.*") || given.startsWith("//") || given.startsWith("\\")) {
                throw new IllegalArgumentException(
                        "path=" + path + " is a full URL: use the path only, such as /services/apexrest/Order");
            }
            String absolute = given.startsWith("/") ? given : "/" + given;
            String plain =
                    absolute.replaceFirst("[?].*", "").toLowerCase(Locale.ROOT).replace("%2e", ".");
            if ((plain + '/').contains("/../") || (plain + '/').contains("/./")) {
                throw new IllegalArgumentException(
                        "path=" + path + " contains a segment '.' or '..': write the path without it");
            }
            return encoded(absolute);
        }

        private static String encoded(String path) {
            var text = new StringBuilder(path.length() + 16);
            path.codePoints().forEach(c -> {
                if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED_AND_RESERVED.indexOf(c) >= 0)) {
                    text.append((char) c);
                } else {
                    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                        text.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xFF));
                    }
                }
            });
            return text.toString();
        }
    }

    /** Any resource of the instance. */
    static final class RawClient {

        private final Transport transport;

        public RawClient(Transport transport) {
            this.transport = transport;
        }

        /**
         * Sends a request whose answer, if it is a success with a body, goes into the sink.
         *
         * @param path as {@link RawPath} gives it
         */
        public Future<Response> send(
                HttpMethod method, String path, Body body, Map<String, String> headers, Sink sink) {
            return transport.send(Request.of(method, path, body, replay(method, path))
                    .withHeaders(headers)
                    .into(sink));
        }

        // What Apex code does when it is asked twice is not known, whatever the method.
        private static Replay replay(HttpMethod method, String path) {
            if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
                return Replay.SAFE;
            }
            String resource = path.toLowerCase(java.util.Locale.ROOT);
            boolean apex = resource.startsWith("/services/apexrest");
            // a bulk job takes one upload: a second one breaks it
            boolean upload = method.equals(HttpMethod.PUT) && resource.contains("/jobs/ingest/");
            return method.equals(HttpMethod.POST) || apex || upload ? Replay.NEVER : Replay.IDEMPOTENT;
        }
    }
}
