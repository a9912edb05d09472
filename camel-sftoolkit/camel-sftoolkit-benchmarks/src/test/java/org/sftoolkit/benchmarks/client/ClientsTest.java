package org.sftoolkit.benchmarks.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.benchmarks.stub.StubServer;

/** Each client does all that is measured, in small. */
class ClientsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static String port;

    @BeforeAll
    static void start() throws Exception {
        port = "port="
                + new StubServer(VERTX)
                        .listen(0)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Client client(String driver) throws Exception {
        return ClientMain.client(Settings.of("driver=" + driver, port, "conc=5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "sftoolkit", "camel-salesforce"})
    void everyClientDoesTheWorkOfEveryScenario(String driver) throws Exception {
        try (Client client = client(driver)) {
            assertThat(client.fetch(20, 5).run()).isEqualTo(20);
            assertThat(client.insert(1_000, 5).run()).isEqualTo(1_000);
            assertThat(client.retrieve(4_000, 2).run()).isEqualTo(4_000);
            assertThat(client.query(5_000).run()).isEqualTo(5_000);
            assertThat(client.ingest(3_000, BulkRows.Form.STREAM).run()).isEqualTo(3_000);
            assertThat(client.extract(true).run()).isEqualTo(2_000_000);
        }
    }

    @Test
    void aLoadOfSeveralJobsIsCountedJobByJob() throws Exception {
        try (Client client = client("sftoolkit")) {
            assertThat(client.ingest(2_200_000, BulkRows.Form.RECORDS).run()).isEqualTo(2_200_000);
        }
    }

    @Test
    void aThreadsCpuAndAllocationAreToldToTheByteAndNanosecond() {
        ThreadUse before = ThreadUse.before();
        byte[] kept = new byte[5_000_000];
        long began = System.nanoTime();
        while (System.nanoTime() - began < 50_000_000) {
            kept[(int) (System.nanoTime() & 0xFFFF)]++;
        }
        ThreadUse after = ThreadUse.after();
        assertThat(after.allocatedSince(before)).isBetween((long) kept.length, 60_000_000L);
        assertThat(after.cpuSince(before)).isBetween(1_000_000L, 10_000_000_000L);
        assertThat(after.cpuSince(after)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "camel-salesforce"})
    void aClientThatMapsNothingSaysSo(String driver) throws Exception {
        try (Client client = client(driver)) {
            assertThatThrownBy(() -> client.ingest(10, BulkRows.Form.RECORDS))
                    .hasMessageContaining("does not map records");
            assertThatThrownBy(() -> client.extract(false)).hasMessageContaining("does not map rows");
        }
    }
}
