package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.EmulatorBuilder;
import org.sftoolkit.emulator.SalesforceEmulator;

/** A fault of the Python toolkit: asynchronous list updates went to the create endpoint, and no bound held. */
class ConcurrencyPeakIT extends RouteTestSupport {

    private static final int BATCH = 3;

    @Override
    protected EmulatorBuilder org() {
        return SalesforceEmulator.builder().latency(Duration.ofMillis(200));
    }

    @Override
    protected void configure(SfToolkitConfiguration options) {
        options.setBatchSize(BATCH);
    }

    private List<Map<String, Object>> records(String name, int size) {
        return new ArrayList<>(IntStream.range(0, size)
                .<Map<String, Object>>mapToObj(i -> new HashMap<>(Map.of("Name", name + i, "External_ID__c", "K" + i)))
                .toList());
    }

    private Object peak(String what, String uri, Object body, int requests) {
        // login, description: not what is measured
        emulator.requests().reset();
        Exchange exchange = send(uri, body);
        assertThat(exchange.getException()).as(what).isNull();
        assertThat(emulator.requests().peakInFlight())
                .as("%s: most at a time", what)
                .isEqualTo(requests);
        return exchange.getMessage().getBody();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20})
    void concurrencyIsReachedAndNeverExceeded(int n) {
        int size = Math.max(6, 2 * n) * BATCH;
        String limit = "concurrency=" + n;
        body("sftoolkit:fetch:Account", List.of("001000000000001AAA"), List.class);
        List<Map<String, Object>> records = records("new", size);
        SaveResults inserted = (SaveResults) peak("insert", "sftoolkit:save:Account?mode=INSERT&" + limit, records, n);
        assertThat(inserted.failed()).isEmpty();
        List<String> ids = inserted.stream().map(SaveResult::id).toList();
        records.forEach(record -> record.put("Name", "updated"));
        assertThat(((SaveResults) peak("update", "sftoolkit:save:Account?mode=UPDATE&" + limit, records, n)).failed())
                .isEmpty();
        assertThat(emulator.org().count("Account")).isEqualTo(size);
        SaveResults upserted = (SaveResults) peak(
                "upsert",
                "sftoolkit:save:Account?externalIdField=External_ID__c&" + limit,
                records("upserted", size),
                n);
        assertThat(upserted).extracting(SaveResult::id).isEqualTo(ids);
        List<?> fetched = (List<?>) peak("fetch", "sftoolkit:fetch:Account?fields=Id,Name&" + limit, ids, n);
        assertThat(fetched).hasSize(size).doesNotContainNull();
        assertThat(((SaveResults) peak("delete", "sftoolkit:delete:Account?" + limit, ids, n)).failed())
                .isEmpty();
        assertThat(emulator.org().count("Account")).isZero();
    }
}
