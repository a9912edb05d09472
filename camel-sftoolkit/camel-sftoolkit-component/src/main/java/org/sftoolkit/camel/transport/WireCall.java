package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;

/**
 * One call on the wire, from the wait for a connection to the last byte of the answer; used once, on one event loop.
 * Each of its waits ends. If the call ends early, its connection is closed, which frees a place of {@code
 * maxConnections}.
 */
final class WireCall {

    /** Maximum size kept of an unsuccessful response: more than any error needs. */
    private static final int REFUSAL_BYTES = 1 << 18;

    private final Request request;
    private final WireBounds bounds;
    private final AtomicInteger readers;
    private final @Nullable String userAgent;
    /** These two are set once there is a connection. */
    private @Nullable HttpClientRequest call;

    private @Nullable AnswerClock clock;
    private @Nullable CountedStream upload;
    private @Nullable String timeUp;
    private long received;

    /**
     * @param request whose path is a full URL
     * @param readers counts the client's responses that are read at the pace of a reader
     * @param userAgent unless the request has another; null for no name
     */
    WireCall(Request request, WireBounds bounds, AtomicInteger readers, @Nullable String userAgent) {
        this.request = request;
        this.bounds = bounds;
        this.readers = readers;
        this.userAgent = userAgent;
    }

    /**
     * Makes the call; fails with an exception of the family, or with one of the sink.
     *
     * @param content the body, if it is in memory; else null
     */
    Future<Response> send(Vertx vertx, HttpClient client, RequestOptions options, @Nullable Buffer content) {
        return client.request(options.setConnectTimeout(bounds.timeout().toMillis()))
                .transform(ready -> ready.failed()
                        ? Future.failedFuture(notSent(ready.cause()))
                        : begin(vertx, ready.result(), content));
    }

    private Future<Response> begin(Vertx vertx, HttpClientRequest connected, @Nullable Buffer content) {
        call = connected;
        // the future of the response reports a call that is reset
        connected.exceptionHandler(failure -> {});
        var timed = new AnswerClock(vertx, System::nanoTime, bounds.timeout(), this::expire);
        clock = timed;
        return exchange(connected, content).transform(done -> {
            timed.stop();
            if (done.succeeded()) {
                return Future.succeededFuture(done.result());
            }
            // what failed may have left the answer unread, or the body half sent
            connected.reset();
            Throwable failure = done.cause();
            return Future.failedFuture(
                    timeUp != null || !(failure instanceof SfToolkitException) ? noAnswer(failure) : failure);
        });
    }

