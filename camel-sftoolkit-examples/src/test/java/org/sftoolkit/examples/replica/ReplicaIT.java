package org.sftoolkit.examples.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.emulator.SalesforceEmulator;

/**
 * The replica on a real PostgreSQL, in a process that is killed while the org changes; the long form is asked for with
 * {@code -Dsftoolkit.kills=20}.
 */
@Timeout(600)
class ReplicaIT {

    private static final int KILLS = Integer.getInteger("sftoolkit.kills", 1);
    private static final List<String> FIELDS =
            List.of("Name", "Industry", "NumberOfEmployees", "BillingCity", "External_ID__c");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("sftoolkit.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> ids = new ArrayList<>();
    private SalesforceEmulator org;
    private EmbeddedPostgres postgres;
    private Process replica;
    private int starts;
    private int created;

    @BeforeEach
    void open() throws IOException {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IllegalStateException e) {
            assumeTrue(
                    !String.valueOf(e.getMessage()).contains("binar"),
                    "there is no PostgreSQL for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch") + " among the dependencies");
            throw e;
        }
        org = SalesforceEmulator.builder().start();
    }

    @AfterEach
    void close() throws IOException {
        if (replica != null) {
            replica.destroyForcibly();
        }
        if (org != null) {
            org.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void aKilledReplicaBecomesEqualAgain() throws Exception {
        for (int i = 0; i < 600; i++) {
            ids.add(org.org().insert("Account", values("A" + i)));
        }
        start();
        await().atMost(Duration.ofMinutes(2)).until(() -> rows().size() == 600);
        for (int kill = 0; kill < KILLS; kill++) {
            var writer = Executors.newSingleThreadScheduledExecutor();
            writer.scheduleWithFixedDelay(this::write, 0, 10, TimeUnit.MILLISECONDS);
            String before = positions();
            await().atMost(Duration.ofMinutes(2)).until(() -> !positions().equals(before));
            replica.destroyForcibly().waitFor();
            writer.shutdown();
            assertThat(writer.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 50; i++) {
                write();
            }
            start();
        }
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(rows()).as("seed " + seed).isEqualTo(accounts()));
    }

    /** They change as the replica comes on. */
    private String positions() throws IOException {
        Path file = folder.resolve("positions");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private void write() {
        int choice = random.nextInt(10);
        if (choice < 2) {
            ids.add(org.org().insert("Account", values("N" + ++created)));
        } else if (choice == 2) {
            org.org().delete("Account", ids.remove(random.nextInt(ids.size())));
        } else {
            var change = new HashMap<String, Object>();
            String field = FIELDS.get(random.nextInt(4));
            change.put(field, value(field));
            org.org().update("Account", ids.get(random.nextInt(ids.size())), change);
        }
    }

    private Map<String, Object> values(String key) {
        var values = new HashMap<String, Object>();
        FIELDS.forEach(field -> values.put(field, value(field)));
        values.put("External_ID__c", key);
        return values;
    }

    private Object value(String field) {
        if (!field.equals("Name") && random.nextInt(4) == 0) {
            return null;
        }
        return field.equals("NumberOfEmployees") ? (Object) random.nextInt(100_000) : "it's \"" + random.nextInt(1000);
    }

    private void start() throws IOException {
        replica = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ReplicaProcess.class.getName(),
                        org.url(),
                        postgres.getJdbcUrl("postgres", "postgres"),
                        folder.resolve("positions").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-" + ++starts).toFile())
                .start();
    }

    private Map<String, Map<String, Object>> accounts() {
        var all = new TreeMap<String, Map<String, Object>>();
        for (Map<String, Object> row : org.org().all("Account")) {
            var fields = new HashMap<String, Object>();
            FIELDS.forEach(field -> fields.put(field, text(row.get(field))));
            all.put((String) row.get("Id"), fields);
        }
        return all;
    }

    private Map<String, Map<String, Object>> rows() throws SQLException {
        var all = new TreeMap<String, Map<String, Object>>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("select to_regclass('account')")) {
                if (!there.next() || there.getString(1) == null) {
                    return all;
                }
            }
            try (ResultSet row = statement.executeQuery("select * from account")) {
                while (row.next()) {
                    var fields = new HashMap<String, Object>();
                    for (String field : FIELDS) {
                        fields.put(field, text(row.getObject(field)));
                    }
                    all.put(row.getString("Id"), fields);
                }
            }
        }
        return all;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
