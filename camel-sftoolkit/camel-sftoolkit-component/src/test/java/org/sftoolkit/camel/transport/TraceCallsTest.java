package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ServerException;

class TraceCallsTest {

    private final List<Object> told = new ArrayList<>();

    private final Trace trace = (name, attributes) -> {
        told.add(name);
        told.add(attributes);
        return new Trace.Span() {
            @Override
            public Trace beneath() {
                return Trace.NONE;
            }

            @Override
            public void end(int status, Throwable failure) {
                told.add(status);
                told.add(failure == null ? "success" : failure);
            }
        };
    };

    private final Request traced = Request.get("/services/data/v66.0/limits?secret=x")
            .countedBy(new CallCounter(null, new StopSignal(), CallTerms.NONE, trace));

    private static Transport org(Future<Response> answer) {
        return ((Transport) request -> answer).behind(new TraceCalls("acme"));
    }

    private static final Response ANSWER = new Response(204, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer());

    @Test
    void aCallIsASpanOfItsResourceAndStatus() {
        assertThat(org(Future.succeededFuture(ANSWER)).send(traced).result()).isSameAs(ANSWER);
        assertThat(told)
                .containsExactly(
                        "GET limits",
                        Map.of(
                                "http.request.method",
                                "GET",
                                "sftoolkit.resource",
                                "limits",
                                "sftoolkit.connection",
                                "acme"),
                        204,
                        "success");
    }

    @Test
    void aRefusalEndsTheSpanWithItsStatus() {
        var refusal = new ServerException("busy", true, null, new Answer(503, null, "GET /"));
        assertThat(org(Future.failedFuture(refusal)).send(traced).cause()).isSameAs(refusal);
        assertThat(told).endsWith(503, refusal);
    }

    @Test
    void aFailureWithoutAnAnswerHasNoStatus() {
        var failure = new IllegalStateException();
        org(Future.failedFuture(failure)).send(traced);
        assertThat(told).endsWith(0, failure);
    }

    @Test
    void whatIsNotTracedPasses() {
        Transport org = org(Future.succeededFuture(ANSWER));
        assertThat(org.send(Request.get("/a")).result()).isSameAs(ANSWER);
        assertThat(org.send(Request.get("/a").countedBy(new CallCounter())).result())
                .isSameAs(ANSWER);
        assertThat(told).isEmpty();
        assertThat(Trace.Span.NONE.beneath()).isSameAs(Trace.NONE);
    }
}
