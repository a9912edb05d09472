package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.transport.VertxTransport.EventLoop;

class EventLoopTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Throwable failure(EventLoop loop, Supplier<Future<Object>> call) throws Exception {
        return await(loop.call(call).transform(done -> Future.succeededFuture(done.cause())));
    }

    private static Future<Thread> here() {
        return Future.succeededFuture(Thread.currentThread());
    }

    @Test
    void callsOfAllThreadsBeginOnOneEventLoop() throws Exception {
        var loop = new EventLoop(vertx);
        Set<Thread> threads = new HashSet<>();
        threads.add(await(loop.call(EventLoopTest::here)));
        threads.add(await(vertx.executeBlocking(() -> await(loop.call(EventLoopTest::here)))));
        threads.add(await(loop.call(() -> loop.call(EventLoopTest::here))));
        assertThat(threads).singleElement().asString().contains("eventloop");
    }

    @Test
    void aLoopMadeOnAWorkerThreadIsAnEventLoop() throws Exception {
        EventLoop loop = await(vertx.executeBlocking(() -> new EventLoop(vertx)));
        assertThat(await(loop.call(() -> Future.succeededFuture(Context.isOnEventLoopThread()))))
                .isTrue();
    }

    @Test
    void connectionsTakeLoopsInTurn() throws Exception {
        assertThat(await(new EventLoop(vertx).call(EventLoopTest::here)))
                .isNotSameAs(await(new EventLoop(vertx).call(EventLoopTest::here)));
    }

    @Test
    void aCallThatThrowsFails() throws Exception {
        var thrown = new IllegalStateException("no URL");
        assertThat(failure(new EventLoop(vertx), () -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void aCallAfterTheEndOfVertxFailsAsOneThatWasNotSent() throws Exception {
        Vertx ended = Vertx.vertx();
        var wire = new VertxTransport(ended, new WebClientOptions(), new WireBounds(Duration.ofSeconds(10), 1_000, 1));
        await(ended.close());
        Throwable failure = await(
                wire.send(Request.get("http://127.0.0.1:1/")).transform(done -> Future.succeededFuture(done.cause())));
        assertThat(failure).isInstanceOfSatisfying(TransportException.class, known -> assertThat(known.sent())
                .isFalse());
    }
}
