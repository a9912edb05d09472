package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.LimitExceededException;

class BudgetTest {

    private static final Request READ = Request.get("/limits");

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private int used;
    private final AtomicInteger sent = new AtomicInteger();
    private final TrackUsage usage = new TrackUsage(() -> now);
    private final Transport transport = ((Transport) request -> {
                sent.incrementAndGet();
                var headers = MultiMap.caseInsensitiveMultiMap()
                        .add("Sforce-Limit-Info", "api-usage=" + used + "/1000; per-app-api-usage=17/250(appName=a)");
                return Future.succeededFuture(new Response(200, headers, Buffer.buffer()));
            })
            .behind(usage)
            .behind(new Budget(80, usage, () -> now));

    @Test
    void callsStopAtTheBudgetBeforeTheyAreSent() {
        used = 799;
        assertThat(transport.send(READ).succeeded()).isTrue();
        used = 800;
        assertThat(transport.send(READ).succeeded()).isTrue();
        Future<Response> stopped = transport.send(READ);
        assertThat(stopped.cause())
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("800/1000")
                .hasMessageContaining("apiBudget=80");
        assertThat(((LimitExceededException) stopped.cause()).retryable()).isFalse();
        assertThat(sent).hasValue(2);
    }

    @Test
    void oneCallAMinuteChecksTheBudget() {
        used = 900;
        transport.send(READ);
        now = now.plus(Budget.RECHECK).plusSeconds(1);
        assertThat(transport.send(READ).succeeded()).isTrue();
        assertThat(transport.send(READ).failed()).isTrue();
        used = 500;
        now = now.plus(Budget.RECHECK);
        assertThat(transport.send(READ).succeeded()).isTrue();
        assertThat(transport.send(READ).succeeded()).isTrue();
        assertThat(usage.last()).contains(new ApiUsage(500, 1000));
    }
}
