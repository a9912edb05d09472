package org.sftoolkit.camel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.TestCalls;
import org.sftoolkit.camel.model.Upload;
import org.sftoolkit.camel.operation.Worker;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

class RawOperationTest {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicBoolean openedElsewhere = new AtomicBoolean();

    private final Worker worker = new Worker() {
        @Override
        public <T> Future<T> run(Callable<T> work) {
            working.set(true);
            try {
                return Future.succeededFuture(work.call());
            } catch (Exception e) {
                return Future.failedFuture(e);
            } finally {
                working.set(false);
            }
        }
    };

    private InputStream opened() {
        open.incrementAndGet();
        openedElsewhere.set(!working.get());
        return new ByteArrayInputStream("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            @Override
            public void close() throws IOException {
                open.decrementAndGet();
                super.close();
            }
        };
    }

    private Future<Response> take(Request request) {
        Promise<Response> answer = Promise.promise();
        ((Body.Stream) request.body())
                .open()
                .exceptionHandler(answer::tryFail)
                .endHandler(end ->
                        answer.tryComplete(new Response(204, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer())))
                .handler(data -> {});
        return answer.future();
    }

    @Test
    void whatIsOpenedToBeSentIsOpenedOnAWorkerAndClosed() {
        var options = TestCalls.options(null, set -> {
            set.setMethod("POST");
            set.setPath("/services/apexrest/Order");
        });
        var call = TestCalls.context(this::take, options, worker);
        var content = new Upload.Content(2, true, this::opened);
        assertThat(new RawOperation()
                        .run(new RawInput(content, "application/json"), call)
                        .succeeded())
                .isTrue();
        assertThat(openedElsewhere).as("opening may block").isFalse();
        assertThat(open).hasValue(0);
    }
}
