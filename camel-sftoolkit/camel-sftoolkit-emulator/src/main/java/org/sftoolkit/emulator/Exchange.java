package org.sftoolkit.emulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.Json;
import org.sftoolkit.emulator.api.RequestBody;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.org.Blob;
import org.sftoolkit.emulator.traffic.LoggedRequest;
import org.sftoolkit.emulator.traffic.RequestLog;

/** One request on its way, until its answer is sent. Used on the event loop of its connection only. */
final class Exchange {

    private static final String JSON = "application/json;charset=UTF-8";

    private final HttpServerRequest request;
    private final Map<String, String> headers;
    private final RequestLog log;
    private final Clock clock;
    private String resource;
    private boolean logged;
    private long ticket;
    private long bodySize;
    private String body;
    private Map<String, String> answerHeaders = Map.of();
    private String answer;
    /** The answer's JSON if the log has needed it already, else null. */
    private byte[] written;

    private final long began = System.nanoTime();

    Exchange(HttpServerRequest request, Map<String, String> headers, RequestLog log, Clock clock) {
        this.request = request;
        this.headers = headers;
        this.log = log;
        this.clock = clock;
        // A client that goes away in the middle of its request or of a delay still leaves a trace.
        request.response().closeHandler(closed -> finished(0, 0));
    }

    void begin(String name, boolean toLog) {
        resource = name;
        logged = toLog;
        if (logged) {
            ticket = log.begin(request.method().name(), name, request.uri());
        }
    }

    void body(RequestBody read) {
        bodySize = read.size();
        int kept = log.keptBody();
        if (kept > 0) {
            String text = new String(read.bytes(), StandardCharsets.UTF_8);
            body = beginning(text, kept);
        }
    }

    /** Keeps what is answered, for the log. */
    private void answered(Answer given) {
        answerHeaders = given.headers();
        int kept = logged ? log.keptBody() : 0;
        if (kept > 0 && given.content() instanceof Answer.Content.JsonValue json) {
            written = Json.write(json.value());
            // No character takes more than four bytes.
            int bytes = (int) Math.min(written.length, 4L * kept);
            answer = beginning(new String(written, 0, bytes, StandardCharsets.UTF_8), kept);
        } else if (kept > 0 && given.content() instanceof Answer.Content.Text text) {
            answer = beginning(text.text(), kept);
        }
    }

    private static String beginning(String text, int characters) {
        return text.substring(0, Math.min(characters, text.length()));
    }

    void drop() {
        finished(0, 0);
        request.connection().close();
    }

    /** The request's path and query. */
    String uri() {
        return request.uri();
    }

    /** The org's time. */
    Instant now() {
        return clock.instant();
    }

    /** The request as it came, with its credentials. */
    String quoted(byte[] body) {
        StringBuilder text = new StringBuilder();
        text.append(request.method()).append(' ').append(request.uri()).append(" HTTP/1.1\r\n");
        request.headers().forEach(header -> text.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        return text.append("\r\n")
                .append(new String(body, StandardCharsets.UTF_8))
                .toString();
    }

    void sendHuge(long bytes, boolean gzip) {
        finished(200, 0);
        if (!request.response().closed()) {
            new HugeAnswer(request.response(), bytes, gzip).send();
        }
    }

    void send(Answer answer, Manner manner) {
        Cut cut = manner.cut();
        HttpServerResponse response = request.response();
        answered(answer);
        if (response.closed() || response.ended()) {
            finished(0, answer.records());
            return;
        }
        boolean bodyless = answer.content() instanceof Answer.Content.None;
        if (cut == Cut.CONNECTION_BEFORE || cut == Cut.CONNECTION_WITHIN && bodyless) {
            finished(0, answer.records());
            request.connection().close();
            return;
        }
        response.setStatusCode(answer.status());
        response.putHeader(HttpHeaders.DATE, AlteredAnswer.date(clock.instant()));
        answer.headers().forEach(response::putHeader);
        // Only answers in memory are sent without some headers, so that the type is known here.
        if (manner.pace() != null || !manner.without().isEmpty()) {
            sendPaced(answer, manner);
        } else if (bodyless) {
            finished(answer.status(), answer.records());
            response.end();
        } else if (answer.content() instanceof Answer.Content.JsonValue json) {
            send(answer, cut, JSON, Buffer.buffer(written == null ? Json.write(json.value()) : written));
        } else if (answer.content() instanceof Answer.Content.Text text) {
            send(answer, cut, text.type(), Buffer.buffer(text.text().getBytes(StandardCharsets.UTF_8)));
        } else if (answer.content() instanceof Answer.Content.File file) {
            send(answer, cut, file);
        } else if (answer.content() instanceof Answer.Content.Slice slice) {
            finished(answer.status(), answer.records());
            new SlicedAnswer(request, slice, cut).send();
        }
    }

    private void sendPaced(Answer answer, Manner manner) {
        HttpServerResponse response = request.response();
        byte[] body = HttpMethod.HEAD.equals(request.method()) ? new byte[0] : AlteredAnswer.bytes(answer);
        if (!(answer.content() instanceof Answer.Content.None)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, AlteredAnswer.type(answer));
            response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
        }
        manner.without().forEach(response.headers()::remove);
        response.setChunked(body.length > 0 && !response.headers().contains(HttpHeaders.CONTENT_LENGTH));
        Fault pace = manner.pace() == null ? new Fault.SlowBody(Integer.MAX_VALUE, Duration.ZERO) : manner.pace();
        new PacedAnswer(request, body, pace, () -> finished(answer.status(), answer.records())).send();
    }

    private void send(Answer answer, Cut cut, Answer.Content.File file) {
        if (file.blob() instanceof Blob.InMemory memory) {
            send(answer, cut, file.type(), Buffer.buffer(memory.bytes()));
            return;
        }
        Blob.OnDisk disk = (Blob.OnDisk) file.blob();
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
        if (HttpMethod.HEAD.equals(request.method())) {
            finished(answer.status(), answer.records());
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(disk.size()));
            response.end();
            return;
        }
        // Compressing would need the whole file to pass through the event loop.
        response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        finished(answer.status(), answer.records());
        long length = cut == Cut.NONE ? disk.size() : disk.size() / 2;
        if (cut == Cut.CONNECTION_WITHIN) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(disk.size()));
        }
        response.sendFile(disk.file().toString(), 0, length).onComplete(sent -> {
            if (cut == Cut.CONNECTION_WITHIN) {
                request.connection().close();
            }
        });
    }

    private void send(Answer answer, Cut cut, String type, Buffer body) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, type);
        finished(answer.status(), answer.records());
        if (HttpMethod.HEAD.equals(request.method())) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
            response.end();
            return;
        }
        Buffer half = body.slice(0, body.length() / 2);
        switch (cut) {
            case CONNECTION_WITHIN -> {
                // Uncompressed, so that the length announced stands and is seen not to be reached.
                response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
                response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
                response.write(half).onComplete(sent -> request.connection().close());
            }
            case BODY -> response.end(half);
            default -> response.end(body);
        }
    }

    private void finished(int status, int records) {
        if (logged) {
            logged = false;
            log.end(
                    ticket,
                    new LoggedRequest(
                            clock.instant(),
                            request.method().name(),
                            resource,
                            request.uri(),
                            status,
                            headers.getOrDefault("user-agent", ""),
                            bodySize,
                            records,
                            headers,
                            body,
                            answerHeaders,
                            answer,
                            Duration.ofNanos(System.nanoTime() - began)));
        }
    }
}
