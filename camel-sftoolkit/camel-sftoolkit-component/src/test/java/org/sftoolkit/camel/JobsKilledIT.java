package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.Fault.Point;

/**
 * Processes that are killed at the steps of a load of 20 jobs, and started again. The long form, with each step of four of them, is asked
 * for with {@code -Dsftoolkit.kills=all} and takes seven minutes.
 */
class JobsKilledIT {

    private static final boolean ALL = "all".equals(System.getProperty("sftoolkit.kills"));
    private static final int ROWS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Where a process stands when it is killed: the request has come to this point, for the n-th time. */
    private record Kill(String resource, Point point, int time) {}

    private final SalesforceEmulator org = SalesforceEmulator.builder().start();
    private final List<Process> nodes = new ArrayList<>();
    private int started;

    @TempDir
    Path shared;

    @BeforeEach
    void writeInput() throws IOException {
        var csv = new StringBuilder("Name\n");
        IntStream.range(0, ROWS)
                .forEach(i -> csv.append("Company-number-").append(1_000 + i).append('\n'));
        Files.writeString(shared.resolve("input.csv"), csv);
    }

    @AfterEach
    void stop() {
        nodes.forEach(Process::destroyForcibly);
        org.close();
    }

    /** The kills of one load each; in the long form also each step of four of the jobs by itself. */
    private static Stream<List<Kill>> kills() {
        // what a server has done and its caller does not know is the worst
        Stream<List<Kill>> loads = Stream.of(List.of(
                new Kill("POST jobs/ingest", Point.BEFORE_HEAD, 4),
                new Kill("PATCH jobs/ingest/{job}", Point.BEFORE_HEAD, 4),
                new Kill("GET jobs/ingest/{job}/successfulResults", Point.BEFORE_HEAD, 7)));
        return ALL ? Stream.concat(loads, eachStep()) : loads;
    }

    private static Stream<List<Kill>> eachStep() {
        return IntStream.of(1, 2, 11, 20).boxed().flatMap(time -> Stream.of(
                        "POST jobs/ingest",
                        "PUT jobs/ingest/{job}/batches",
                        "PATCH jobs/ingest/{job}",
                        "GET jobs/ingest/{job}",
                        "GET jobs/ingest/{job}/successfulResults")
                .flatMap(step -> Stream.of(Point.IN_REQUEST, Point.BEFORE_HEAD)
                        .map(point -> List.of(new Kill(step, point, time)))));
    }

    @ParameterizedTest
    @MethodSource("kills")
    void aLoadThatIsKilledAtAnyStepAndStartedAgainWritesEachRowOnceAndGivesOneResult(List<Kill> kills)
            throws Exception {
        for (Kill kill : kills) {
            assertThat(killIn(kill, "load")).as("%s was reached", kill).isTrue();
        }
        start("load");
        await().atMost(PATIENCE).until(() -> lines().contains("refused"));
        assertEachRowOnce();
        assertThat(rowsOfResults()).as("rows in results").hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void jobsThatAKilledProcessLeftAreDeliveredEachOnce() throws Exception {
        org.bulk().change(BulkSettings.standard().manual());
        killIn(new Kill("PATCH jobs/ingest/{job}", Point.BEFORE_HEAD, 9), "leave");
        start("leave");
        await().atMost(PATIENCE).until(() -> lines().contains("refused"));
        org.bulk().change(BulkSettings.standard());
        org.bulk().runAll();
        killIn(new Kill("GET jobs/ingest/{job}/successfulResults", Point.BEFORE_HEAD, 3), "deliver");
        if (ALL) {
            for (int time = 1; time < 5; time++) {
                killIn(new Kill("GET jobs/ingest/{job}", Point.BEFORE_HEAD, time), "deliver");
                killIn(new Kill("GET jobs/ingest/{job}/successfulResults", Point.IN_REQUEST, time), "deliver");
            }
        }
        start("deliver");
        await().atMost(PATIENCE).until(() -> rowsOfResults().size() >= ROWS);
        assertEachRowOnce();
        assertThat(rowsOfResults()).as("rows in results").hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void threeWorkersOfWhichOneIsKilledLoadEachRowOfAPartitionedQueryOnce() throws Exception {
        org.bulk().change(BulkSettings.standard().withPageRows(20));
        for (int i = 0; i < ROWS; i++) {
            org.org().insert("Lead", Map.of("LastName", "Person-" + (1_000 + i), "Company", "Acme"));
        }
        org.faults().next(when("PATCH jobs/ingest/{job}"), Fault.stall(Point.BEFORE_HEAD));
        Process killed = start("copy");
        start("extract");
        await().atMost(PATIENCE).until(() -> org.faults().struck() > 0);
        start("copy");
        start("copy");
        await().atMost(PATIENCE).until(() -> pagesDone() > 2);
        killed.destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(() -> org.org().count("Contact") >= ROWS && pagesDone() >= ROWS / 20);
        assertThat(org.org().all("Contact").stream()
                        .map(lead -> lead.get("LastName"))
                        .toList())
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
    }

    /**
     * Starts a process and kills it at this step.
     *
     * @return false if it was done before
     */
    private boolean killIn(Kill kill, String what) throws Exception {
        org.faults().clear();
        if (kill.time() > 1) {
            org.faults().next(kill.time() - 1, when(kill.resource()), Fault.delay(Duration.ZERO));
        }
        org.faults().next(when(kill.resource()), Fault.stall(kill.point()));
        long before = org.faults().struck();
        long refused = lines().stream().filter("refused"::equals).count();
        Process node = start(what);
        await().atMost(PATIENCE)
                .until(() -> org.faults().struck() == before + kill.time()
                        || lines().stream().filter("refused"::equals).count() > refused);
        boolean reached = org.faults().struck() == before + kill.time();
        node.destroyForcibly().waitFor();
        org.faults().clear();
        return reached;
    }

    private void assertEachRowOnce() {
        assertThat(org.org().all("Account").stream()
                        .map(account -> account.get("Name"))
                        .toList())
                .as("records")
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
    }

    private long pagesDone() throws IOException {
        return new HashSet<>(lines())
                .stream().filter(line -> line.startsWith("done ")).count();
    }

    private List<String> rowsOfResults() throws IOException {
        return lines().stream()
                .filter(line -> line.startsWith("result"))
                .flatMap(line -> Stream.of(line.split(" ")).skip(1))
                .toList();
    }

    private List<String> lines() throws IOException {
        var lines = new ArrayList<String>();
        try (Stream<Path> files = Files.list(shared)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("out-"))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private Process start(String what) throws IOException {
        String name = "node" + ++started;
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        JobsNode.class.getName(),
                        org.url(),
                        shared.toString(),
                        name,
                        what)
                .redirectErrorStream(true)
                .redirectOutput(shared.resolve("log-" + name).toFile())
                .start();
        nodes.add(node);
        return node;
    }
}
