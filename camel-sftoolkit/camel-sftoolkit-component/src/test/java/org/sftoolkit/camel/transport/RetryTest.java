package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.TransportException;

class RetryTest {

    private static final Request READ = Request.get("/query");
    private static final Request INSERT = Request.of(HttpMethod.POST, "/sobjects/A", Body.NONE, Replay.NEVER);

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int tries;

    private Future<Response> send(Request request) {
        var policy = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(1), new SplittableRandom(1));
        var retry = new Retry(policy, time -> {
            pauses.add(time);
            return Future.succeededFuture();
        });
        return ((Transport) sent -> {
                    tries++;
                    return failures.isEmpty()
                            ? Future.succeededFuture(
                                    new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()))
                            : Future.failedFuture(failures.remove(0));
                })
                .behind(retry)
                .send(request);
    }

    private static ServerException busy(Request request, Duration retryAfter) {
        return new ServerException("busy", request.repeatable(), retryAfter, new Answer(503, null, request.line()));
    }

    @Test
    void aReadIsRepeatedWithGrowingPauses() {
        failures.addAll(List.of(busy(READ, null), busy(READ, null), busy(READ, null)));
        assertThat(send(READ).succeeded()).isTrue();
        assertThat(tries).isEqualTo(4);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(pauses.get(2)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void failureItselfIsReportedIfNoTimerCanBeSet() {
        var policy = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(1), new SplittableRandom(1));
        var retry = new Retry(policy, time -> {
            throw new RejectedExecutionException("Vert.x was closed");
        });
        ServerException busy = busy(READ, null);
        assertThat(((Transport) sent -> Future.failedFuture(busy))
                        .behind(retry)
                        .send(READ)
                        .cause())
                .isSameAs(busy);
    }

    @Test
    void triesEndAtMaxRetriesWithTheLastFailure() {
        for (int i = 0; i < 9; i++) {
            failures.add(busy(READ, null));
        }
        assertThat(send(READ).cause()).isInstanceOf(ServerException.class);
        assertThat(tries).isEqualTo(4);
    }

    @Test
    void anInsertWhoseOutcomeIsUnknownIsNotRepeated() {
        failures.add(busy(INSERT, null));
        assertThat(send(INSERT).failed()).isTrue();
        failures.add(new TransportException("cut", INSERT.line(), true, false, null));
        assertThat(send(INSERT).failed()).isTrue();
        assertThat(tries).isEqualTo(2);
    }

    @Test
    void anInsertThatCertainlyDidNotArriveIsRepeated() {
        failures.add(new TransportException("refused", INSERT.line(), false, false, null));
        failures.add(new LimitExceededException("concurrent", true, null, Answer.NONE));
        assertThat(send(INSERT).succeeded()).isTrue();
        assertThat(tries).isEqualTo(3);
    }

    @Test
    void callersThatWereToldTheSameSecondComeBackSpread() {
        var policy = new RetryPolicy(3, Duration.ofMillis(500), Duration.ofMinutes(1), new SplittableRandom(1));
        var pauses = java.util.stream.IntStream.range(0, 60)
                .mapToLong(i -> policy.pause(busy(READ, Duration.ofSeconds(10)), 1)
                        .orElseThrow()
                        .toMillis())
                .summaryStatistics();
        assertThat(pauses.getMin()).isGreaterThanOrEqualTo(10_000);
        assertThat(pauses.getMax() - pauses.getMin()).isGreaterThan(1_000);
    }

    @Test
    void retryAfterIsALowerBoundAndEndsTheTriesWhenTooLong() {
        failures.add(busy(READ, Duration.ofMillis(900)));
        assertThat(send(READ).succeeded()).isTrue();
        assertThat(pauses)
                .singleElement(InstanceOfAssertFactories.DURATION)
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(1125));
        failures.add(busy(READ, Duration.ofSeconds(5)));
        assertThat(send(READ).failed()).isTrue();
    }

    @Test
    void theDailyLimitIsNotWaitedFor() {
        failures.add(new LimitExceededException("daily", false, null, Answer.NONE));
        assertThat(send(READ).failed()).isTrue();
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void aBodyThatCannotBeReadAgainIsNotSentAgain() {
        var stream = new Body.Stream("text/csv", () -> null, -1, false);
        stream.open();
        failures.add(new TransportException("refused", "PUT", false, true, null));
        assertThat(send(Request.of(HttpMethod.PUT, "/x", stream, Replay.IDEMPOTENT))
                        .failed())
                .isTrue();
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void aBodyThatCanBeReadOnceIsSentAgainIfNobodyOpenedIt() {
        var stream = new Body.Stream("text/csv", () -> null, -1, false);
        failures.add(new TransportException("refused", "PUT", false, true, null));
        assertThat(send(Request.of(HttpMethod.PUT, "/x", stream, Replay.IDEMPOTENT))
                        .succeeded())
                .isTrue();
        assertThat(tries).isEqualTo(2);
    }

    @Test
    void aFailedLoginHasHadItsTriesAndCallersSeeItsCause() {
        var silent = new TransportException("no response to the login", "POST", true, true, null);
        failures.add(new LoginFailed(silent));
        assertThat(send(READ).cause()).isSameAs(silent);
        assertThat(tries).isEqualTo(1);
    }

    private static final Answer GONE = new Answer(
            404, List.of(new ApiError("NOT_FOUND", "Provided external ID field does not exist", List.of())), null);

    @Test
    void aRepeatedDeleteThatFindsNothingHasDoneItsWork() {
        Request delete = Request.of(HttpMethod.DELETE, "/sobjects/A/1", Body.NONE, Replay.IDEMPOTENT);
        failures.add(new TransportException("cut", delete.line(), true, true, null));
        failures.add(new NotFoundException("gone", GONE));
        Response answer = send(delete).result();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.afterLostAnswer()).isTrue();
    }

    @Test
    void aLostAnswerIsNotForgottenOverFurtherAttempts() {
        Request delete = Request.of(HttpMethod.DELETE, "/sobjects/A/1", Body.NONE, Replay.IDEMPOTENT);
        failures.add(new TransportException("cut", delete.line(), true, true, null));
        failures.add(new TransportException("refused", delete.line(), false, true, null));
        assertThat(send(delete).result().afterLostAnswer()).isTrue();
        failures.add(new TransportException("refused", delete.line(), false, true, null));
        assertThat(send(delete).result().afterLostAnswer())
                .as("nothing was lost")
                .isFalse();
    }

    @Test
    void deleteThatFindsNothingFailsUnlessAnEarlierAttemptMayHaveDeleted() {
        Request delete = Request.of(HttpMethod.DELETE, "/sobjects/A/1", Body.NONE, Replay.IDEMPOTENT);
        failures.add(new NotFoundException("gone", Answer.NONE));
        assertThat(send(delete).cause()).isInstanceOf(NotFoundException.class);
        failures.add(new TransportException("refused", delete.line(), false, true, null));
        failures.add(new NotFoundException("gone", Answer.NONE));
        assertThat(send(delete).cause()).isInstanceOf(NotFoundException.class);
        failures.add(new LimitExceededException("concurrent", true, null, Answer.NONE));
        failures.add(new NotFoundException("gone", Answer.NONE));
        assertThat(send(delete).cause()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void anUpdateThatFindsNothingFailsAlsoWhenRepeated() {
        Request update = Request.of(HttpMethod.PATCH, "/sobjects/A/1", Body.NONE, Replay.IDEMPOTENT);
        failures.add(busy(update, null));
        failures.add(new NotFoundException("gone", Answer.NONE));
        assertThat(send(update).cause()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aLimitOnRequestsAtATimeIsWaitedForTwiceAsOften() {
        for (int i = 0; i < 6; i++) {
            failures.add(new LimitExceededException("concurrent", true, null, Answer.NONE));
        }
        assertThat(send(INSERT).succeeded()).isTrue();
        assertThat(tries).isEqualTo(7);
    }

    @Test
    void anAnswerThatWasGivenOutInPartIsNotAskedForAgain() {
        var policy = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofSeconds(1), new SplittableRandom(1));
        var opened = new java.util.concurrent.atomic.AtomicInteger();
        Transport wire = request -> {
            tries++;
            if (tries == 2) {
                request.sink().open(200, MultiMap.caseInsensitiveMultiMap());
            }
            return Future.failedFuture(new TransportException("cut", request.line(), true, true, null));
        };
        Request streamed = READ.into((status, headers) -> {
            opened.incrementAndGet();
            return null;
        });
        Future<Response> answer =
                wire.behind(new Retry(policy, time -> Future.succeededFuture())).send(streamed);
        assertThat(answer.cause()).isInstanceOf(TransportException.class);
        assertThat(tries).as("once before the sink was opened, once with it").isEqualTo(2);
        assertThat(opened).hasValue(1);
    }

    @Test
    void thePauseThatALimitAsksForIsKeptUpToTheLongest() {
        var policy = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(7), new SplittableRandom(1));
        assertThat(policy.tries()).isEqualTo(4);
        assertThat(policy.pause(limit(true, 7), 1))
                .hasValueSatisfying(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(7)));
        assertThat(policy.pause(limit(true, 8), 1)).isEmpty();
        assertThat(policy.pause(limit(false, 7), 1)).isEmpty();
        assertThat(policy.pause(new IllegalStateException(), 1)).isEmpty();
    }

    @Test
    void pausesVaryBetweenHalfAndWholeOfTheirLength() {
        var policy = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(1), new SplittableRandom(1));
        for (int i = 0; i < 100; i++) {
            assertThat(policy.backOff(2)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        }
    }

    private static LimitExceededException limit(boolean passing, int seconds) {
        return new LimitExceededException("limit", passing, Duration.ofSeconds(seconds), Answer.NONE);
    }
}
