package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxDelaysTest {

    private final Vertx vertx = Vertx.vertx();
    private final VertxDelays delays = new VertxDelays(vertx);

    @AfterEach
    void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void closingEndsEveryWaitAndLeavesNoTimer() {
        List<Future<Void>> waits = IntStream.range(0, 100)
                .mapToObj(i -> delays.after(Duration.ofHours(1)))
                .toList();
        assertThat(delays.pending()).isEqualTo(100);
        delays.close();
        assertThat(waits).allMatch(Future::failed);
        assertThat(delays.pending()).isZero();
    }

    @Test
    void aWaitThatIsAskedForAfterTheEndFailsAtOnce() {
        delays.close();
        assertThat(delays.after(Duration.ofHours(1)).failed()).isTrue();
        assertThat(delays.pending()).isZero();
    }

    @Test
    void aWaitThatIsOverIsNotKept() throws Exception {
        delays.after(Duration.ofMillis(1))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(delays.pending()).isZero();
    }
}
