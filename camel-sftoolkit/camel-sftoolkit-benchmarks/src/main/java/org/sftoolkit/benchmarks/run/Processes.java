package org.sftoolkit.benchmarks.run;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sftoolkit.benchmarks.client.ClientMain;
import org.sftoolkit.benchmarks.stub.BusMain;
import org.sftoolkit.benchmarks.stub.StubMain;

/** The processes of a benchmark: one stub for all, a client's for each run. */
final class Processes implements AutoCloseable {

    private static final int RUN_MINUTES = 5;
    /** As many as the longest scenario follows. */
    private static final String BUS_EVENTS = "300000";

    private final int warmUpSeconds;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process stub;
    private final int port;
    private Process bus;
    private int busPort;
    private final Map<String, Path> archives = new HashMap<>();

    Processes(int warmUpSeconds) throws IOException {
        this.warmUpSeconds = warmUpSeconds;
        stub = start(StubMain.class.getName(), List.of());
        port = port(stub);
    }

    private static Process start(String main, List<String> arguments) throws IOException {
        return new ProcessBuilder(java("1g", main, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int port(Process process) throws IOException {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return Integer.parseInt(out.readLine());
    }

    private int port(Scenario scenario) throws IOException {
        if (!scenario.followsEvents()) {
            return port;
        }
        if (bus == null) {
            bus = start(BusMain.class.getName(), List.of(BUS_EVENTS));
            busPort = port(bus);
        }
        return busPort;
    }

    /** Does the scenario once with one client; gives the windows that were measured. */
    List<Run> run(Scenario scenario, String client) throws IOException, InterruptedException {
        control("config?" + scenario.stub());
        var arguments = new ArrayList<>(scenario.arguments(client, port(scenario)));
        arguments.add("warmup-seconds=" + warmUpSeconds);
        Path out = Files.createTempFile("benchmark-", ".json");
        try {
            if (scenario.sharesClasses() && !archives.containsKey(client)) {
                archives.put(client, Files.createTempFile("benchmark-", ".jsa"));
                start(client(scenario, "-XX:ArchiveClassesAtExit=" + archives.get(client), arguments), out);
            }
            String shared = scenario.sharesClasses() ? "-XX:SharedArchiveFile=" + archives.get(client) : "-Xshare:auto";
            Process process = start(client(scenario, shared, arguments), out);
            if (process.isAlive()) {
                process.destroyForcibly().waitFor();
                return List.of(Run.failed("not done after " + RUN_MINUTES + " minutes"));
            }
            return result(process.exitValue(), out);
        } finally {
            Files.delete(out);
        }
    }

    private static Process start(List<String> command, Path out) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor(RUN_MINUTES, TimeUnit.MINUTES);
        return process;
    }

    private static List<String> client(Scenario scenario, String sharing, List<String> arguments) {
        List<String> command = java(scenario.heap(), ClientMain.class.getName(), arguments);
        command.add(1, sharing);
        return command;
    }

    private List<Run> result(int status, Path out) throws IOException, InterruptedException {
        List<JsonObject> windows = Files.readAllLines(out).stream()
                .filter(line -> line.startsWith("{"))
                .map(JsonObject::new)
                .toList();
        if (windows.isEmpty()) {
            return List.of(Run.failed("ended with status " + status + " and no result"));
        }
        JsonObject stub = control("stats");
        long done = windows.get(windows.size() - 1).getLong("done", 1L);
        return windows.stream().map(window -> Run.of(window, done, stub)).toList();
    }

    private JsonObject control(String what) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/__" + what))
                .build();
        return new JsonObject(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static List<String> java(String heap, String main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.add("-cp");
        command.add(System.getProperty("benchmark.classpath", System.getProperty("java.class.path")));
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    @Override
    public void close() throws IOException {
        stub.getOutputStream().close();
        stub.destroy();
        if (bus != null) {
            bus.getOutputStream().close();
            bus.destroy();
        }
        for (Path archive : archives.values()) {
            Files.deleteIfExists(archive);
        }
    }
}
