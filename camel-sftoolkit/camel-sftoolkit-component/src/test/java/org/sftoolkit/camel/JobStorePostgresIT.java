package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.error.StateStoreException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.watermark.JdbcStateRepository;
import org.sftoolkit.emulator.bulk.BulkSettings;

/** The same with jobs in a PostgreSQL, which goes away meanwhile and comes back. */
class JobStorePostgresIT extends JobStoreIT {

    private static final AtomicInteger TABLES = new AtomicInteger();

    @TempDir
    static Path data;

    private static PositionDatabase database;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = PositionDatabase.start(data, true);
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    @Override
    void keepJobsIn(SfToolkitConfiguration options) {
        var store = new JdbcStateRepository(MasterNode.database(database.url()));
        store.setTable("jobs_" + TABLES.incrementAndGet());
        options.setJobStore(store);
    }

    @Test
    void aLoadThatLosesItsDatabaseFailsAndContinuesWhenThatIsBack() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        var first = template.asyncSend(
                NIGHTLY + "&concurrency=1", exchange -> exchange.getMessage().setBody(csv(60)));
        await().until(() -> emulator.requests().count("GET jobs/ingest/{job}") > 2);
        database.stopped();
        try {
            emulator.bulk().change(BulkSettings.standard());
            emulator.bulk().runAll();
            assertThat(first.get(1, TimeUnit.MINUTES).getException()).hasCauseInstanceOf(StateStoreException.class);
            assertThat(send(NIGHTLY, csv(60)).getException()).isInstanceOf(StateStoreException.class);
        } finally {
            database.startAgain();
        }
        BulkResult result = succeeded(send(NIGHTLY + "&concurrency=1", csv(60)))
                .getMessage()
                .getBody(BulkResult.class);
        assertThat(result.succeededCount()).isEqualTo(60);
        assertThat(names()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void jobsAreDeliveredOnceThoughTheDatabaseIsRestarted() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual());
        int made = succeeded(send("sftoolkit:bulk:Account?await=false&maxJobBytes=300&loadName=left", csv(30)))
                .getMessage()
                .getBody(List.class)
                .size();
        List<Exchange> delivered = deliveries("sftoolkit:jobs", new AtomicInteger());
        await().until(() -> emulator.requests().count("GET jobs/ingest/{job}") > made);
        database.restart();
        emulator.bulk().runAll();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(delivered).hasSize(made));
        assertThat(delivered.stream()
                        .map(exchange -> exchange.getMessage().getHeader(SfToolkitConstants.JOB_ID))
                        .toList())
                .doesNotHaveDuplicates();
    }
}
