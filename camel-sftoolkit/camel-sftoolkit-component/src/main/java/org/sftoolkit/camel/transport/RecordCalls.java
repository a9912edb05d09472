package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/**
 * Hands each call and its answer to a {@link CallRecording}. It stands next to the wire, above the compression of requests: so it
 * sees each attempt, and what was sent in clear. Bodies pass as they would without it. Stateless.
 */
public final class RecordCalls implements Filter {

    private final CallRecording recording;

    public RecordCalls(CallRecording recording) {
        this.recording = recording;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        CallRecording.Call call = recording.begin(request);
        if (call == null) {
            return next.send(request);
        }
        Request watched = request;
        if (request.body() instanceof Body.Bytes bytes) {
            watched = request.carrying(new Body.Bytes(bytes.contentType(), () -> {
                Buffer content = bytes.content().get();
                call.sent().clear();
                call.sent().add(content);
                return content;
            }));
        } else if (request.body() instanceof Body.Stream stream) {
            watched = request.carrying(stream.watched(call.sent()::add));
        }
        if (request.sink() != null) {
            watched = watched.into(new WatchedSink(request.sink(), call));
        }
        return next.send(watched).onComplete(done -> recording.end(call, done));
    }

    /** A sink that copies what arrives. */
    private record WatchedSink(Sink sink, CallRecording.Call call) implements Sink {

        @Override
        public WriteStream<Buffer> open(int status, MultiMap headers) {
            call.received().clear();
            return new CountedStream(sink.open(status, headers), length -> null, () -> {}) {
                @Override
                public Future<Void> write(Buffer data) {
                    call.received().add(data);
                    return super.write(data);
                }
            };
        }

        @Override
        public boolean accepts(int status, MultiMap headers) {
            return sink.accepts(status, headers);
        }

        @Override
        public boolean reopens() {
            return sink.reopens();
        }

        @Override
        public boolean paced() {
            return sink.paced();
        }

        @Override
        public boolean bounded() {
            return sink.bounded();
        }
    }
}
