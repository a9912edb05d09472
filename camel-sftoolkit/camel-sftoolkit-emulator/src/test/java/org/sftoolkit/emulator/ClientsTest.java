package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the clients that people use against an emulator ({@code mvn -Pclients}); those that are not installed are skipped. With
 * {@code -Dsftoolkit.docs.update=true} the table of docs/emulator-conformance.md is written anew. Where the clients are is said by
 * {@code CLIENTS_PYTHON} (an interpreter that has them), {@code NODE_PATH} and {@code PATH}.
 */
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsTest {

    private static final Path CHECKS = Path.of("src", "test", "clients").toAbsolutePath();
    private static final Path PAGE = Path.of("..", "..", "docs", "emulator-conformance.md");
    private static final String KEPT = "records after `kill -9`";
    private static final List<String> AREAS = List.of(
            "login", "records", "query", "search", "describe", "bulk 2.0", "bulk 1", "replication", "other REST", KEPT);

    private static final String TOKEN = "00Dxx0000000001!clients";

    private final Map<ClientOf, Map<String, String>> results = new TreeMap<>();
    private final Map<ClientOf, String> versions = new TreeMap<>();

    @TempDir
    private Path folder;

    /** A client, how its version is asked for, and how its checks are run. */
    enum ClientOf {
        OFFICIAL_CLI("official CLI (`sf`)", false, List.of("sf", "--version"), List.of("bash", "sf_check.sh")),
        JSFORCE(
                "jsforce",
                false,
                List.of("node", "-p", "require('jsforce').VERSION"),
                List.of("node", "jsforce_check.js")),
        SIMPLE_SALESFORCE(
                "simple-salesforce",
                true,
                List.of("PYTHON", "-c", "from importlib.metadata import version; print(version('simple-salesforce'))"),
                List.of("PYTHON", "simple_salesforce_check.py")),
        SF_TOOLKIT(
                "sf_toolkit",
                false,
                List.of("PYTHON", "-c", "from importlib.metadata import version; print(version('sf_toolkit'))"),
                List.of("PYTHON", "sf_toolkit_check.py")),
        CAMEL_SALESFORCE(
                "camel-salesforce",
                false,
                List.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "CamelSalesforceCheck.java"));

        private final String title;
        private final boolean https;
        private final List<String> version;
        private final List<String> checks;

        ClientOf(String title, boolean https, List<String> version, List<String> checks) {
            this.title = title;
            this.https = https;
            this.version = version;
            this.checks = checks;
        }
    }

    @ParameterizedTest
    @EnumSource(ClientOf.class)
    void theClientTakesItForAnOrg(ClientOf client) throws Exception {
        requireInstalled(client);
        EmulatorBuilder builder = SalesforceEmulator.builder();
        if (client.https) {
            OwnCertificate.of("127.0.0.1").applyTo(builder);
        }
        try (SalesforceEmulator emulator = builder.start()) {
            List<String> command = new ArrayList<>(client.checks);
            command.set(1, CHECKS.resolve(command.get(1)).toString());
            if (client == ClientOf.CAMEL_SALESFORCE) {
                command.addAll(1, List.of("-cp", System.getProperty("java.class.path")));
            }
            command.add(emulator.url());
            String printed = run(command);
            Map<String, String> found = found(printed);
            results.computeIfAbsent(client, c -> new LinkedHashMap<>()).putAll(found);
            assertThat(found).as(printed).isNotEmpty().allSatisfy((area, result) -> {
                assertThat(AREAS).contains(area);
                assertThat(result).as(area).isEqualTo("yes");
            });
        }
    }

    @Test
    void theOfficialCliFindsItsRecordsAfterAKill() throws Exception {
        requireInstalled(ClientOf.OFFICIAL_CLI);
        Path config = Files.writeString(folder.resolve("org.yaml"), "accessTokens: ['" + TOKEN + "']\n");
        Path data = folder.resolve("data");
        List<String> options =
                List.of("--port", "0", "--seed", "demo", "--data", data.toString(), "--config", config.toString());
        for (String step : List.of("write", "read")) {
            try (EmulatorMainTest.Server server = new EmulatorMainTest.Server(options.toArray(String[]::new))) {
                String printed = run(List.of(
                        "bash",
                        CHECKS.resolve("sf_restart_check.sh").toString(),
                        server.url(),
                        TOKEN,
                        step,
                        folder.toString()));
                assertThat(printed.strip()).isEqualTo("ok " + step);
                server.kill();
            }
        }
        results.computeIfAbsent(ClientOf.OFFICIAL_CLI, c -> new LinkedHashMap<>())
                .put(KEPT, "yes");
    }

    private void requireInstalled(ClientOf client) throws Exception {
        String version = client == ClientOf.CAMEL_SALESFORCE
                ? Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(jar -> Path.of(jar).getFileName().toString())
                        .filter(jar -> jar.startsWith("camel-salesforce-"))
                        .map(jar -> jar.replaceAll("camel-salesforce-|\\.jar", ""))
                        .findFirst()
                        .orElse("")
                : run(client.version).strip();
        if (version.isEmpty()) {
            System.out.println("SKIPPED: " + client.title + " is not installed, so that nothing was tried with it");
        }
        Assumptions.assumeTrue(!version.isEmpty(), client.title + " is installed");
        versions.put(
                client, version.lines().reduce((first, last) -> last).orElse("").replaceAll(".*cli/|\\s.*", ""));
    }

    private static Map<String, String> found(String printed) {
        Map<String, String> found = new LinkedHashMap<>();
        printed.lines().forEach(line -> {
            if (line.startsWith("ok ")) {
                found.put(line.substring(3).strip(), "yes");
            } else if (line.startsWith("failed ")) {
                found.put(
                        line.substring(7, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip());
            }
        });
        return found;
    }

    /** What a command printed; empty if there is no such command, or it failed without a word. */
    private String run(List<String> command) throws IOException, InterruptedException {
        List<String> named = new ArrayList<>(command);
        named.replaceAll(
                word -> word.equals("PYTHON") ? System.getenv().getOrDefault("CLIENTS_PYTHON", "python3") : word);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process;
        try {
            process = new ProcessBuilder(named)
                    .redirectError(folder.resolve("err.txt").toFile())
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException notThere) {
            return "";
        }
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }

    @AfterAll
    void page() throws IOException {
        if (!Boolean.getBoolean("sftoolkit.docs.update") || results.isEmpty()) {
            return;
        }
        String header = results.keySet().stream()
                .map(client -> client.title + " " + versions.get(client))
                .collect(Collectors.joining(" | ", "| area | ", " |\n|---|"));
        String table = AREAS.stream()
                .map(area -> results.values().stream()
                        .map(found -> found.getOrDefault(area, "–"))
                        .collect(Collectors.joining(" | ", "| " + area + " | ", " |")))
                .collect(Collectors.joining("\n"));
        String before = Files.readString(PAGE);
        int begin = before.indexOf("<!-- table -->") + "<!-- table -->".length();
        int end = before.indexOf("<!-- end -->");
        Files.writeString(
                PAGE,
                before.substring(0, begin) + "\n" + header + "---|".repeat(results.size()) + "\n" + table + "\n"
                        + before.substring(end));
    }
}
