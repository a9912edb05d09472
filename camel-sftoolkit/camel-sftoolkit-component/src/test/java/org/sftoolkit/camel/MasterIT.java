package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.emulator.SalesforceEmulator;

/**
 * Two processes, one of which polls at a time; the long forms are asked for with {@code -Dsftoolkit.kills=20} and
 * {@code -Dsftoolkit.pauses=20}. The long form of pauses keeps positions in a PostgreSQL, which is restarted meanwhile.
 */
class MasterIT {

    private static final int KILLS = Integer.getInteger("sftoolkit.kills", 2);

    private static final int PAUSES = Integer.getInteger("sftoolkit.pauses", 1);
    private static final int LONG = 10;

    private final SalesforceEmulator org = SalesforceEmulator.builder().start();

    private record Node(Process process, String name) {}

    private final List<Node> nodes = new ArrayList<>();
    private int started;
    private String database;

    @TempDir
    Path shared;

    @AfterEach
    void stop() {
        nodes.forEach(node -> node.process().destroyForcibly());
        org.close();
    }

    @Test
    void nextNodeContinuesAtThePositionOfTheKilledOne() throws Exception {
        var written = new ConcurrentLinkedQueue<String>();
        var writer = Executors.newSingleThreadScheduledExecutor();
        writer.scheduleAtFixedRate(
                () -> written.add(org.org().insert("Account", Map.of("Name", "Acme"))), 0, 5, TimeUnit.MILLISECONDS);
        startNode();
        startNode();
        for (int kill = 0; kill < KILLS; kill++) {
            int before = done().size();
            await().atMost(Duration.ofSeconds(60)).until(() -> done().size() > before + 20);
            Node active = active();
            active.process().destroyForcibly().waitFor();
            nodes.remove(active);
            startNode();
        }
        writer.shutdown();
        assertThat(writer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(new HashSet<>(done())).containsAll(written));
        // what a node completed in the second before its end may come again; from the start it would be far more
        assertThat(done().size()).as("deliveries").isLessThan(2 * written.size());
    }

    @Test
    void aStoppedNodeThatWakesUpMovesNoPositionBack() throws Exception {
        try (PositionDatabase positions = PositionDatabase.start(shared, PAUSES >= LONG)) {
            database = positions.url();
            var written = new ConcurrentLinkedQueue<String>();
            var threads = Executors.newScheduledThreadPool(2);
            threads.scheduleAtFixedRate(
                    () -> written.add(org.org().insert("Account", Map.of("Name", "Acme"))),
                    0,
                    5,
                    TimeUnit.MILLISECONDS);
            threads.scheduleWithFixedDelay(positions::look, 0, 5, TimeUnit.MILLISECONDS);
            startNode();
            startNode();
            for (int pause = 1; pause <= PAUSES; pause++) {
                Node stopped = active();
                signal("STOP", stopped);
                awaitOther(stopped);
                if (pause % 5 == 0) {
                    positions.restart();
                }
                signal("CONT", stopped);
                int before = done().size();
                await().atMost(Duration.ofSeconds(90)).until(() -> done().size() > before + 20);
                if (pause % 2 == 0) {
                    Node killed = active();
                    killed.process().destroyForcibly().waitFor();
                    nodes.remove(killed);
                    startNode();
                }
            }
            // a node writes its position once a second: records go on until enough positions have been seen to compare
            await().atMost(Duration.ofSeconds(90)).until(() -> positions.seen() > PAUSES + 1);
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(new HashSet<>(done())).containsAll(written));
            assertThat(positions.back()).as("positions that went back").isEmpty();
            System.out.println(PAUSES + " pauses: " + written.size() + " records, " + done().size() + " deliveries, "
                    + positions.seen() + " positions, refused by nodes: " + refusals());
        }
    }

    private void awaitOther(Node stopped) {
        long before = sizeWithout(stopped);
        await().atMost(Duration.ofSeconds(90)).until(() -> sizeWithout(stopped) > before);
    }

    private long sizeWithout(Node stopped) {
        return nodes.stream()
                .filter(node -> node != stopped)
                .mapToLong(this::size)
                .sum();
    }

    private static void signal(String name, Node node) throws Exception {
        int code = new ProcessBuilder(
                        "kill", "-" + name, String.valueOf(node.process().pid()))
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    private long refusals() throws IOException {
        try (Stream<Path> files = Files.list(shared)) {
            long refused = 0;
            for (Path log : files.filter(path -> path.getFileName().toString().startsWith("log-"))
                    .toList()) {
                refused += Files.readString(log)
                        .lines()
                        .filter(line -> line.contains("another consumer has moved"))
                        .count();
            }
            return refused;
        }
    }

    /** The node whose file grows. */
    private Node active() {
        var sizes = new HashMap<Node, Long>();
        nodes.forEach(node -> sizes.put(node, size(node)));
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> nodes.stream()
                                .filter(node -> size(node) > sizes.get(node))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private long size(Node node) {
        return size(shared.resolve("done-" + node.name()));
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startNode() throws IOException {
        String name = "node" + ++started;
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MasterNode.class.getName(),
                org.url(),
                shared.toString(),
                name));
        if (database != null) {
            command.add(database);
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(shared.resolve("log-" + name).toFile())
                .start();
        nodes.add(new Node(process, name));
    }

    private List<String> done() throws IOException {
        var ids = new ArrayList<String>();
        try (Stream<Path> files = Files.list(shared)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("done-"))
                    .toList()) {
                ids.addAll(Files.readAllLines(file));
            }
        }
        // a killed node may leave a part of a line
        ids.removeIf(id -> id.length() != 18);
        return ids;
    }
}
