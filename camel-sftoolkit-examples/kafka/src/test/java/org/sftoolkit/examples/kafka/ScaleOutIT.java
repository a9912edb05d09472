package org.sftoolkit.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.events.BusEvent;

/** Processes that are killed while the source changes; the long form is asked for with {@code -Dsftoolkit.kills=20}. */
@Timeout(1200)
class ScaleOutIT {

    private static final int KILLS = Integer.getInteger("sftoolkit.kills", 3);
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int WRITERS = 2;
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final long seed = Long.getLong("sftoolkit.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> ids = new ArrayList<>();
    private final List<Process> nodes = new ArrayList<>();
    private Broker broker;
    private SalesforceEmulator source;
    private SalesforceEmulator target;
    private volatile int versions;
    private int starts;

    @BeforeEach
    void open() throws IOException {
        broker = Broker.start(folder.resolve("broker"));
        source = SalesforceEmulator.builder().start();
        target = SalesforceEmulator.builder().latency(Duration.ofMillis(200)).start();
        nodes.add(start("to-kafka"));
        for (int i = 0; i < WRITERS; i++) {
            nodes.add(start("from-kafka"));
        }
    }

    @AfterEach
    void close() {
        nodes.forEach(Process::destroyForcibly);
        source.close();
        target.close();
        broker.close();
    }

    @Test
    void versionsOfARecordComeInTheirOrder() {
        await().atMost(LONG).pollInterval(20, TimeUnit.MILLISECONDS).until(() -> {
            write();
            return changes().size() > 250;
        });
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(copies()).as("seed " + seed).isEqualTo(originals()));
        var last = new HashMap<Object, Integer>();
        int updates = 0;
        for (BusEvent change : changes()) {
            Map<?, ?> header = (Map<?, ?>) change.fields().get("ChangeEventHeader");
            Matcher version = NUMBER.matcher(String.valueOf(change.fields().get("NumberOfEmployees")));
            if (version.find()) {
                int number = Integer.parseInt(version.group());
                Integer earlier = last.put(header.get("recordIds"), number);
                if (earlier != null) {
                    updates++;
                    assertThat(number)
                            .as("seed " + seed + ", after " + earlier + ": " + change)
                            .isGreaterThan(earlier);
                }
            }
        }
        assertThat(updates).as("changes of records that were there").isGreaterThan(100);
    }

    @Test
    void killedNodesLoseAndDoubleNothing() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            var writer = Executors.newSingleThreadScheduledExecutor();
            writer.scheduleWithFixedDelay(this::write, 0, 5, TimeUnit.MILLISECONDS);
            int known = changes().size();
            await().atMost(LONG).until(() -> changes().size() > known + 10);
            int victim = kill % nodes.size();
            nodes.get(victim).destroyForcibly().waitFor();
            int more = versions + random.nextInt(50);
            await().atMost(LONG).until(() -> versions > more);
            writer.shutdown();
            assertThat(writer.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            nodes.set(victim, start(victim == 0 ? "to-kafka" : "from-kafka"));
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(copies()).as("seed " + seed).isEqualTo(originals()));
        assertThat(target.org().all("Account")).as("one copy each").hasSameSizeAs(ids);
    }

    private void write() {
        int choice = ids.isEmpty() ? 0 : random.nextInt(10);
        if (choice < 3 && ids.size() < 100) {
            ids.add(source.org().insert("Account", Map.of("Name", "N" + versions, "NumberOfEmployees", ++versions)));
        } else if (choice == 3 && ids.size() > 20) {
            source.org().delete("Account", ids.remove(random.nextInt(ids.size())));
        } else {
            source.org()
                    .update(
                            "Account",
                            ids.get(random.nextInt(ids.size())),
                            Map.of("NumberOfEmployees", ++versions, "Industry", "I" + random.nextInt(5)));
        }
    }

    private List<BusEvent> changes() {
        return target.events().list("/data/AccountChangeEvent");
    }

    private Process start(String routes) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Node.class.getName(),
                        routes,
                        broker.address(),
                        source.url(),
                        target.url(),
                        folder.resolve("positions").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-" + ++starts).toFile())
                .start();
    }

    private Map<String, String> originals() {
        return accounts(source, "Id");
    }

    private Map<String, String> copies() {
        return accounts(target, "External_ID__c");
    }

    private static Map<String, String> accounts(SalesforceEmulator org, String key) {
        var all = new TreeMap<String, String>();
        for (Map<String, Object> row : org.org().all("Account")) {
            all.put(
                    String.valueOf(row.get(key)),
                    row.get("Name") + ", " + row.get("NumberOfEmployees") + ", " + row.get("Industry"));
        }
        return all;
    }
}
