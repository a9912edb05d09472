package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted of calls, and what the org says of them. */
class CallCountsTest {

    private final CallCounts counts = new CallCounts();

    @Test
    void callsAreCountedByHowTheyEnd() {
        counts.answered("/a", null, 1);
        counts.answered("/a", new IllegalStateException(), 1);
        counts.answered("/a", null, 1);
        counts.repeated("/a");
        assertThat(counts.requests()).isEqualTo(3);
        assertThat(counts.failures()).isEqualTo(1);
        assertThat(counts.repetitions()).isEqualTo(1);
    }

    @Test
    void aLoginThatSucceedsTakesTheFailureBack() {
        assertThat(counts.loginFailure()).isNull();
        counts.loggedIn(new IllegalStateException("refused"));
        assertThat(counts.loginFailure()).contains("refused");
        assertThat(counts.logins()).isZero();
        counts.loggedIn(null);
        assertThat(counts.loginFailure()).isNull();
        assertThat(counts.logins()).isEqualTo(1);
    }

    @Test
    void twoListenersHearTheSame() {
        var other = new CallCounts();
        CallListener both = counts.and(other);
        both.answered("/a", new IllegalStateException(), 1);
        both.repeated("/a");
        both.loggedIn(null);
        for (CallCounts one : List.of(counts, other)) {
            assertThat(one.requests()).isEqualTo(1);
            assertThat(one.failures()).isEqualTo(1);
            assertThat(one.repetitions()).isEqualTo(1);
            assertThat(one.logins()).isEqualTo(1);
        }
    }

    private record Told(String resource, Throwable failure, long nanos) {}

    @Test
    void everyAttemptIsReportedWithItsTime() {
        List<Told> told = new ArrayList<>();
        var listener = new CallListener() {
            @Override
            public void answered(String resource, Throwable failure, long nanos) {
                told.add(new Told(resource, failure, nanos));
            }
        };
        var failure = new IllegalStateException();
        Transport org = request -> Future.failedFuture(failure);
        org.behind(new ReportCalls(listener)).send(Request.get("/limits"));
        assertThat(told).singleElement().satisfies(one -> {
            assertThat(one.resource()).isEqualTo("limits");
            assertThat(one.failure()).isSameAs(failure);
            assertThat(one.nanos()).isBetween(0L, Duration.ofMinutes(5).toNanos());
        });
    }

    @Test
    void usageIsReadOfTheOrgsHeader() {
        assertThat(ApiUsage.parse("api-usage=18/5000")).contains(new ApiUsage(18, 5000));
        for (String among : new String[] {
            "per-app-api-usage=17/250(appName=a); api-usage=18/5000",
            "api-usage=18/5000; per-app-api-usage=17/250(appName=a)",
            "api-usage=18/5000 ;x",
            "  api-usage=18/5000  ",
        }) {
            assertThat(ApiUsage.parse(among)).as(among).contains(new ApiUsage(18, 5000));
        }
        for (String other : new String[] {
            "", "api-usage=18", "api-usage=a/b", "api-usage=1/", "usage=18/5000", "x/y", "api-usage=;18/5000", " "
        }) {
            assertThat(ApiUsage.parse(other)).as(other).isEqualTo(Optional.empty());
        }
        assertThat(ApiUsage.parse(null)).isEmpty();
    }

    @Test
    void usageIsAPartOfTheLimit() {
        assertThat(new ApiUsage(18, 5000).percent()).isEqualTo(0.36);
        assertThat(new ApiUsage(18, 0).percent()).isZero();
        assertThat(new ApiUsage(1, 1).percent()).isEqualTo(100);
        assertThat(new ApiUsage(18, 5000)).hasToString("18/5000");
    }

