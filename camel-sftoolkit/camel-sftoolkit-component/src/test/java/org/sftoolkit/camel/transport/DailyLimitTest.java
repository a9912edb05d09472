package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.ServerException;

/** On a clock that the test drives. */
class DailyLimitTest {

    private static final Request READ = Request.get("/limits");

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private int used;
    private Throwable refusal;
    private int sent;
    private int over;
    private final TrackUsage usage = new TrackUsage(() -> now);
    private final DailyLimit limit = new DailyLimit(usage, () -> now);
    private final Transport transport = ((Transport) request -> {
                sent++;
                return refusal == null ? Future.succeededFuture(answer()) : Future.failedFuture(refusal);
            })
            .behind(usage)
            .behind(limit);

    private Response answer() {
        var headers = MultiMap.caseInsensitiveMultiMap()
                .add("Sforce-Limit-Info", "api-usage=" + used + "/1000; per-app-api-usage=17/250(appName=a)");
        return new Response(200, headers, Buffer.buffer());
    }

    private static Request with(int share, boolean parks) {
        return READ.countedBy(
                new CallCounter(null, new StopSignal(), new CallTerms(share, parks, () -> {}), Trace.NONE));
    }

    private static LimitExceededException daily(Duration retryAfter) {
        return new LimitExceededException("TotalRequests Limit exceeded", false, retryAfter, Answer.NONE);
    }

    private LimitExceededException refused(Request request) {
        int before = sent;
        Future<Response> answer = transport.send(request);
        assertThat(sent).as("nothing was sent").isEqualTo(before);
        assertThat(answer.cause()).isInstanceOf(LimitExceededException.class);
        return (LimitExceededException) answer.cause();
    }

    @Test
    void callsStopAtTheShareBeforeTheyAreSent() {
        used = 799;
        assertThat(transport.send(with(80, false)).succeeded()).isTrue();
        used = 800;
        assertThat(transport.send(with(80, false)).succeeded()).isTrue();
        LimitExceededException stopped = refused(with(80, false));
        assertThat(stopped)
                .hasMessageContaining("800/1000")
                .hasMessageContaining("apiBudget=80")
                .hasMessageContaining("GET /limits");
        assertThat(stopped.retryable()).isFalse();
        assertThat(stopped.retryAfter()).contains(DailyLimit.RECHECK);
    }

    @Test
    void eachRouteKeepsToItsOwnShare() {
        used = 600;
        transport.send(READ);
        refused(with(50, false));
        assertThat(transport.send(with(80, false)).succeeded()).isTrue();
        assertThat(transport.send(with(0, true)).succeeded()).isTrue();
        assertThat(transport.send(READ).succeeded()).isTrue();
    }

    @Test
    void oneCallAMinuteChecksTheShareWhoeverMakesIt() {
        used = 900;
        transport.send(READ);
        now = now.plus(DailyLimit.RECHECK);
        assertThat(transport.send(with(80, false)).succeeded()).isTrue();
        assertThat(over).isZero();
        refused(with(80, false));
        refused(with(50, true));
        limit.whenOver(() -> over++);
        used = 500;
        now = now.plus(DailyLimit.RECHECK);
        assertThat(transport.send(with(80, true)).succeeded()).isTrue();
        assertThat(over).isOne();
        assertThat(transport.send(with(80, false)).succeeded()).isTrue();
        assertThat(usage.last()).contains(new ApiUsage(500, 1000));
    }

    @Test
    void atTheLimitOneOfThoseThatWaitAsksAMinuteAndAllHearOfTheEnd() {
        Runnable unsubscribe = limit.whenOver(() -> over += 100);
        unsubscribe.run();
        limit.whenOver(() -> over++);
        refusal = daily(null);
        transport.send(with(0, true));
        assertThat(refused(with(0, true)).retryAfter()).contains(DailyLimit.RECHECK);
        now = now.plusSeconds(59);
        assertThat(refused(with(0, true)).retryAfter()).contains(Duration.ofSeconds(1));
        now = now.plusSeconds(1);
        assertThat(transport.send(with(0, true)).cause()).isSameAs(refusal);
        refused(with(0, true));
        refusal = new ServerException("a moment", false, null, Answer.NONE);
        now = now.plus(DailyLimit.RECHECK);
        transport.send(with(0, true));
        refused(with(0, true));
        assertThat(over).as("a broken server says nothing of the limit").isZero();
        refusal = null;
        now = now.plus(DailyLimit.RECHECK);
        assertThat(transport.send(with(0, true)).succeeded()).isTrue();
        assertThat(over).isOne();
        assertThat(transport.send(with(0, true)).succeeded()).isTrue();
        assertThat(over).isOne();
    }

    @Test
    void thoseThatDoNotWaitAskThemselves() {
        refusal = daily(null);
        transport.send(with(0, true));
        assertThat(transport.send(READ).cause()).isSameAs(refusal);
        assertThat(transport.send(READ).cause()).isSameAs(refusal);
        refusal = null;
        assertThat(transport.send(READ).succeeded()).isTrue();
        assertThat(transport.send(with(0, true)).succeeded())
                .as("what they found out counts for all")
                .isTrue();
    }

    @Test
    void aLongerRetryAfterIsKept() {
        refusal = daily(Duration.ofMinutes(5));
        transport.send(with(0, true));
        now = now.plus(Duration.ofMinutes(4));
        assertThat(refused(with(0, true)).retryAfter()).contains(Duration.ofMinutes(1));
        refusal = daily(Duration.ofSeconds(5));
        now = now.plus(Duration.ofMinutes(1));
        transport.send(with(0, true));
        now = now.plusSeconds(5);
        refused(with(0, true));
    }

    @Test
    void anAnswerToWhatWasSentBeforeTheRefusalDoesNotEndIt() {
        List<Promise<Response>> slow = new ArrayList<>();
        Transport hanging = ((Transport) request -> {
                    slow.add(Promise.promise());
                    return slow.get(slow.size() - 1).future();
                })
                .behind(limit);
        hanging.send(with(0, true));
        refusal = daily(null);
        transport.send(with(0, true));
        slow.get(0).complete(answer());
        refused(with(0, true));
    }

    @Test
    void theListOfVersionsCountsForNothing() {
        refusal = daily(null);
        transport.send(with(0, true));
        refusal = null;
        Request versions = Request.get("/services/data/")
                .countedBy(new CallCounter(null, new StopSignal(), new CallTerms(0, true, () -> {}), Trace.NONE));
        assertThat(transport.send(versions).succeeded()).isTrue();
        refused(with(0, true));
    }
}
