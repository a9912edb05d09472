package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.ServerException;

class AdaptiveLimitTest {

    private final AtomicLong clock = new AtomicLong();
    private final AdaptiveLimit limit = new AdaptiveLimit(clock::get);

    /** As many requests as are allowed go out together; each takes as long as the server takes for so many. */
    private void rounds(int rounds, IntFunction<Duration> latency) {
        for (int i = 0; i < rounds; i++) {
            int requests = limit.now();
            List<Long> begun = begin(requests);
            clock.addAndGet(latency.apply(requests).toNanos());
            begun.forEach(at -> limit.end(at, null));
        }
    }

    private List<Long> begin(int requests) {
        var begun = new ArrayList<Long>();
        for (int i = 0; i < requests; i++) {
            begun.add(limit.begin());
        }
        return begun;
    }

    private static ServerException status(int status) {
        return new ServerException("busy", true, null, new Answer(status, null, "POST /"));
    }

    @Test
    void startsLowAndGrowsToItsMostWhileLatencyHolds() {
        assertThat(limit.now()).isEqualTo(2);
        rounds(5, n -> Duration.ofMillis(50));
        assertThat(limit.now()).isEqualTo(7);
        rounds(20, n -> Duration.ofMillis(50));
        assertThat(limit.now()).isEqualTo(limit.most()).isEqualTo(20);
    }

    @Test
    void stopsGrowingWhenMoreRequestsOnlyBecomeSlower() {
        // a server with six workers: from then on requests queue
        IntFunction<Duration> sixWorkers = n -> Duration.ofMillis(50L * Math.max(6, n) / 6);
        int highest = 0;
        for (int i = 0; i < 300; i++) {
            rounds(1, sixWorkers);
            highest = Math.max(highest, limit.now());
        }
        assertThat(highest).isBetween(6, 10);
    }

    @Test
    void halvesWhenSalesforceSaysItIsTooMuch() {
        rounds(10, n -> Duration.ofMillis(50));
        int before = limit.now();
        limit.end(limit.begin(), status(503));
        assertThat(limit.now()).isEqualTo(before / 2);
        limit.end(limit.begin(), new LimitExceededException("concurrent", true, null, Answer.NONE));
        assertThat(limit.now()).isEqualTo(before / 4);
    }

    @Test
    void requestsThatWereUnderWayTogetherLowerItOnce() {
        rounds(10, n -> Duration.ofMillis(50));
        int before = limit.now();
        List<Long> begun = begin(before);
        for (Long at : begun) {
            clock.addAndGet(1_000_000);
            limit.end(at, status(503));
        }
        assertThat(limit.now()).isEqualTo(before / 2);
    }

    @Test
    void neverFallsBelowOneAndRecovers() {
        for (int i = 0; i < 10; i++) {
            long begun = limit.begin();
            clock.addAndGet(1_000_000);
            limit.end(begun, status(503));
        }
        assertThat(limit.now()).isEqualTo(1);
        rounds(5, n -> Duration.ofMillis(50));
        assertThat(limit.now()).isGreaterThan(3);
    }

    @Test
    void givesWayToRisingLatency() {
        rounds(10, n -> Duration.ofMillis(50));
        int before = limit.now();
        rounds(5, n -> Duration.ofMillis(400));
        assertThat(limit.now()).isLessThan(before - 2);
    }

    @Test
    void aLastingChangeOfLatencyBecomesTheUsualOne() {
        rounds(10, n -> Duration.ofMillis(50));
        rounds(60, n -> Duration.ofMillis(150));
        assertThat(limit.now()).isGreaterThan(10);
    }

    @Test
    void doesNotGrowWhileItIsNotReached() {
        for (int i = 0; i < 50; i++) {
            long begun = limit.begin();
            clock.addAndGet(1_000_000);
            limit.end(begun, null);
        }
        assertThat(limit.now()).isEqualTo(2);
    }

    @Test
    void otherFailuresSayNothingAboutLoad() {
        rounds(3, n -> Duration.ofMillis(50));
        int before = limit.now();
        limit.end(limit.begin(), status(500));
        limit.end(limit.begin(), new LimitExceededException("daily", false, null, Answer.NONE));
        assertThat(limit.now()).isEqualTo(before);
    }

    @Test
    void callsOfAnExchangeAreObserved() {
        rounds(5, n -> Duration.ofMillis(50));
        int grown = limit.now();
        var request = Request.get("/a").countedBy(new CallCounter(limit));
        Transport busy = sent -> Future.failedFuture(status(503));
        busy = busy.behind(new ObserveLoad());
        assertThat(busy.send(Request.get("/a")).failed()).isTrue();
        assertThat(busy.send(Request.get("/a").countedBy(new CallCounter())).failed())
                .isTrue();
        assertThat(limit.now()).isEqualTo(grown);
        assertThat(busy.send(request).failed()).isTrue();
        assertThat(limit.now()).isEqualTo(grown / 2);
    }
}
