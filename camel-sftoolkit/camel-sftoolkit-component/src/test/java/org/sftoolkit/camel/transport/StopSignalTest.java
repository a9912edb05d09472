package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.TransportException;

class StopSignalTest {

    private final StopSignal stop = new StopSignal();
    private final Promise<String> answer = Promise.promise();

    @Test
    void aWaitEndsWithItsAnswerOrWithTheSignal() {
        Promise<String> slow = Promise.promise();
        Future<String> first = stop.until(answer.future());
        Future<String> second = stop.until(slow.future());
        answer.complete("a");
        assertThat(first.result()).isEqualTo("a");
        assertThat(second.isComplete()).isFalse();
        stop.give();
        assertThat(second.cause()).isInstanceOf(TransportException.class).hasMessageContaining("was stopped");
        slow.complete("too late");
        assertThat(second.failed()).isTrue();
    }

    @Test
    void aFailureIsToldAsItIs() {
        Future<String> wait = stop.until(answer.future());
        answer.fail(new IllegalStateException("down"));
        assertThat(wait.cause()).hasMessage("down");
    }

    @Test
    void aWaitThatBeginsAfterTheSignalEndsAtOnceUnlessItsAnswerIsThere() {
        stop.give();
        assertThat(stop.until(answer.future()).failed()).isTrue();
        assertThat(stop.until(Future.succeededFuture("there")).result()).isEqualTo("there");
        assertThat(stop.over(time -> Future.succeededFuture())
                        .after(Duration.ofSeconds(1))
                        .failed())
                .isTrue();
    }

    @Test
    void aStopWaitsForWhatHasToBePutInOrder() {
        Promise<String> abort = Promise.promise();
        stop.awaited(abort.future());
        stop.awaited(answer.future());
        answer.complete();
        Future<Void> stopped = stop.give();
        assertThat(stopped.isComplete()).isFalse();
        abort.fail("refused");
        assertThat(stopped.succeeded())
                .as("what it came to its own caller hears")
                .isTrue();
    }
}
