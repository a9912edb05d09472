package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.EmulatorBuilder;

/** However many requests there are: never more than {@code concurrency} at a time, and not fewer either. */
class ConcurrencyPeakIT extends RouteTestSupport {

    private static final int BATCH = 3;

    @Override
    protected void org(EmulatorBuilder settings) {
        settings.latency(Duration.ofMillis(100));
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setBatchSize(BATCH);
    }

    private int made;

    /** As many as make two requests for each that may be under way; keys are never the same. */
    private List<Map<String, Object>> records(int n) {
        return new ArrayList<>(IntStream.range(0, Math.max(4, 2 * n) * BATCH)
                .<Map<String, Object>>mapToObj(i -> new HashMap<>(Map.of("Name", "n", "External_ID__c", "K" + made++)))
                .toList());
    }

    private List<String> stored(int n) {
        return records(n).stream()
                .map(record -> emulator.org().insert("Account", record))
                .toList();
    }

    /** Repeated where a busy machine answers the first requests before it has sent the last. */
    private void reach(int n, String uri, Supplier<Object> input) {
        int peak = 0;
        for (int i = 0; i < 10 && peak < n; i++) {
            Object body = input.get();
            emulator.requests().reset();
            Exchange exchange = send(uri + "&concurrency=" + n, body);
            assertThat(exchange.getException()).as(uri).isNull();
            if (exchange.getMessage().getBody() instanceof SaveResults results) {
                assertThat(results.failed()).as(uri).isEmpty();
            }
            peak = emulator.requests().peakInFlight();
            assertThat(peak).as("%s: most at a time", uri).isLessThanOrEqualTo(n);
        }
        assertThat(peak).as("%s: most at a time", uri).isEqualTo(n);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20})
    void concurrencyIsReachedAndNeverExceeded(int n) {
        // login: not what is measured
        send("sftoolkit:fetch:Account?fields=Id", List.of("001000000000001AAA"));
        reach(n, "sftoolkit:save:Account?mode=INSERT", () -> records(n));
        int inserted = emulator.org().count("Account");
        reach(n, "sftoolkit:save:Account?mode=UPDATE", () -> updated(stored(n)));
        assertThat(emulator.org().count("Account"))
                .as("an update creates nothing")
                .isGreaterThanOrEqualTo(inserted);
        reach(n, "sftoolkit:save:Account?externalIdField=External_ID__c", () -> records(n));
        reach(n, "sftoolkit:fetch:Account?fields=Id,Name", () -> stored(n));
        reach(n, "sftoolkit:delete:Account?notFound=FAIL", () -> stored(n));
    }

    private static List<Map<String, Object>> updated(List<String> ids) {
        return ids.stream()
                .<Map<String, Object>>map(id -> new HashMap<>(Map.of("Id", id, "Name", "updated")))
                .toList();
    }
}
