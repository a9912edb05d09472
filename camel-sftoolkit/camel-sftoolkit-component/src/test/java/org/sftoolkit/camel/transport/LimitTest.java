package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.TransportException;

class LimitTest {

    private static final Response OK = new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer());

    private final Deque<Promise<Response>> wire = new ArrayDeque<>();
    private final List<Wait> waits = new ArrayList<>();
    private long now;
    private final Limit limit = limit(2);
    private final Transport limited = ((Transport) request -> {
                Promise<Response> answer = Promise.promise();
                wire.add(answer);
                return answer.future();
            })
            .behind(limit);

    private Limit limit(int permits) {
        return new Limit(permits, Duration.ofSeconds(10), time -> wait(time), () -> now);
    }

    private Future<Void> wait(Duration time) {
        Promise<Void> over = Promise.promise();
        waits.add(new Wait(now + time.toNanos(), over));
        return over.future();
    }

    private record Wait(long end, Promise<Void> over) {}

    private void pass(Duration time) {
        now += time.toNanos();
        List<Wait> due = waits.stream().filter(wait -> wait.end() <= now).toList();
        waits.removeAll(due);
        due.forEach(wait -> wait.over().complete());
    }

    @Test
    void aWaitEndsOnlyWhenNoPermitComesBackForLong() {
        List<Future<Response>> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sent.add(limited.send(Request.get("/" + i)));
        }
        pass(Duration.ofSeconds(6));
        wire.poll().complete(OK);
        pass(Duration.ofSeconds(6));
        assertThat(limit.queued()).as("the queue moved meanwhile").isEqualTo(1);
        Future<Response> late = limited.send(Request.get("/late"));
        pass(Duration.ofSeconds(4));
        assertThat(sent.get(3).cause())
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("maxConcurrentRequests=2")
                .hasMessageContaining("10000 ms");
        assertThat(((TransportException) sent.get(3).cause()).sent()).isFalse();
        assertThat(late.isComplete()).as("it has waited for 4 s only").isFalse();
        pass(Duration.ofSeconds(6));
        assertThat(late.failed()).isTrue();
        wire.poll().complete(OK);
        wire.poll().complete(OK);
        assertThat(limit.inFlight()).as("who gave up got no permit").isZero();
        assertThat(limited.send(Request.get("/again")).isComplete()).isFalse();
        assertThat(wire).hasSize(1);
    }

    @Test
    void aWireThatThrowsGivesThePermitBack() {
        var one = limit(1);
        Transport throwing = request -> {
            throw new IllegalStateException("thrown");
        };
        assertThat(one.apply(Request.get("/"), throwing).failed()).isTrue();
        assertThat(one.inFlight()).isZero();
    }

    @Test
    void atMostSoManyAreUnderWayAndTheRestFollowInOrder() {
        List<Future<Response>> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(limited.send(Request.get("/" + i)));
        }
        assertThat(wire).hasSize(2);
        assertThat(limit.queued()).isEqualTo(3);
        wire.poll().complete(OK);
        wire.poll().fail("down");
        assertThat(sent.get(0).succeeded()).isTrue();
        assertThat(sent.get(1).failed()).isTrue();
        assertThat(limit.inFlight()).isEqualTo(2);
        while (!wire.isEmpty()) {
            wire.poll().complete(OK);
        }
        assertThat(sent.subList(2, 5)).allMatch(Future::succeeded);
        assertThat(limit.inFlight()).isZero();
        assertThat(limit.queued()).isZero();
    }

    @Test
    void requestsThatFailAtOnceDoNotDeepenTheStack() {
        Promise<Response> first = Promise.promise();
        Deque<Future<Response>> answers = new ArrayDeque<>();
        answers.add(first.future());
        var one = limit(1);
        Transport failing =
                ((Transport) request -> answers.isEmpty() ? Future.failedFuture("down") : answers.poll()).behind(one);
        List<Future<Response>> sent = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            sent.add(failing.send(Request.get("/")));
        }
        first.complete(OK);
        assertThat(sent.subList(1, sent.size())).allMatch(Future::failed);
        assertThat(one.inFlight()).isZero();
    }

    @Test
    void anAnswerThatItsReaderHoldsBackHoldsNoPermit() {
        var one = limit(1);
        List<Promise<Response>> answers = new ArrayList<>();
        Transport streaming = ((Transport) request -> {
                    Promise<Response> answer = Promise.promise();
                    answers.add(answer);
                    request.sink().open(200, MultiMap.caseInsensitiveMultiMap());
                    return answer.future();
                })
                .behind(one);
        Future<Response> first = streaming.send(Request.get("/1").into(new BodyInput(1)));
        Future<Response> second = streaming.send(Request.get("/2").into(new BodyInput(1)));
        assertThat(answers)
                .as("the reader of the first may wait for the second")
                .hasSize(2);
        answers.forEach(answer -> answer.complete(OK));
        assertThat(first.succeeded()).isTrue();
        assertThat(second.succeeded()).isTrue();
        assertThat(one.inFlight()).isZero();
    }
}