    // a body that cannot be opened, a header, or a sink may throw
    private Future<Response> exchange(HttpClientRequest connected, @Nullable Buffer content) {
        try {
            if (userAgent != null) {
                connected.putHeader("User-Agent", userAgent);
            }
            request.headers().forEach(connected::putHeader);
            if (request.body().contentType() != null) {
                connected.putHeader("Content-Type", request.body().contentType());
            }
            if (request.body() instanceof Body.Stream stream) {
                return stream(connected, stream);
            }
            return (content == null ? connected.send() : connected.send(content)).compose(this::receive);
        } catch (Throwable e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Response> stream(HttpClientRequest connected, Body.Stream stream) {
        Future<Void> sent = upload(stream);
        return connected
                .response()
                .compose(this::receive)
                // a success needs the whole body; the rest of an error is not needed
                .compose(answer -> answer.ok() ? rest(sent).map(answer) : Future.succeededFuture(answer))
                .onComplete(done -> {
                    if (!sent.succeeded()) {
                        connected.reset();
                    }
                });
    }

    private Future<Void> rest(Future<Void> sent) {
        CountedStream source = upload;
        if (!sent.isComplete() && source != null) {
            clock().sending(() -> !source.held());
        }
        return sent;
    }

    private Future<Void> upload(Body.Stream stream) {
        if (stream.length() >= 0) {
            call().putHeader("Content-Length", Long.toString(stream.length()));
        } else {
            call().setChunked(true);
        }
        AnswerClock timed = clock();
        var counted = new CountedStream(
                call(),
                bytes -> {
                    timed.restart();
                    return null;
                },
                timed::restart);
        upload = counted;
        // the server has room, so sending waits for the source
        timed.sending(() -> !counted.held());
        return stream.open()
                .pipe()
                .endOnFailure(false)
                .to(counted)
                .onSuccess(all -> timed.sent())
                .onFailure(failure -> call().reset(0, failure));
    }

    private Future<Response> receive(HttpClientResponse answer) {
        int status = answer.statusCode();
        boolean success = status >= 200 && status < 300;
        Sink sink = request.sink();
        if (sink == null
                || !success
                || !request.accepts(answer.getHeader("Content-Type"))
                || !sink.accepts(status, answer.headers())) {
            return whole(answer, success);
        }
        WriteStream<Buffer> target = sink.open(status, answer.headers());
        Future<Void> taken;
        if (sink.paced()) {
            readers.incrementAndGet();
            taken = pipe(answer, target, Long.MAX_VALUE).onComplete(done -> readers.decrementAndGet());
        } else {
            taken = pipe(answer, target, sink.bounded() ? bounds.maxAnswerBytes() : Long.MAX_VALUE);
        }
        return taken.map(done -> new Response(status, answer.headers(), new byte[0], false));
    }

    /** The whole answer; of a refusal its beginning is enough. */
    private Future<Response> whole(HttpClientResponse answer, boolean success) {
        AnswerClock timed = clock();
        timed.begun(() -> false);
        long most = success ? bounds.maxAnswerBytes() : REFUSAL_BYTES;
        var body = new Parts();
        Promise<Response> all = Promise.promise();
        answer.exceptionHandler(all::tryFail)
                .handler(part -> {
                    received += part.length();
                    timed.arrived(part.length());
                    if (received <= most) {
                        body.add(part);
                    } else if (success) {
                        all.tryFail(tooLarge(answer.statusCode()));
                    } else if (all.tryComplete(body.of(answer))) {
                        call().reset();
                    }
                })
                .endHandler(end -> {
                    if (!all.future().isComplete()) {
                        all.complete(body.of(answer));
                    }
                });
        return all.future();
    }

    private Future<Void> pipe(HttpClientResponse answer, WriteStream<Buffer> target, long most) {
        AnswerClock timed = clock();
        var counted = new CountedStream(
                target,
                bytes -> {
                    received += bytes;
                    timed.arrived(bytes);
                    return received <= most ? null : tooLarge(answer.statusCode());
                },
                timed::restart);
        timed.begun(counted::held);
        return answer.pipe().endOnFailure(false).to(counted);
    }

    private void expire(String waitedFor) {
        timeUp = waitedFor;
        call().reset(0, new TimeoutException(waitedFor));
    }

    private HttpClientRequest call() {
        return Objects.requireNonNull(call, "there is no connection yet");
    }

    private AnswerClock clock() {
        return Objects.requireNonNull(clock, "there is no connection yet");
    }

    private UnreadableResponseException tooLarge(int status) {
        return new UnreadableResponseException(
                "the response is larger than maxAnswerBytes=" + bounds.maxAnswerBytes()
                        + ": request less at a time (fields, batchSize), read it as a stream, or increase"
                        + " maxAnswerBytes",
                request.repeatable(),
                new Answer(status, List.of(), request.line()),
                null);
    }

    private TransportException notSent(Throwable failure) {
        boolean noneFree = failure instanceof TimeoutException;
        String what = !noneFree
                ? "no answer: " + message(failure)
                : readers.get() < bounds.maxConnections()
                        ? "no connection within requestTimeout="
                                + bounds.timeout().toMillis() + " ms: " + message(failure)
                        : "no connection was free within requestTimeout="
                                + bounds.timeout().toMillis() + " ms: "
                                + readers.get()
                                + " open streams use all of them: read or close these streams, or increase"
                                + " maxConnections="
                                + bounds.maxConnections();
        return new TransportException(what, request.line(), false, request.repeatable(), failure);
    }

    private TransportException noAnswer(Throwable failure) {
        return new TransportException(
                timeUp != null ? timeUp : "no answer: " + message(failure),
                request.line(),
                true,
                request.repeatable(),
                failure);
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** Collects a body and joins its parts at the end. This makes one copy; a growing buffer makes several large ones. */
    private static final class Parts {

        private final List<Buffer> parts = new ArrayList<>(1);
        private int length;

        void add(Buffer part) {
            parts.add(part);
            length += part.length();
        }

        /** The answer with what came so far, only once; the parts are released. */
        Response of(HttpClientResponse answer) {
            byte[] bytes = new byte[length];
            int at = 0;
            for (Buffer part : parts) {
                part.getBytes(bytes, at);
                at += part.length();
            }
            parts.clear();
            length = 0;
            return new Response(answer.statusCode(), answer.headers(), bytes, false);
        }
    }
}
