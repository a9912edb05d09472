package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.MisbehavingProxy.Stall;

/**
 * Every operation meets a server that stands still at every place of an answer: the exchange fails in time, and afterwards as
 * many calls as may be under way at a time succeed, which shows that permits and connections came back.
 */
class StallIT extends WireTestSupport {

    /** What the exchange may take: three times the bound, and what a busy machine adds. */
    private static final long IN_TIME = 3 * REQUEST_TIMEOUT + 3_000;

    /** One place of a stall, with a proxy, and so a connection, of its own. */
    private final class Lane {

        private final Stall stall;
        private final MisbehavingProxy proxy = new MisbehavingProxy(emulator.url());
        private final List<String> wrong = new ArrayList<>();

        Lane(Stall stall) {
            this.stall = stall;
        }

        List<String> run() throws Exception {
            try (proxy) {
                int login = 0;
                for (Operation operation : operations()) {
                    boolean loggingIn = operation.stalls().contains("oauth2/token");
                    // other settings are another connection, which has to log in
                    String settings = "loginUrl=" + proxy.url() + "&instanceUrl=" + proxy.url() + "&retryDelay="
                            + (loggingIn ? 1_000 + login++ : 999);
                    stalled(operation, settings);
                    well(operation, settings);
                }
            }
            return wrong;
        }

        private void stalled(Operation operation, String settings) throws Exception {
            proxy.misbehave(line -> line.startsWith(operation.stalls()), stall);
            long begun = System.nanoTime();
            try {
                Exchange exchange = begin(
                                operation.uri(), settings, operation.body().call())
                        .get(20, TimeUnit.SECONDS);
                long millis = (System.nanoTime() - begun) / 1_000_000;
                check(operation, proxy.met() > 0, "met no stall");
                Exception failure = exchange.getException();
                check(
                        operation,
                        ofTheFamily(failure) || failure == null && operation.recovers(),
                        "ended with " + failure);
                check(operation, millis <= IN_TIME, "took " + millis + " ms");
            } catch (TimeoutException e) {
                check(operation, false, "has no end");
            }
            proxy.behave();
        }

        private void well(Operation operation, String settings) throws Exception {
            for (Instant end = Instant.now().plusSeconds(20); !allWell(settings); ) {
                if (Instant.now().isAfter(end)) {
                    check(operation, false, "the next calls fail");
                    return;
                }
            }
        }

        // a busy machine may keep one of them waiting for longer than the bound
        private boolean allWell(String settings) throws Exception {
            List<CompletableFuture<Exchange>> calls = new ArrayList<>();
            for (int i = 0; i < PERMITS; i++) {
                calls.add(begin("limits", settings, null));
            }
            boolean well = true;
            for (CompletableFuture<Exchange> call : calls) {
                well &= call.get(20, TimeUnit.SECONDS).getException() == null;
            }
            return well;
        }

        private void check(Operation operation, boolean right, String what) {
            if (!right) {
                wrong.add(stall + ", " + operation.stalls() + " of " + operation.uri() + ": " + what);
            }
        }
    }

    @Test
    void aServerThatStandsStillEndsEveryOperationInTimeAndLeavesTheConnectionUsable() throws Exception {
        prepare();
        ExecutorService lanes = Executors.newFixedThreadPool(Stall.values().length);
        try {
            List<Future<List<String>>> results = Arrays.stream(Stall.values())
                    .map(stall -> lanes.submit(() -> new Lane(stall).run()))
                    .toList();
            var wrong = new ConcurrentLinkedQueue<String>();
            for (Future<List<String>> result : results) {
                wrong.addAll(result.get(10, TimeUnit.MINUTES));
            }
            assertThat(wrong).isEmpty();
        } finally {
            lanes.shutdownNow();
        }
    }
}
