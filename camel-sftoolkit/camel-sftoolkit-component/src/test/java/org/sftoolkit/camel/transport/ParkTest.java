package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        return send(Request.get(path), most);
    }

    private Future<Response> send(Request request, Duration most) {
        Transport wire = now -> {
            sent.add(now.path());
            return org.get();
        };
        return wire.behind(park.filter(stop, most)).send(request);
    }

    /** The org keeps the next request waiting for its answer. */
    private Promise<Response> theOrgThinks() {
        Promise<Response> answer = Promise.promise();
        org = answer::future;
        return answer;
    }

    /** A body that can be read once, and has been. */
    private static Request spent(String path) {
        var body = new Body.Stream(null, () -> null, -1, false);
        body.open();
        return Request.of(HttpMethod.POST, path, body, Replay.NEVER);
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyRequestEndsOnceAndInItsTimeWhateverTheOrgAnswers(long seed) {
        var random = new Random(seed);
        Map<String, Promise<Response>> underWay = new TreeMap<>();
        Map<String, Future<Response>> all = new HashMap<>();
        Map<String, Duration> latest = new HashMap<>();
        var ends = new AtomicInteger();
        org = () -> underWay.computeIfAbsent(sent.get(sent.size() - 1), path -> Promise.promise())
                .future();
        for (int i = 0; i < 300; i++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    String path = "/" + i + (random.nextBoolean() ? "/patient" : "");
                    Duration most = path.endsWith("/patient") ? null : Duration.ofSeconds(30);
                    all.put(path, send(path, most).onComplete(ended -> ends.incrementAndGet()));
                    latest.put(path, now.plus(Duration.ofSeconds(30)));
                }
                case 1 -> park.mayBeOver();
                case 2 -> pass(Duration.ofSeconds(random.nextInt(90)));
                default ->
                    underWay.keySet().stream()
                            .skip(random.nextInt(1 + underWay.size()))
                            .findFirst()
                            .ifPresent(path -> {
                                // the first answer begins a wait
                                latest.merge(path, now, (begun, met) -> firstOf(path) ? met.plusSeconds(30) : begun);
                                answer(underWay.remove(path), random);
                            });
            }
            List<String> late = all.keySet().stream()
                    .filter(path -> !all.get(path).isComplete()
                            && !path.endsWith("/patient")
                            && !underWay.containsKey(path)
                            && latest.get(path).compareTo(now) < 0)
                    .toList();
            assertThat(late)
                    .as("seed %d, step %d: they wait for longer than they may", seed, i)
                    .isEmpty();
        }
        theOrgTakesCalls();
        List.copyOf(underWay.values()).forEach(answer -> answer.complete(OK));
        pass(Duration.ofMinutes(5));
        assertThat(all.values()).as("seed %d", seed).allMatch(Future::isComplete);
        assertThat(ends).hasValue(all.size());
        assertThat(park.trouble()).isEmpty();
    }

    private boolean firstOf(String path) {
        return sent.stream().filter(path::equals).count() == 1;
    }

    private static void answer(Promise<Response> request, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> request.complete(OK);
            case 1 -> request.fail(new TransportException("cut", "GET /a", true, true, null));
            default -> request.fail(DAILY);
        }
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

    @Test
    void parkTimeoutEndsAWaitThatItsRequestWouldBeginAgain() {
        theOrgTakesNoCalls();
        Future<Response> asks = send("/asks", Duration.ofMinutes(10).plusSeconds(1));
        pass(Duration.ofMinutes(9));
        Promise<Response> slow = theOrgThinks();
        pass(Duration.ofMinutes(2));
        assertThat(asks.isComplete()).as("it is being sent").isFalse();
        var still = new LimitExceededException("still", false, null, Answer.NONE);
        slow.fail(still);
        assertThat(asks.cause()).isSameAs(still);
        int asked = sent.size();
        pass(Duration.ofMinutes(10));
        assertThat(sent).hasSize(asked);
    }

    @Test
    void parkTimeoutEndsAWaitThatMeetsTheLimitAnew() {
        theOrgTakesNoCalls();
        send("/asks", null);
        Future<Response> hasty = send("/hasty", Duration.ofMinutes(1).plusSeconds(1));
        Promise<Response> slow = Promise.promise();
        org = () -> sent.get(sent.size() - 1).equals("/asks") ? Future.succeededFuture(OK) : slow.future();
        pass(Duration.ofMinutes(2));
        assertThat(hasty.isComplete()).as("it is being sent").isFalse();
        slow.fail(DAILY);
        assertThat(hasty.cause()).isSameAs(DAILY);
        assertThat(park.trouble())
                .as("it is known to the next")
                .get()
                .asString()
                .contains("0 requests wait");
        theOrgTakesCalls();
        Future<Response> next = send("/next", null);
        assertThat(next.isComplete()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(next.succeeded()).isTrue();
    }

    @Test
    void oneAsksAtOnceIfTheLimitMayBeOver() {
        theOrgTakesNoCalls();
        Future<Response> first = send("/a", null);
        Future<Response> second = send("/b", null);
        pass(Duration.ofSeconds(10));
        Promise<Response> slow = theOrgThinks();
        park.mayBeOver();
        assertThat(sent).containsExactly("/a", "/a");
        park.mayBeOver();
        pass(Duration.ofMinutes(5));
        assertThat(sent).as("one asks at a time").hasSize(2);
        theOrgTakesCalls();
        slow.complete(OK);
        assertThat(first.succeeded()).isTrue();
        assertThat(second.succeeded()).isTrue();
        assertThat(sent).containsExactly("/a", "/a", "/b");
    }

    @Test
    void whoeverAskedInVainAsksAMinuteLater() {
        theOrgTakesNoCalls();
        send("/a", null);
        pass(Duration.ofSeconds(30));
        park.mayBeOver();
        park.mayBeOver();
        assertThat(sent).hasSize(3);
        pass(Duration.ofSeconds(59));
        assertThat(sent).as("the pause before counts no more").hasSize(3);
        pass(Duration.ofSeconds(1));
        assertThat(sent).hasSize(4);
    }

    @Test
    void nobodyAsksWithoutALimit() {
        park.mayBeOver();
        theOrgTakesNoCalls();
        send("/a", null);
        assertThat(sent).containsExactly("/a");
        pass(Duration.ofMinutes(1));
        assertThat(sent).containsExactly("/a", "/a");
    }

    @Test
    void theEndOfTheConnectionEndsAllWaits() {
        theOrgTakesNoCalls();
        Future<Response> first = send("/a", null);
        Future<Response> second = send("/b", null);
        var closed = new TransportException("the connection is closed", null, false, false, null);
        waits.get(0).over().fail(closed);
        assertThat(first.cause()).isSameAs(closed);
        assertThat(second.cause()).isSameAs(closed);
        assertThat(park.trouble()).isEmpty();
    }

    @Test
    void aRequestWhoseBodyIsGoneMeetsTheLimitAtOnce() {
        theOrgTakesNoCalls();
        assertThat(send(spent("/gone"), null).cause()).isSameAs(DAILY);
        assertThat(park.trouble()).isEmpty();
    }

    @Test
    void aBodyThatIsReadWhenItAsksDoesNotWaitAgain() {
        theOrgTakesNoCalls();
        Future<Response> asks = send("/a", null);
        var body = new Body.Stream(null, () -> null, -1, false);
        Future<Response> once = send(Request.of(HttpMethod.POST, "/once", body, Replay.NEVER), null);
        org = () -> sent.get(sent.size() - 1).equals("/a") ? Future.succeededFuture(OK) : opened(body);
        pass(Duration.ofMinutes(1));
        assertThat(asks.succeeded()).isTrue();
        assertThat(once.cause()).isSameAs(DAILY);
        assertThat(waits).isEmpty();
    }

    @Test
    void anUploadThatAsksInVainFailsAndTheOthersWait() {
        theOrgTakesNoCalls();
        Future<Response> hasty = send("/hasty", Duration.ofSeconds(1));
        var body = new Body.Stream(null, () -> null, -1, false);
        Future<Response> upload = send(Request.of(HttpMethod.POST, "/upload", body, Replay.NEVER), null);
        Future<Response> other = send("/other", null);
        pass(Duration.ofSeconds(1));
        assertThat(hasty.failed()).isTrue();
        org = () -> opened(body);
        pass(Duration.ofMinutes(1));
        assertThat(upload.cause()).isSameAs(DAILY);
        assertThat(other.isComplete()).isFalse();
        theOrgTakesCalls();
        pass(Duration.ofMinutes(1));
        assertThat(other.succeeded()).isTrue();
        assertThat(sent).containsExactly("/hasty", "/upload", "/other");
    }

    private static Future<Response> opened(Body.Stream body) {
        body.open();
        return Future.failedFuture(DAILY);
    }

    @Test
    void aRefusalShowsThatTheOrgTakesCalls() {
        theOrgTakesNoCalls();
        Future<Response> refused = send("/a", null);
        Future<Response> second = send("/b", null);
        org = () -> sent.get(sent.size() - 1).equals("/a")
                ? Future.failedFuture(new NotFoundException("no", Answer.NONE))
                : Future.succeededFuture(OK);
        pass(Duration.ofMinutes(1));
        assertThat(refused.cause()).isInstanceOf(NotFoundException.class);
        assertThat(second.succeeded()).isTrue();
    }

    @Test
    void aLimitOfAMomentDoesNotShowThatTheOrgTakesCalls() {
        theOrgTakesNoCalls();
        Future<Response> busy = send("/a", null);
        Future<Response> second = send("/b", null);
        org = () -> sent.get(sent.size() - 1).equals("/a")
                ? Future.failedFuture(new LimitExceededException("a moment", true, null, Answer.NONE))
                : Future.succeededFuture(OK);
        pass(Duration.ofMinutes(1));
        assertThat(busy.failed()).isTrue();
        assertThat(second.isComplete()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(second.succeeded()).isTrue();
    }

    @Test
    void aRequestThatIsStoppedWhileItIsSentDoesNotWaitAgain() {
        theOrgTakesNoCalls();
        Future<Response> parked = send("/a", null);
        Promise<Response> slow = theOrgThinks();
        pass(Duration.ofMinutes(1));
        stop.give();
        assertThat(parked.failed()).isTrue();
        slow.fail(DAILY);
        assertThat(park.trouble()).get().asString().contains("0 requests wait");
        pass(Duration.ofMinutes(1));
        assertThat(sent).containsExactly("/a", "/a");
        assertThat(park.trouble()).isEmpty();
    }

    @Test
    void whoeverIsStoppedWhileAnotherAsksIsNotSent() {
        theOrgTakesNoCalls();
        Future<Response> asks = send("/a", null);
        var other = new StopSignal();
        Transport wire = request -> {
            sent.add(request.path());
            return org.get();
        };
        Future<Response> stopped = wire.behind(park.filter(other, null)).send(Request.get("/b"));
        Promise<Response> slow = theOrgThinks();
        pass(Duration.ofMinutes(1));
        other.give();
        assertThat(stopped.failed()).isTrue();
        theOrgTakesCalls();
        slow.complete(OK);
        assertThat(asks.succeeded()).isTrue();
        assertThat(sent).containsExactly("/a", "/a");
    }

    @Test
    void aLongerRetryAfterOfTheOneThatAsksIsKeptToo() {
        theOrgTakesNoCalls();
        send("/a", null);
        org = () -> Future.failedFuture(new LimitExceededException("limit", false, Duration.ofMinutes(5), Answer.NONE));
        pass(Duration.ofMinutes(1));
        assertThat(sent).hasSize(2);
        pass(Duration.ofMinutes(4));
        assertThat(sent).hasSize(2);
        pass(Duration.ofMinutes(1));
        assertThat(sent).hasSize(3);
    }
}
