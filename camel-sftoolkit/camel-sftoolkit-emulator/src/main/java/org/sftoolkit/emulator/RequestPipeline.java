package org.sftoolkit.emulator;

import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.ApiErrors;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.api.Dispatcher;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.api.RequestBody;
import org.sftoolkit.emulator.api.RuntimeSettings;
import org.sftoolkit.emulator.api.Sessions;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;
import org.sftoolkit.emulator.org.ApiUsage;
import org.sftoolkit.emulator.traffic.RequestLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request: sizes, body, latency, fault, resource, answer. Runs on event loops and never blocks one. A request
 * counts as in flight from its head until its answer is about to be sent.
 */
final class RequestPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

    /** REST API Developer Guide, "Status Codes and Error Responses": 414 and 431. */
    private static final int LONGEST_URI = 16_384;

    private final Clock clock;
    private final RuntimeSettings runtime;
    private final Dispatcher dispatcher;
    private final RequestLog log;
    private final FaultPlan faults;
    private final Sessions sessions;
    private final ApiUsage usage;
    private final TempFolder folder;
    /** What is answered in place of the org, or null. */
    private final RecordedCalls recorded;

    RequestPipeline(
            Clock clock,
            RuntimeSettings runtime,
            Dispatcher dispatcher,
            RequestLog log,
            FaultPlan faults,
            Sessions sessions,
            ApiUsage usage,
            TempFolder folder,
            RecordedCalls recorded) {
        this.clock = clock;
        this.runtime = runtime;
        this.dispatcher = dispatcher;
        this.log = log;
        this.faults = faults;
        this.sessions = sessions;
        this.usage = usage;
        this.folder = folder;
        this.recorded = recorded;
    }

    void accept(Vertx vertx, String baseUrl, HttpServerRequest request) {
        Map<String, String> headers = ApiCall.foldedHeaders(request.headers());
        if (request.authority() != null) {
            // HTTP/2 has no header of that name.
            headers.putIfAbsent("host", request.authority().toString());
        }
        Exchange exchange = new Exchange(request, headers, log, clock);
        if (tooLong(request, exchange)) {
            return;
        }
        Optional<Dispatcher.Matched> found;
        try {
            ApiCall call =
                    overridden(ApiCall.of(request.method().name(), request.uri(), headers, RequestBody.NONE, baseUrl));
            found = dispatcher.match(call);
            if (recorded != null
                    && found.filter(own -> own.endpoint().access() == Endpoint.Access.ADMIN)
                            .isEmpty()) {
                play(vertx, baseUrl, request, exchange, headers);
                return;
            }
            if (found.isEmpty()) {
                exchange.begin("unknown", true);
                request.handler(chunk -> {}).endHandler(end -> strikeUnmatched(vertx, exchange, call));
                return;
            }
        } catch (ApiException e) {
            exchange.begin("unknown", true);
            drained(request, exchange, ApiErrors.of(e));
            return;
        }
        Dispatcher.Matched matched = found.get();
        boolean logged = matched.endpoint().access() != Endpoint.Access.ADMIN;
        exchange.begin(matched.endpoint().resource(), logged);
        Optional<Fault> early = logged
                ? faults.strikeHead(
                        matched.endpoint().method(),
                        matched.endpoint().resource(),
                        matched.call().path())
                : Optional.empty();
        if (early.isEmpty()) {
            readAndWork(vertx, exchange, matched, request, headers);
        } else if (early.get() instanceof Fault.Stall stall) {
            stallRequest(vertx, request, stall, () -> readAndWork(vertx, exchange, matched, request, headers));
        } else {
            new FaultHandler(vertx, exchange, sessions)
                    .handle(early.get(), matched.call(), manner -> {}, answer -> exchange.send(answer, Manner.PLAIN));
        }
    }

    private void play(
            Vertx vertx, String baseUrl, HttpServerRequest request, Exchange exchange, Map<String, String> headers) {
        exchange.begin("recorded", true);
        BodyReader.read(request, headers)
                .onSuccess(exchange::body)
                .compose(body -> vertx.executeBlocking(
                        () -> recorded.answer(request.method().name(), request.uri(), body.bytes(), baseUrl), false))
                .onSuccess(
                        answer -> answer.ifPresentOrElse(given -> exchange.send(given, Manner.PLAIN), exchange::drop))
                .onFailure(e -> exchange.send(refusal(e), Manner.PLAIN));
    }

    private static void stallRequest(Vertx vertx, HttpServerRequest request, Fault.Stall stall, Runnable next) {
        request.pause();
        if (stall.time() != null) {
            vertx.setTimer(Math.max(1, stall.time().toMillis()), timer -> {
                next.run();
                request.resume();
            });
        }
    }

    private void readAndWork(
            Vertx vertx,
            Exchange exchange,
            Dispatcher.Matched matched,
            HttpServerRequest request,
            Map<String, String> headers) {
        read(vertx, matched.endpoint(), request, headers)
                .onSuccess(body -> {
                    exchange.body(body);
                    Dispatcher.Matched whole = new Dispatcher.Matched(
                            matched.endpoint(), matched.call().with(body));
                    afterLatency(vertx, whole, () -> strike(vertx, exchange, whole));
                })
                .onFailure(e -> exchange.send(refusal(e), Manner.PLAIN));
    }

    /** A POST may stand for another method (REST API Developer Guide: "Using cURL / _HttpMethod"). */
    private static ApiCall overridden(ApiCall call) {
        return call.method().equals("POST") && call.queryParam("_HttpMethod").isPresent()
                ? call.as(call.queryParam("_HttpMethod").get().toUpperCase(Locale.ROOT))
                : call;
    }

    private static boolean tooLong(HttpServerRequest request, Exchange exchange) {
        int uri = request.uri().length();
        int size = uri;
        for (Map.Entry<String, String> header : request.headers()) {
            size += header.getKey().length() + header.getValue().length() + 4;
        }
        if (size <= LONGEST_URI) {
            return false;
        }
        exchange.begin("unknown", true);
        drained(
                request,
                exchange,
                uri > LONGEST_URI
                        ? ApiErrors.badMessage(414, "URI Too Long")
                        : ApiErrors.badMessage(431, "Request Header Fields Too Large"));
        return true;
    }

    /** Answers when the request's body has come and gone, lest the connection break under the client. */
    private static void drained(HttpServerRequest request, Exchange exchange, Answer answer) {
        request.handler(chunk -> {}).endHandler(end -> exchange.send(answer, Manner.PLAIN));
    }

    private Future<RequestBody> read(
            Vertx vertx, Endpoint endpoint, HttpServerRequest request, Map<String, String> headers) {
        if (endpoint.toDisk()) {
            return BodySpool.read(vertx, request, headers, folder);
        }
        return MultipartReader.isMultipart(headers)
                ? MultipartReader.read(request, folder, runtime.fileLimit())
                : BodyReader.read(request, headers);
    }

    private static Answer refusal(Throwable cause) {
        LOG.debug("A request could not be read", cause);
        if (cause instanceof HttpPostRequestDecoder.TooLongFormFieldException) {
            return ApiErrors.badMessage(413, "Request Entity Too Large");
        }
        return cause instanceof ApiException refused
                ? ApiErrors.of(refused)
                : cause instanceof BodyReader.TooLargeException
                        ? ApiErrors.badMessage(413, "Request Entity Too Large")
                        : ApiErrors.badMessage(400, "Bad Request");
    }

    private void afterLatency(Vertx vertx, Dispatcher.Matched matched, Runnable next) {
        long millis = runtime.latency().toMillis();
        if (millis > 0 && matched.endpoint().access() == Endpoint.Access.SESSION) {
            vertx.setTimer(millis, timer -> next.run());
        } else {
            next.run();
        }
    }

    private void strike(Vertx vertx, Exchange exchange, Dispatcher.Matched matched) {
        Endpoint endpoint = matched.endpoint();
        Optional<Fault> fault = endpoint.access() == Endpoint.Access.ADMIN
                ? Optional.empty()
                : faults.strike(
                        endpoint.method(), endpoint.resource(), matched.call().path());
        if (fault.isEmpty()) {
            work(vertx, exchange, matched, Manner.PLAIN);
            return;
        }
        FaultHandler handler = new FaultHandler(vertx, exchange, sessions);
        if (!fault.get().worksOn()) {
            folder.remove(matched.call().body());
        }
        handler.handle(
                fault.get(),
                matched.call(),
                manner -> work(vertx, exchange, matched, manner),
                answer -> exchange.send(withUsage(matched.call(), answer), Manner.PLAIN));
    }

    /** Faults strike paths that the emulator does not have, too: tests answer for an org's own Apex REST by them. */
    private void strikeUnmatched(Vertx vertx, Exchange exchange, ApiCall call) {
        Answer unmatched = withUsage(call, dispatcher.unmatched(call));
        faults.strike(call.method(), "unknown", call.path())
                .ifPresentOrElse(
                        fault -> new FaultHandler(vertx, exchange, sessions)
                                .handle(
                                        fault,
                                        call,
                                        manner -> exchange.send(altered(unmatched, manner), manner),
                                        answer -> exchange.send(withUsage(call, answer), Manner.PLAIN)),
                        () -> exchange.send(unmatched, Manner.PLAIN));
    }

    private void work(Vertx vertx, Exchange exchange, Dispatcher.Matched matched, Manner manner) {
        if (!matched.endpoint().slow() && !manner.needsContent()) {
            exchange.send(answer(matched), manner);
            return;
        }
        vertx.executeBlocking(() -> altered(answer(matched), manner), false)
                .onSuccess(answer -> exchange.send(answer, manner))
                .onFailure(e -> exchange.send(broken(e), Manner.PLAIN));
    }

    private static Answer altered(Answer answer, Manner manner) {
        return manner.needsContent() ? manner.change().apply(AlteredAnswer.inMemory(answer)) : answer;
    }

    private static Answer broken(Throwable cause) {
        LOG.error("A request failed because of an error in the emulator", cause);
        return ApiErrors.of(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred in the emulator: " + cause, null);
    }

    private Answer answer(Dispatcher.Matched matched) {
        Answer answer = dispatcher.answer(matched);
        if (answer.status() >= 400) {
            folder.remove(matched.call().body());
        }
        return withUsage(matched.call(), answer);
    }

    /** Every answer of the data API tells how much of the day's calls is used, unless it came for no one. */
    private Answer withUsage(ApiCall call, Answer answer) {
        return call.path().startsWith("/services/data/v") && answer.status() != 401
                ? answer.with("Sforce-Limit-Info", "api-usage=" + usage.used() + "/" + usage.limit())
                : answer;
    }
}
