package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyInputTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<Long> arrived = new ArrayList<>();
    private final BodyInput input = new BodyInput(10, arrived::add);
    private final AtomicReference<Request> asked = new AtomicReference<>();
    private final Promise<Response> answer = Promise.promise();
    private WriteStream<Buffer> body;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Sends the request and begins its answer on an event loop. */
    private void begin() throws Exception {
        input.from(
                request -> {
                    asked.set(request);
                    return answer.future();
                },
                Request.get("/results"));
        body = onLoop(() -> input.open(200, MultiMap.caseInsensitiveMultiMap().add("ETag", "x")));
    }

    private <T> T onLoop(java.util.concurrent.Callable<T> call) throws Exception {
        var done = new CompletableFuture<T>();
        vertx.runOnContext(now -> {
            try {
                done.complete(call.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(60, TimeUnit.SECONDS);
    }

    private void end() {
        answer.complete(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()));
    }

    @Test
    void bytesAreReadInTheOrderInWhichTheyCome() throws Exception {
        begin();
        assertThat(asked.get().sink()).isSameAs(input);
        body.write(Buffer.buffer("abc"));
        body.write(Buffer.buffer());
        body.write(Buffer.buffer(new byte[] {(byte) 0xFF, 'd'}));
        body.end();
        end();
        assertThat(input.available()).isEqualTo(5);
        byte[] some = new byte[6];
        assertThat(input.read(some, 1, 0)).isZero();
        assertThat(input.read(some, 1, 2)).isEqualTo(2);
        assertThat(some).containsExactly(0, 'a', 'b', 0, 0, 0);
        assertThat(input.read(some, 0, 6)).as("what is there of one part").isEqualTo(1);
        assertThat(input.available()).isEqualTo(2);
        assertThat(input.read()).isEqualTo(0xFF);
        assertThat(input.read()).isEqualTo('d');
        assertThat(input.read()).isEqualTo(-1);
        assertThat(input.available()).isZero();
        assertThat(arrived).containsExactly(3L, 0L, 2L);
    }

    @Test
    void headersAreThereAsSoonAsTheAnswerBegins() throws Exception {
        begin();
        assertThat(input.headers().get("ETag")).isEqualTo("x");
        assertThat(input.paced()).isTrue();
        end();
        assertThat(input.headers().get("ETag")).as("at its end too").isEqualTo("x");
    }

    @Test
    void anAnswerWithoutABodyHasItsHeadersToo() throws Exception {
        BodyInput sent = input.from(
                request -> Future.succeededFuture(
                        new Response(204, MultiMap.caseInsensitiveMultiMap().add("ETag", "y"), Buffer.buffer())),
                Request.get("/results"));
        assertThat(sent).isSameAs(input);
        assertThat(input.headers().get("ETag")).isEqualTo("y");
        assertThat(input.read()).isEqualTo(-1);
    }

    private interface Reading {
        void read(List<String> got) throws IOException;
    }

    /** A thread that reads. */
    private static final class Reader extends Thread {

        private final List<String> got = new CopyOnWriteArrayList<>();
        private final Reading reading;

        Reader(Reading reading) {
            this.reading = reading;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            try {
                reading.read(got);
            } catch (IOException e) {
                got.add(e.getMessage());
            }
        }

        /** Waits until it has got this, and waits for more. */
        void awaitWaiting(String... before) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(got).containsExactly(before);
                assertThat(getState()).isEqualTo(State.WAITING);
            });
        }

        void assertEnds(String... all) throws InterruptedException {
            join(60_000);
            assertThat(isAlive()).as("it waits for ever").isFalse();
            assertThat(got).containsExactly(all);
        }
    }

    @Test
    void aReaderThatWaitsIsWokenByAllThatComes() throws Exception {
        input.from(request -> answer.future(), Request.get("/results"));
        var reader = new Reader(got -> {
            got.add(input.headers().get("ETag"));
            for (int b = input.read(); b >= 0; b = input.read()) {
                got.add(String.valueOf((char) b));
            }
            got.add("end");
        });
        reader.awaitWaiting();
        body = onLoop(() -> input.open(200, MultiMap.caseInsensitiveMultiMap().add("ETag", "x")));
        reader.awaitWaiting("x");
        body.write(Buffer.buffer("ab"));
        reader.awaitWaiting("x", "a", "b");
        end();
        reader.assertEnds("x", "a", "b", "end");
    }

    @Test
    void aReaderThatWaitsForHeadersHearsOfAFailure() throws Exception {
        input.from(request -> answer.future(), Request.get("/results"));
        var reader = new Reader(got -> got.add(input.headers().get("ETag")));
        reader.awaitWaiting();
        answer.fail(new IllegalStateException("no connection"));
        reader.assertEnds("no connection");
    }

    @Test
    void aFailureBeforeTheAnswerIsToldAsItIs() {
        var cause = new IllegalStateException("no connection");
        input.from(request -> Future.failedFuture(cause), Request.get("/results"));
        assertThatThrownBy(input::headers)
                .isInstanceOf(IOException.class)
                .hasMessage("no connection")
                .hasCause(cause);
        assertThatThrownBy(input::read).hasMessage("no connection");
    }

    @Test
    void anAnswerThatBreaksGivesWhatCameAndThenItsFailure() throws Exception {
        begin();
        body.write(Buffer.buffer("a"));
        answer.fail(new IllegalStateException("cut"));
        assertThat(input.read()).isEqualTo('a');
        assertThatThrownBy(input::read).isInstanceOf(IOException.class).hasMessage("the answer broke off: cut");
        var own = new IOException("own");
        input.ended(Future.failedFuture(own));
        assertThatThrownBy(input::read).as("the first one stays").hasMessage("the answer broke off: cut");
        var known = new BodyInput(10);
        known.ended(Future.failedFuture(own));
        assertThatThrownBy(known::read).isSameAs(own);
    }

    @Test
    void theNetworkIsPausedAboveTheBoundAndGoesOnBelowHalfOfIt() throws Exception {
        begin();
        var drained = new AtomicInteger();
        var resumed = new CompletableFuture<Void>();
        body.write(Buffer.buffer("0123456789"));
        assertThat(body.writeQueueFull()).as("at its bound").isFalse();
        body.write(Buffer.buffer("x"));
        assertThat(body.writeQueueFull()).isTrue();
        body.drainHandler(more -> {
            drained.incrementAndGet();
            resumed.complete(null);
        });
        byte[] some = new byte[10];
        input.read(some, 0, 5);
        onLoop(() -> null);
        assertThat(drained).hasValue(0);
        input.read(some, 0, 1);
        resumed.get(60, TimeUnit.SECONDS);
        input.read(some, 0, 1);
        onLoop(() -> null);
        assertThat(drained).as("told once").hasValue(1);
    }

    @Test
    void aReaderThatIsFasterThanTheHandlerLosesNoSignal() throws Exception {
        begin();
        var resumed = new CompletableFuture<Void>();
        body.write(Buffer.buffer("01234"));
        body.drainHandler(more -> resumed.complete(null));
        resumed.get(60, TimeUnit.SECONDS);

        var none = new CompletableFuture<Void>();
        body.write(Buffer.buffer("5"));
        body.drainHandler(more -> none.complete(null));
        onLoop(() -> null);
        assertThat(none).isNotDone();
        body.drainHandler(null);
        input.read(new byte[10], 0, 10);
        onLoop(() -> null);
        assertThat(none).as("it was taken back").isNotDone();
    }

    @Test
    void closingDiscardsTheRestAndEndsTheCall() throws Exception {
        begin();
        var resumed = new CompletableFuture<Void>();
        body.write(Buffer.buffer("01234567890"));
        body.drainHandler(more -> resumed.complete(null));
        input.close();
        resumed.get(60, TimeUnit.SECONDS);
        assertThat(input.available()).isZero();
        assertThat(body.writeQueueFull()).isFalse();
        var goesOn = new CompletableFuture<Void>();
        body.drainHandler(more -> goesOn.complete(null));
        goesOn.get(60, TimeUnit.SECONDS);
        assertThat(body.write(Buffer.buffer("x")).cause()).hasMessageContaining("nobody reads");
        assertThatThrownBy(input::read).isInstanceOf(IOException.class).hasMessage("the answer was closed");
    }

    @Test
    void aReaderThatWaitsIsFreedByTheClose() throws Exception {
        begin();
        var reader = new Reader(got -> got.add("read " + input.read()));
        reader.awaitWaiting();
        input.close();
        reader.assertEnds("the answer was closed");
    }

    @Test
    void waitingOnAnEventLoopIsRefused() throws Exception {
        begin();
        assertThatThrownBy(() -> onLoop(input::read))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("continueOn=POOL or WORKER");
        body.write(Buffer.buffer("a"));
        int there = onLoop(input::read);
        assertThat(there).as("what is there need not be waited for").isEqualTo('a');
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        begin();
        Thread.currentThread().interrupt();
        assertThatThrownBy(input::read).isInstanceOf(IOException.class).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aSinkCanTellWhenTheAnswerBegins() {
        List<String> told = new ArrayList<>();
        Sink sink = input.telling((status, headers) -> told.add(status + " " + headers.get("ETag")));
        assertThat(sink.open(200, MultiMap.caseInsensitiveMultiMap().add("ETag", "x")))
                .isNotNull();
        assertThat(told).containsExactly("200 x");
        assertThat(sink.paced()).isTrue();
        assertThat(sink.bounded()).isFalse();
        assertThat(sink.reopens()).isFalse();
    }
}
