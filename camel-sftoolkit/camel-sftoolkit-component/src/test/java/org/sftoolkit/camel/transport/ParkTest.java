package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.TransportException;

/** On a clock that the test drives. */
class ParkTest {

    private static final Response OK = new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer());
    private static final LimitExceededException DAILY =
            new LimitExceededException("TotalRequests Limit exceeded", false, null, Answer.NONE);

    private record Wait(Duration end, Promise<Void> over) {}

    private final List<Wait> waits = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private Supplier<Future<Response>> org = () -> Future.succeededFuture(OK);
    private final StopSignal stop = new StopSignal();
    private final Park park = new Park(this::after, LogContext.NONE);

    private Future<Void> after(Duration time) {
        Promise<Void> over = Promise.promise();
        waits.add(new Wait(now.plus(time), over));
        return over.future();
    }

    private void pass(Duration time) {
        Duration end = now.plus(time);
        while (true) {
            Wait next = waits.stream()
                    .filter(wait -> wait.end().compareTo(end) <= 0)
                    .min(java.util.Comparator.comparing(Wait::end))
                    .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            now = next.end();
            waits.remove(next);
            next.over().tryComplete();
        }
    }

    private Future<Response> send(String path, Duration most) {
        Transport wire = request -> {
            sent.add(request.path());
            return org.get();
        };
        return wire.behind(park.filter(stop, most)).send(Request.get(path));
    }

    private void theOrgTakesNoCalls() {
        org = () -> Future.failedFuture(DAILY);
    }

    private void theOrgTakesCalls() {
        org = () -> Future.succeededFuture(OK);
    }

    @Test
    void nothingIsHeldBackWithoutALimit() {
        assertThat(send("/a", null).result()).isEqualTo(OK);
        org = () -> Future.failedFuture(new LimitExceededException("a moment", true, null, Answer.NONE));
        assertThat(send("/b", null).cause()).isInstanceOf(LimitExceededException.class);
        org = () -> Future.failedFuture(new NotFoundException("no", Answer.NONE));
        assertThat(send("/c", null).cause()).isInstanceOf(NotFoundException.class);
        assertThat(park.trouble()).isEmpty();
        assertThat(waits).isEmpty();
    }

    @Test
    void oneAsksOnceAMinuteAndAllGoOn() {
        theOrgTakesNoCalls();
        List<Future<Response>> parked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            parked.add(send("/" + i, null));
        }
        assertThat(sent).as("the others know of it").containsExactly("/0");
        assertThat(park.trouble()).get().asString().contains("TotalRequests", "50 requests wait");
        pass(Duration.ofHours(3));
        assertThat(sent).hasSize(1 + 180);
        assertThat(parked).noneMatch(Future::isComplete);
        theOrgTakesCalls();
        pass(Duration.ofMinutes(1));
        assertThat(parked).allMatch(Future::succeeded);
        assertThat(sent).hasSize(1 + 180 + 50);
        assertThat(park.trouble()).isEmpty();
        assertThat(send("/more", null).succeeded()).isTrue();
        assertThat(waits).isEmpty();
    }

    @Test
    void aLimitThatIsMetAgainHoldsTheRest() {
        theOrgTakesNoCalls();
        List<Future<Response>> parked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            parked.add(send("/" + i, null));
        }
        int[] left = {3};
        org = () -> left[0]-- > 0 ? Future.succeededFuture(OK) : Future.failedFuture(DAILY);
        pass(Duration.ofMinutes(1));
        assertThat(parked).filteredOn(Future::succeeded).hasSize(3);
        theOrgTakesCalls();
        pass(Duration.ofMinutes(1));
        assertThat(parked).allMatch(Future::succeeded);
    }

    @Test
    void parkTimeoutEndsTheWaitOfItsRequest() {
        theOrgTakesNoCalls();
        Future<Response> patient = send("/patient", null);
        Future<Response> hasty = send("/hasty", Duration.ofMinutes(10));
        pass(Duration.ofMinutes(9));
        assertThat(hasty.isComplete()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(hasty.cause()).isSameAs(DAILY);
        theOrgTakesCalls();
        pass(Duration.ofMinutes(1));
        assertThat(patient.succeeded()).isTrue();
        assertThat(sent).doesNotContain("/hasty");
    }

    @Test
    void aStopEndsTheWaitAndNothingIsSentLater() {
        theOrgTakesNoCalls();
        Future<Response> parked = send("/a", null);
        stop.give();
        assertThat(parked.cause()).isInstanceOf(TransportException.class).hasMessageContaining("stopped");
        theOrgTakesCalls();
        pass(Duration.ofMinutes(5));
        assertThat(sent).containsExactly("/a");
        assertThat(park.trouble()).isEmpty();
    }

    @Test
    void aLongerRetryAfterIsKept() {
        Duration long5 = Duration.ofMinutes(5);
        org = () -> Future.failedFuture(new LimitExceededException("limit", false, long5, Answer.NONE));
        send("/a", null);
        pass(Duration.ofMinutes(4));
        assertThat(sent).hasSize(1);
        pass(Duration.ofMinutes(1));
        assertThat(sent).hasSize(2);
    }

    @Test
    void noAnswerSaysNothingOfTheLimit() {
        theOrgTakesNoCalls();
        Future<Response> first = send("/a", null);
        Future<Response> second = send("/b", null);
        org = () -> Future.failedFuture(new TransportException("cut", "GET /a", true, true, null));
        pass(Duration.ofMinutes(1));
        assertThat(first.cause()).isInstanceOf(TransportException.class);
        assertThat(second.isComplete()).isFalse();
        theOrgTakesCalls();
        pass(Duration.ofMinutes(1));
        assertThat(second.succeeded()).isTrue();
    }
}
