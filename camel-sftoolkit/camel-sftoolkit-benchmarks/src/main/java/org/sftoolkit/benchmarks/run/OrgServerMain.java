package org.sftoolkit.benchmarks.run;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.sftoolkit.benchmarks.stub.StubMain;

/**
 * Measures the emulator as a server: its start beside WireMock's, fetches on one core beside the neutral stub's, and the heap that many
 * records take. Writes what came of it into a page between two marks.
 */
public final class OrgServerMain {

    private static final String BEGIN = "<!-- org server -->";
    private static final String END = "<!-- end of org server -->";
    private static final String DATA = "/services/data/v66.0";
    private static final int IN_FLIGHT = 32;
    private static final String HEALTH = "/__emulator/health";

    private final Map<String, String> settings;
    private final HttpClient http = HttpClient.newHttpClient();

    private OrgServerMain(Map<String, String> settings) {
        this.settings = settings;
    }

    /** @param args {@code jar=…-standalone.jar}, and if wanted {@code wiremock=… rounds=10 fetches=200000 accounts=1000000 page=…} */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "rounds",
                "10",
                "fetches",
                "200000",
                "accounts",
                "1000000",
                "page",
                "target/org-server.md",
                "wiremock",
                ""));
        for (String arg : args) {
            int equals = arg.indexOf('=');
            settings.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        new OrgServerMain(settings).run();
    }

    private void run() throws Exception {
        var rows = new ArrayList<String>();
        starts(rows);
        fetches(rows);
        heap(rows);
        String figures = "Measured on " + LocalDate.now() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, Java " + System.getProperty("java.version")
                + ".\n\n| what | figure |\n|---|---|\n" + String.join("\n", rows) + "\n";
        Path page = Path.of(settings.get("page"));
        String text = Files.exists(page) ? Files.readString(page) : BEGIN + "\n" + END + "\n";
        Files.writeString(
                page,
                text.substring(0, text.indexOf(BEGIN)) + BEGIN + "\n\n" + figures + "\n"
                        + text.substring(text.indexOf(END)));
        System.out.println("written to " + page);
    }

    private void row(List<String> rows, String what, String figure) {
        rows.add("| " + what + " | " + figure + " |");
        System.out.println(what + ": " + figure);
    }

    // Start

    private void starts(List<String> rows) throws Exception {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int round = 0; round < Integer.parseInt(settings.get("rounds")); round++) {
            seconds.computeIfAbsent("emulator", name -> new ArrayList<>()).add(start(settings.get("jar"), HEALTH));
            if (!settings.get("wiremock").isEmpty()) {
                seconds.computeIfAbsent("WireMock", name -> new ArrayList<>())
                        .add(start(settings.get("wiremock"), "/__admin/health"));
            }
        }
        seconds.forEach((name, all) -> row(
                rows,
                "seconds from the start to the first answer, " + name,
                String.format(
                        Locale.ROOT,
                        "median %.2f of %d (%.2f-%.2f)",
                        median(all),
                        all.size(),
                        all.stream().min(Double::compare).orElseThrow(),
                        all.stream().max(Double::compare).orElseThrow())));
    }

    private static double start(String jar, String path) throws Exception {
        long begun = System.nanoTime();
        try (ServerProcess server = ServerProcess.ofJar(jar, List.of())) {
            server.awaitAnswer(path);
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    // Fetches

    private void fetches(List<String> rows) throws Exception {
        int count = Integer.parseInt(settings.get("fetches"));
        try (ServerProcess emulator =
                ServerProcess.ofJar(settings.get("jar"), List.of()).onOneCore()) {
            emulator.awaitAnswer(HEALTH);
            String token = token(emulator);
            String id = json(emulator, "POST", DATA + "/sobjects/Account", "{\"Name\":\"Acme\"}", token)
                    .getString("id");
            row(rows, "fetches, emulator", measured(emulator, DATA + "/sobjects/Account/" + id, token, count));
        }
        try (ServerProcess stub =
                ServerProcess.ofClass(StubMain.class.getName()).onOneCore()) {
            String path = DATA + "/sobjects/Account/001000000000001AAA";
            stub.awaitAnswer(path);
            row(rows, "fetches, neutral stub", measured(stub, path, "token", count));
        }
    }

    /** Warms up for as many fetches as are measured. */
    private String measured(ServerProcess server, String path, String token, int count) throws Exception {
        fetch(server, path, token, count);
        double cpu = server.cpuSeconds();
        long begun = System.nanoTime();
        fetch(server, path, token, count);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double used = server.cpuSeconds() - cpu;
        return String.format(
                Locale.ROOT,
                "%.0f a second, %.0f a second of its CPU (%.0f µs each)",
                count / seconds,
                count / used,
                used / count * 1e6);
    }

    private void fetch(ServerProcess server, String path, String token, int count) throws Exception {
        HttpRequest request = server.request(path, token).GET().build();
        each(count, i -> http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    private static <T> void each(int count, IntFunction<CompletableFuture<HttpResponse<T>>> call) throws Exception {
        Semaphore permits = new Semaphore(IN_FLIGHT);
        var failure = new CompletableFuture<Void>();
        for (int i = 0; i < count && !failure.isDone(); i++) {
            permits.acquire();
            call.apply(i).whenComplete((response, e) -> {
                permits.release();
                if (e != null || response.statusCode() >= 300) {
                    failure.completeExceptionally(e == null ? new IOException(response.toString()) : e);
                }
            });
        }
        permits.acquire(IN_FLIGHT);
        if (failure.isDone()) {
            failure.get();
        }
    }

    // Heap

    private void heap(List<String> rows) throws Exception {
        int count = Integer.parseInt(settings.get("accounts"));
        try (ServerProcess emulator = ServerProcess.ofJar(settings.get("jar"), List.of("-Xmx1200m"))) {
            emulator.awaitAnswer(HEALTH);
            String token = token(emulator);
            each(
                    count / 200,
                    batch -> http.sendAsync(
                            emulator.request(DATA + "/composite/sobjects", token)
                                    .POST(BodyPublishers.ofString(accounts(batch)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray()));
            long held = json(emulator, "GET", DATA + "/query?q=SELECT+COUNT()+FROM+Account", null, token)
                    .getLong("totalSize");
            row(
                    rows,
                    held + " Accounts at -Xmx1200m",
                    emulator.heapAfterCollection() + " MB of heap after a collection");
        }
    }

    private static String accounts(int batch) {
        StringBuilder records = new StringBuilder("{\"records\":[");
        for (int i = batch * 200; i < batch * 200 + 200; i++) {
            records.append(i % 200 == 0 ? "" : ",")
                    .append("{\"attributes\":{\"type\":\"Account\"},\"Name\":\"Account ")
                    .append(i)
                    .append("\",\"Industry\":\"Energy\",\"BillingCity\":\"City ")
                    .append(i % 1_000)
                    .append("\",\"External_ID__c\":\"E-")
                    .append(i)
                    .append("\"}");
        }
        return records.append("]}").toString();
    }

    private String token(ServerProcess server) throws Exception {
        HttpRequest login = HttpRequest.newBuilder(URI.create(server.url() + "/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=emulator-client" + "&client_secret=emulator-secret"))
                .build();
        return new JsonObject(
                        http.send(login, HttpResponse.BodyHandlers.ofString()).body())
                .getString("access_token");
    }

    private JsonObject json(ServerProcess server, String method, String path, String body, String token)
            throws Exception {
        HttpRequest request = server.request(path, token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return new JsonObject(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().collect(Collectors.toList());
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
