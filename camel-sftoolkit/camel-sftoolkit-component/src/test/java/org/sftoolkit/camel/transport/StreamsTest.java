package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams and sinks that stand around others change nothing of what passes. */
class StreamsTest {

    /** Keeps what is written. */
    static final class Target extends SinkStream {

        final List<String> written = new ArrayList<>();
        private Handler<Void> drain;
        private boolean full;

        @Override
        public Future<Void> write(Buffer data) {
            written.add(data.toString());
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            return ended();
        }

        @Override
        protected Future<Void> ended() {
            written.add("end");
            return Future.succeededFuture();
        }

        @Override
        public boolean writeQueueFull() {
            return full;
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            drain = handler;
            return this;
        }
    }

    /** Gives its parts as soon as somebody listens, and notes what it is asked for. */
    static final class Source implements ReadStream<Buffer> {

        private final List<String> parts;
        private final List<String> asked = new ArrayList<>();

        Source(String... parts) {
            this.parts = List.of(parts);
        }

        @Override
        public ReadStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            asked.add("exceptionHandler");
            return this;
        }

        @Override
        public ReadStream<Buffer> handler(Handler<Buffer> handler) {
            asked.add("handler");
            if (handler != null) {
                parts.forEach(part -> handler.handle(Buffer.buffer(part)));
            }
            return this;
        }

        @Override
        public ReadStream<Buffer> pause() {
            asked.add("pause");
            return this;
        }

        @Override
        public ReadStream<Buffer> resume() {
            asked.add("resume");
            return this;
        }

        @Override
        public ReadStream<Buffer> fetch(long amount) {
            asked.add("fetch " + amount);
            return this;
        }

        @Override
        public ReadStream<Buffer> endHandler(Handler<Void> handler) {
            asked.add("endHandler");
            return this;
        }
    }

    @Test
    void aWatchedBodyIsShownBeforeItIsSent() {
        List<String> heard = new ArrayList<>();
        var source = new Source("a", "b");
        var body = new Body.Stream("text/csv", () -> source, 2, false);
        Body.Stream watched = body.watched(part -> heard.add("watcher " + part));
        assertThat(watched.contentType()).isEqualTo("text/csv");
        assertThat(watched.length()).isEqualTo(2);
        assertThat(watched.repeatable()).isTrue();
        watched.open()
                .exceptionHandler(failure -> {})
                .pause()
                .fetch(3)
                .resume()
                .endHandler(end -> {})
                .handler(part -> heard.add("reader " + part))
                .handler(null)
                .pause();
        assertThat(heard).containsExactly("watcher a", "reader a", "watcher b", "reader b");
        assertThat(source.asked)
                .containsExactly(
                        "exceptionHandler", "pause", "fetch 3", "resume", "endHandler", "handler", "handler", "pause");
        assertThat(watched.repeatable()).isFalse();
        assertThat(body.repeatable()).isFalse();
    }

    @Test
    void aCountedStreamWritesWhatIsNotRefused() {
        var target = new Target();
        var refusal = new IllegalStateException("too long");
        var counted = new CountedStream(target, length -> length > 2 ? refusal : null, () -> {});
        assertThat(counted.write(Buffer.buffer("ab")).succeeded()).isTrue();
        assertThat(counted.write(Buffer.buffer("abc")).cause()).isSameAs(refusal);
        counted.write(Buffer.buffer("c"), done -> target.written.add("done " + done.succeeded()));
        counted.end(done -> target.written.add("ended " + done.succeeded()));
        assertThat(target.written).containsExactly("ab", "c", "done true", "end", "ended true");
    }

    @Test
    void aCountedStreamTellsWhenItsWriterWaits() {
        var target = new Target();
        List<String> heard = new ArrayList<>();
        var counted = new CountedStream(target, length -> null, () -> heard.add("drained"));
        assertThat(counted.held()).isFalse();
        assertThat(counted.writeQueueFull()).isFalse();
        target.full = true;
        assertThat(counted.writeQueueFull()).isTrue();
        WriteStream<Buffer> chained =
                counted.exceptionHandler(failure -> {}).setWriteQueueMaxSize(1).drainHandler(more -> heard.add("more"));
        assertThat(chained).isSameAs(counted);
        assertThat(counted.held()).isTrue();
        target.drain.handle(null);
        assertThat(heard).containsExactly("drained", "more");
        assertThat(counted.held()).isFalse();
        counted.drainHandler(null);
        assertThat(target.drain).isNull();
        assertThat(counted.held()).isFalse();
    }

    @Test
    void aSinksStreamIsNeverFullByItself() {
        var stream = new SinkStream() {
            @Override
            protected Future<Void> ended() {
                return Future.succeededFuture();
            }

            @Override
            public Future<Void> write(Buffer data) {
                return Future.succeededFuture();
            }
        };
        assertThat(stream.writeQueueFull()).isFalse();
        assertThat(stream.exceptionHandler(failure -> {})
                        .setWriteQueueMaxSize(1)
                        .drainHandler(more -> {}))
                .isSameAs(stream);
        stream.end((Handler<AsyncResult<Void>>) null);
        List<Boolean> ends = new ArrayList<>();
        stream.end(end -> ends.add(end.succeeded()));
        assertThat(ends).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSinkAroundAnotherSaysWhatTheOtherSays(boolean says) {
        var target = new Target();
        Sink inner = new Sink() {
            @Override
            public WriteStream<Buffer> open(int status, MultiMap headers) {
                return target;
            }

            @Override
            public boolean accepts(int status, MultiMap headers) {
                return says;
            }

            @Override
            public boolean reopens() {
                return says;
            }

            @Override
            public boolean paced() {
                return says;
            }

            @Override
            public boolean bounded() {
                return says;
            }
        };
        List<Sink> around = new ArrayList<>(List.of(new ObservedSink(inner, headers -> {})));
        Transport wire = request -> {
            around.add(request.sink());
            return Promise.<Response>promise().future();
        };
        wire.behind(new RecordCalls(new CallRecording(Path.of("not made"), null)))
                .send(Request.get("/a").into(inner));
        assertThat(around).hasSize(2);
        for (Sink sink : around) {
            assertThat(sink.accepts(200, null)).isEqualTo(says);
            assertThat(sink.reopens()).isEqualTo(says);
            assertThat(sink.paced()).isEqualTo(says);
            assertThat(sink.bounded()).isEqualTo(says);
            sink.open(200, null).write(Buffer.buffer("a"));
        }
        assertThat(target.written).containsExactly("a", "a");
    }

    @Test
    void aPlainSinkTakesEveryAnswerAndKeepsItInMemory() {
        Sink plain = (status, headers) -> null;
        assertThat(plain.accepts(200, null)).isTrue();
        assertThat(plain.reopens()).isFalse();
        assertThat(plain.paced()).isFalse();
        assertThat(plain.bounded()).isTrue();
    }
}