    @Test
    void concurrencyIsANumberOrAdaptive() {
        assertThat(Concurrency.of(" +7 ").now()).isEqualTo(7);
        assertThat(Concurrency.of("7").most()).isEqualTo(7);
        assertThat(Concurrency.of("7")).hasToString("7");
        assertThat(Concurrency.of("1").now()).isEqualTo(1);
        assertThat(Concurrency.of("1000").now()).isEqualTo(1000);
        assertThat(Concurrency.of("Adaptive")).isSameAs(Concurrency.ADAPTIVE);
        for (String wrong : new String[] {null, "", "0", "1001", "-1", "many", "9999999999"}) {
            assertThatThrownBy(() -> Concurrency.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("concurrency=" + wrong + ": use a number from 1 to 1000, or adaptive");
        }
    }

    @Test
    void anAnswerKnowsItsTextAndHeaders() {
        var answer = new Response(299, MultiMap.caseInsensitiveMultiMap().add("ETag", "x"), Buffer.buffer("ü"));
        assertThat(answer.text()).isEqualTo("ü");
        assertThat(answer.header("etag")).isEqualTo("x");
        assertThat(answer.ok()).isTrue();
        assertThat(answer.afterLostAnswer()).isFalse();
        assertThat(answer.repeated().afterLostAnswer()).isTrue();
        assertThat(answer.repeated().text()).isEqualTo("ü");
        assertThat(answer).hasToString("299 with 2 bytes");
        for (int status : new int[] {199, 300}) {
            assertThat(new Response(status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()).ok())
                    .isFalse();
        }
        assertThat(new Response(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()).ok())
                .isTrue();
    }

    @Test
    void anExchangesCallsAreCountedAlsoUnderAnotherTrace() {
        var counted = new ArrayList<String>();
        var limit = new AdaptiveLimit(System::nanoTime);
        var stop = new StopSignal();
        long before = System.nanoTime();
        var counter = new CallCounter(limit, stop, new CallTerms(0, false, () -> counted.add("call")), Trace.NONE);
        Trace other = (name, attributes) -> Trace.Span.NONE;
        var beneath = counter.tracing(other);
        counter.count();
        beneath.count();
        assertThat(counted).hasSize(2);
        for (CallCounter one : List.of(counter, beneath)) {
            assertThat(one.requests()).isEqualTo(2);
            assertThat(one.limit()).isSameAs(limit);
            assertThat(one.stop()).isSameAs(stop);
            assertThat(one.begun() - before).isBetween(0L, Duration.ofMinutes(5).toNanos());
        }
        assertThat(counter.trace()).isSameAs(Trace.NONE);
        assertThat(beneath.trace()).isSameAs(other);
        assertThat(stop.given()).isFalse();
        stop.give();
        assertThat(stop.given()).isTrue();
    }

    @Test
    void theNewestUsageIsHeardBeforeTheBodyOfAStream() {
        var usage = new TrackUsage(() -> Instant.EPOCH);
        Transport org = request -> {
            var headers = MultiMap.caseInsensitiveMultiMap().add("Sforce-Limit-Info", "api-usage=2/10");
            if (request.path().equals("/declined")) {
                return Future.succeededFuture(
                        new Response(200, headers.set("Sforce-Limit-Info", "api-usage=3/10"), Buffer.buffer()));
            }
            request.sink().open(200, headers);
            assertThat(usage.last()).contains(new ApiUsage(2, 10));
            return Future.succeededFuture(
                    new Response(200, headers.set("Sforce-Limit-Info", "api-usage=1/10"), Buffer.buffer()));
        };
        Transport tracked = org.behind(usage);
        assertThat(usage.last()).isEmpty();
        Sink sink = (status, headers) -> null;
        assertThat(tracked.send(Request.get("/rows").into(sink)).succeeded()).isTrue();
        assertThat(usage.last()).as("of the head").contains(new ApiUsage(2, 10));
        assertThat(tracked.send(Request.get("/declined").into(sink)).succeeded())
                .isTrue();
        assertThat(usage.last()).contains(new ApiUsage(3, 10));
        assertThat(usage.reading().orElseThrow().at()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void anAnswerWithoutAStreamIsHeardAndPassedOn() {
        var usage = new TrackUsage(() -> Instant.EPOCH);
        var answer = new Response(
                200,
                MultiMap.caseInsensitiveMultiMap().add("Sforce-Limit-Info", "api-usage=2/10"),
                Buffer.buffer("{}"));
        Transport org = request -> Future.succeededFuture(answer);
        assertThat(org.behind(usage).send(Request.get("/a")).result()).isSameAs(answer);
        assertThat(org.behind(new ReportCalls(counts)).send(Request.get("/a")).result())
                .isSameAs(answer);
        assertThat(usage.last()).contains(new ApiUsage(2, 10));
    }

    @Test
    void aFilterThatThrowsFailsTheCall() {
        var failure = new IllegalStateException();
        Transport org = request -> Future.succeededFuture();
        assertThat(org.behind((request, next) -> {
                            throw failure;
                        })
                        .send(Request.get("/a"))
                        .cause())
                .isSameAs(failure);
    }

    @Test
    void aTokenShowsItsInstanceOnly() {
        assertThat(new Token("00D!x", "https://acme.my.salesforce.com"))
                .hasToString("Token for https://acme.my.salesforce.com");
    }
}
