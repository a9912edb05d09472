package org.sftoolkit.camel.transport;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes calls and their answers to a folder, a file a call, without secrets ({@link RecordedText}). Files are written by Vert.x's
 * workers. A recording never fails a call: what it cannot write it leaves out, and says so in its manifest. Thread-safe.
 */
public final class CallRecording {

    private static final Logger LOG = LoggerFactory.getLogger(CallRecording.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

    /** The version of the files' form. */
    private static final int FORMAT = 1;
    /** Bytes that are kept of a body. */
    static final int MOST_BYTES = 1 << 20;
    /** Calls of a recording; a connection that somebody forgot does not fill the disk. */
    static final int MOST_CALLS = 10_000;
    /** Calls that wait to be written; more are left out, so that they do not fill the memory. */
    private static final int MOST_WAITING = 64;

    private static final int MOST_FOLDERS = 1_000;

    private final Path parent;
    private final Vertx vertx;
    private final Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger omitted = new AtomicInteger();
    private final AtomicBoolean warned = new AtomicBoolean();
    private final RecordedText texts = new RecordedText();
    private final Set<Future<?>> underWay = ConcurrentHashMap.newKeySet();
    private @Nullable Future<Path> folder;

    /**
     * @param parent gets a folder of this recording, with its first call
     * @param vertx  whose workers write the files
     */
    public CallRecording(Path parent, Vertx vertx) {
        this.parent = parent;
        this.vertx = vertx;
    }

    /** A body as it passes, up to its bound. Used by one thread at a time. */
    static final class Copy {

        private Buffer bytes = Buffer.buffer();
        private long length;

        void clear() {
            bytes = Buffer.buffer();
            length = 0;
        }

        void add(Buffer part) {
            length += part.length();
            int room = MOST_BYTES - bytes.length();
            if (room > 0) {
                bytes.appendBytes(part.getBytes(0, Math.min(room, part.length())));
            }
        }

        byte[] bytes() {
            return bytes.getBytes();
        }

        long length() {
            return length;
        }
    }

    /** One call on its way. */
    record Call(int number, Instant at, Request request, Copy sent, Copy received) {}

    /** A call that begins; null if the recording is full. */
    @Nullable
    Call begin(Request request) {
        int number = calls.incrementAndGet();
        if (number > MOST_CALLS) {
            omitted.incrementAndGet();
            warn("it has " + MOST_CALLS + " calls; the others are left out");
            return null;
        }
        return new Call(number, Instant.now(), request, new Copy(), new Copy());
    }

    /** A call that has ended. */
    void end(Call call, AsyncResult<Response> done) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            omitted.incrementAndGet();
            return;
        }
        long millis = ChronoUnit.MILLIS.between(call.at(), Instant.now());
        Future<Path> file = folder().compose(into -> vertx.executeBlocking(
                        () -> Files.write(
                                into.resolve(String.format("%06d.json", call.number())),
                                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(call, millis, done))),
                        false))
                .onSuccess(made -> written.incrementAndGet())
                .onFailure(failure -> {
                    omitted.incrementAndGet();
                    warn("a call cannot be written: " + failure);
                })
                .onComplete(ended -> waiting.decrementAndGet());
        underWay.add(file);
        file.onComplete(ended -> underWay.remove(file));
    }

    private Map<String, Object> json(Call call, long millis, AsyncResult<Response> done) {
        Request request = call.request();
        texts.learnOrigin(request.path());
        var json = new LinkedHashMap<String, Object>();
        json.put("number", call.number());
        json.put("at", call.at().toString());
        json.put("millis", millis);
        var asked = new LinkedHashMap<String, Object>();
        asked.put("method", request.method().name());
        asked.put("path", texts.path(request.path()));
        var headers = MultiMap.caseInsensitiveMultiMap();
        headers.addAll(request.headers());
        if (request.body().contentType() != null) {
            headers.set("Content-Type", request.body().contentType());
        }
        asked.put("headers", texts.headers(headers));
        boolean login = RecordedText.isLogin(request.resource());
        asked.putAll(texts.body(call.sent().bytes(), call.sent().length(), headers.get("Content-Type"), login));
        json.put("request", asked);
        if (done.failed()) {
            json.put("failure", texts.text(done.cause().toString()));
            return json;
        }
        Response response = done.result();
        boolean streamed = response.body().length == 0;
        byte[] body = streamed ? call.received().bytes() : response.body();
        int kept = Math.min(body.length, MOST_BYTES);
        var answered = new LinkedHashMap<String, Object>();
        answered.put("status", response.status());
        answered.put("headers", texts.headers(response.headers()));
        answered.putAll(texts.body(
                kept == body.length ? body : Arrays.copyOf(body, kept),
                streamed ? call.received().length() : body.length,
                response.header("Content-Type"),
                login));
        json.put("answer", answered);
        return json;
    }

    private synchronized Future<Path> folder() {
        if (folder == null) {
            folder = vertx.executeBlocking(this::create, false);
            folder.onSuccess(made -> LOG.info("Calls to Salesforce are recorded in {}", made));
        }
        return folder;
    }

    private Path create() throws IOException {
        Files.createDirectories(parent);
        for (int i = 1; i <= MOST_FOLDERS; i++) {
            try {
                Path made = Files.createDirectory(parent.resolve(NAME.format(begun) + (i == 1 ? "" : "-" + i)));
                manifest(made, false);
                return made;
            } catch (FileAlreadyExistsException e) {
                // another connection began in the same second
            }
        }
        throw new IOException(parent + " has a folder for each name that a recording can have");
    }

    private void manifest(Path into, boolean ended) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        json.put("format", FORMAT);
        json.put("begun", begun.toString());
        json.put("ended", ended ? Instant.now().toString() : null);
        json.put("calls", ended ? written.get() : null);
        json.put("omitted", ended ? omitted.get() : null);
        json.put("bodyBytes", MOST_BYTES);
        json.put("removed", List.of(RecordedText.REMOVED));
        Files.write(
                into.resolve("manifest.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    /** Writes what waits, and the manifest. */
    public synchronized Future<Void> close() {
        return folder == null
                ? Future.succeededFuture()
                : Future.join(List.copyOf(underWay))
                        .transform(written -> folder)
                        .compose(into -> vertx.<Void>executeBlocking(
                                () -> {
                                    manifest(into, true);
                                    return null;
                                },
                                false))
                        .otherwiseEmpty();
    }

    private void warn(String what) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("The recording of calls in {} is not complete: {}", parent, what);
        }
    }
}
