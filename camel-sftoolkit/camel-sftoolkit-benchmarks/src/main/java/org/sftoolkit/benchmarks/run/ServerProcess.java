package org.sftoolkit.benchmarks.run;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A server in a process of its own, on a free port of loopback. It is killed when this is closed. */
final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> command;
    private final int port;
    private Process process;

    private ServerProcess(List<String> command, int port) throws IOException {
        this.command = command;
        this.port = port;
        this.process = started(command);
    }

    /** Starts a jar that takes {@code --port}. */
    static ServerProcess ofJar(String jar, List<String> options) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(options);
        command.addAll(List.of("-jar", jar, "--port", String.valueOf(port)));
        return new ServerProcess(command, port);
    }

    /** Starts a class of this module that takes its port as its one argument. */
    static ServerProcess ofClass(String main) throws IOException {
        int port = freePort();
        String classPath = System.getProperty("benchmark.classpath", System.getProperty("java.class.path"));
        return new ServerProcess(List.of(tool("java"), "-cp", classPath, main, String.valueOf(port)), port);
    }

    /** The same on one core, if this system can bind processes to cores. */
    ServerProcess onOneCore() throws IOException, InterruptedException {
        if (Files.isExecutable(TASKSET)) {
            process.destroyForcibly().waitFor();
            List<String> bound = new ArrayList<>(List.of(TASKSET.toString(), "-c", "0"));
            bound.addAll(command);
            process = started(bound);
        }
        return this;
    }

    private static Process started(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    void awaitAnswer(String path) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                http.send(request(path, "token").build(), HttpResponse.BodyHandlers.ofByteArray());
                return;
            } catch (IOException notYet) {
                Thread.sleep(5);
            }
        }
        throw new IOException("no answer of " + String.join(" ", command));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    /** User and system time so far. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** MB in use after a full collection. */
    long heapAfterCollection() throws IOException {
        String pid = String.valueOf(process.pid());
        printed(List.of(tool("jcmd"), pid, "GC.run"));
        return Arrays.stream(printed(List.of(tool("jcmd"), pid, "GC.heap_info")).split("\\R"))
                        .filter(line -> line.contains(" used ") && !line.contains("space"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll(".* used (\\d+)K.*", "$1")))
                        .sum()
                / 1024;
    }

    private static String printed(List<String> command) throws IOException {
        Process tool = new ProcessBuilder(command).start();
        return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
