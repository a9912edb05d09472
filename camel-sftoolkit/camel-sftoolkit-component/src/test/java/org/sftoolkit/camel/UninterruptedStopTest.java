package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class UninterruptedStopTest {

    @Test
    void anInterruptInTheMidstOfAWaitDoesNotEndIt() throws Exception {
        var work = new CompletableFuture<String>();
        var got = new AtomicReference<String>();
        var thread = new Thread(() -> {
            try (var stopping = new UninterruptedStop()) {
                got.set(stopping.await(60, most -> work.get(most, TimeUnit.NANOSECONDS)));
            } catch (Exception e) {
                got.set(e.toString());
            }
            got.set(got.get() + (Thread.currentThread().isInterrupted() ? ", interrupted" : ""));
        });
        thread.start();
        for (int i = 0; i < 3; i++) {
            Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            thread.interrupt();
            Awaitility.await().until(() -> !thread.isInterrupted());
        }
        assertThat(got).hasValue(null);
        work.complete("done");
        thread.join(30_000);
        assertThat(got).hasValue("done, interrupted");
    }

    @Test
    void anInterruptBeforeIsKeptForAfterwards() throws Exception {
        Thread.currentThread().interrupt();
        try (var stopping = new UninterruptedStop()) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(stopping.<String>await(60, most -> CompletableFuture.completedFuture("done")
                            .get()))
                    .isEqualTo("done");
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aWaitEndsWithItsTime() {
        try (var stopping = new UninterruptedStop()) {
            assertThatThrownBy(
                            () -> stopping.await(0, most -> new CompletableFuture<>().get(most, TimeUnit.NANOSECONDS)))
                    .isInstanceOf(TimeoutException.class);
        }
    }
}
