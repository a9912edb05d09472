package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of a call, by a clock and timers that the tests drive; requestTimeout is one second. */
class AnswerClockTest {

    private static final long A_YEAR = Duration.ofDays(365).toNanos();

    private record Timer(long at, Handler<Long> handler) {}

    private final Map<Long, Timer> timers = new TreeMap<>();
    private final List<String> expired = new ArrayList<>();
    private long now = A_YEAR;
    private long timersSet;

    private final Vertx vertx = (Vertx) Proxy.newProxyInstance(
            Vertx.class.getClassLoader(),
            new Class<?>[] {Vertx.class},
            (self, method, arguments) -> switch (method.getName()) {
                case "setTimer" -> {
                    @SuppressWarnings("unchecked")
                    var handler = (Handler<Long>) arguments[1];
                    timers.put(++timersSet, new Timer(now + (long) arguments[0] * 1_000_000, handler));
                    yield timersSet;
                }
                case "cancelTimer" -> timers.remove(arguments[0]) != null;
                default -> throw new UnsupportedOperationException(method.toString());
            });

    private AnswerClock clock() {
        return new AnswerClock(vertx, () -> now, Duration.ofSeconds(1), expired::add);
    }

    private void pass(long millis) {
        long until = now + millis * 1_000_000;
        while (true) {
            var next = timers.entrySet().stream()
                    .filter(timer -> timer.getValue().at() <= until)
                    .min(Comparator.comparingLong(timer -> timer.getValue().at()));
            if (next.isEmpty()) {
                break;
            }
            now = next.get().getValue().at();
            timers.remove(next.get().getKey()).handler().handle(0L);
        }
        now = until;
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void aCallWithoutAnAnswerExpiresOnce(long sign) {
        now = sign * A_YEAR;
        clock();
        pass(999);
        assertThat(expired).isEmpty();
        pass(5);
        assertThat(expired).containsExactly("no answer within requestTimeout=1000 ms");
        pass(60_000);
        assertThat(expired).hasSize(1);
        assertThat(timers).isEmpty();
    }

    @Test
    void aStepThatIsDoneGivesTheNextOneTheFullTime() {
        AnswerClock clock = clock();
        pass(500);
        clock.restart();
        pass(999);
        assertThat(expired).isEmpty();
        pass(5);
        assertThat(expired).hasSize(1);
    }

    @Test
    void sendingIsAStep() {
        AnswerClock clock = clock();
        pass(900);
        clock.sending(() -> false);
        pass(999);
        assertThat(expired).isEmpty();
        pass(5);
        assertThat(expired).hasSize(1);
    }

    @Test
    void aResponseThatStopsIsCalledSo() {
        AnswerClock clock = clock();
        clock.sending(() -> true);
        pass(900);
        clock.begun(() -> false);
        pass(999);
        assertThat(expired).isEmpty();
        pass(5);
        assertThat(expired)
                .containsExactly("the response stopped, or came slower than 4096 bytes a second"
                        + " within requestTimeout=1000 ms");
    }

    @Test
    void aResponseMayTakeAsLongAsItComesFastEnough() {
        AnswerClock clock = clock();
        clock.begun(() -> false);
        for (int i = 0; i < 100; i++) {
            pass(500);
            clock.arrived(2_100);
        }
        assertThat(expired).isEmpty();
        pass(1_100);
        assertThat(expired).hasSize(1);
    }

    @Test
    void aResponseThatTricklesExpires() {
        AnswerClock clock = clock();
        clock.begun(() -> false);
        for (int i = 0; i < 2; i++) {
            pass(500);
            clock.arrived(1_024);
        }
        assertThat(expired).isEmpty();
        pass(600);
        assertThat(expired).hasSize(1);
    }

    @Test
    void aLargePartGivesNoMoreThanTheFullTime() {
        AnswerClock clock = clock();
        clock.begun(() -> false);
        pass(500);
        clock.arrived(10_000_000);
        pass(999);
        assertThat(expired).isEmpty();
        pass(5);
        assertThat(expired).hasSize(1);
    }

    @Test
    void theTimeOfASlowReaderDoesNotCount() {
        AnswerClock clock = clock();
        var slow = new boolean[] {true};
        clock.begun(() -> slow[0]);
        pass(10_000);
        assertThat(expired).isEmpty();
        slow[0] = false;
        pass(2_100);
        assertThat(expired).hasSize(1);
    }

    @Test
    void aSlowSourceHasTenTimesAsLong() {
        AnswerClock clock = clock();
        clock.sending(() -> true);
        pass(9_900);
        assertThat(expired).isEmpty();
        pass(1_200);
        assertThat(expired)
                .containsExactly("the source of the request body gave no data within 10 times requestTimeout=1000 ms");
        assertThat(timersSet).as("looks at a slow source").isLessThan(15);
    }

    @Test
    void onceAllIsSentTheServerIsWaitedFor() {
        AnswerClock clock = clock();
        clock.sending(() -> true);
        pass(500);
        clock.sent();
        pass(1_600);
        assertThat(expired).containsExactly("no answer within requestTimeout=1000 ms");
    }

    @Test
    void aCallThatEndedDoesNotExpire() {
        AnswerClock clock = clock();
        Timer tooLateToCancel = timers.get(1L);
        clock.stop();
        assertThat(timers).isEmpty();
        pass(5_000);
        tooLateToCancel.handler().handle(1L);
        assertThat(expired).isEmpty();
        assertThat(timers).isEmpty();
    }
}
