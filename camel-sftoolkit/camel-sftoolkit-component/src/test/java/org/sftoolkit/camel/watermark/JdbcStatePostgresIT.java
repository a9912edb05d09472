package org.sftoolkit.camel.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Positions in a PostgreSQL that starts with the tests. */
class JdbcStatePostgresIT {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static JdbcStateRepository node() {
        return new JdbcStateRepository(postgres.getPostgresDatabase());
    }

    @Test
    void onlyWhatIsKnownIsReplaced() {
        JdbcStateRepository old = node();
        JdbcStateRepository next = node();
        String log = "entry,".repeat(20_000);
        assertThat(old.compareAndSetState("fenced", null, log)).isTrue();
        assertThat(next.getState("fenced")).isEqualTo(log);
        assertThat(next.compareAndSetState("fenced", log, "later")).isTrue();
        assertThat(old.compareAndSetState("fenced", log, "earlier")).isFalse();
        assertThat(old.compareAndSetState("fenced", null, "anew")).isFalse();
        assertThat(old.getState("fenced")).isEqualTo("later");
        old.setState("fenced", "set");
        assertThat(next.getState("fenced")).isEqualTo("set");
    }

    @Test
    void noWriteOfManyNodesIsLost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> nodes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                JdbcStateRepository store = node();
                nodes.add(threads.submit(() -> {
                    for (int written = 0; written < 25; ) {
                        String known = store.getState("count");
                        written += store.compareAndSetState("count", known, known == null ? "n" : known + "n") ? 1 : 0;
                    }
                }));
            }
            for (Future<?> node : nodes) {
                node.get(2, TimeUnit.MINUTES);
            }
            assertThat(node().getState("count")).isEqualTo("n".repeat(8 * 25));
        } finally {
            threads.shutdown();
        }
    }
}
