package org.sftoolkit.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

/** A plain HTTP client for tests of the emulator, with a session of its own. */
final class Client {

    static final String DATA = "/services/data/v66.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String token;

    Client(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** What came back. */
    record Reply(int status, java.net.http.HttpHeaders headers, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    /** A path behind the version's root, or a whole one from {@code /services}, {@code /__emulator} or {@code /id} on. */
    Reply get(String path) {
        return call("GET", path, null);
    }

    Reply delete(String path) {
        return call("DELETE", path, null);
    }

    Reply post(String path, String json) {
        return call("POST", path, json);
    }

    Reply patch(String path, String json) {
        return call("PATCH", path, json);
    }

    Reply call(String method, String path, String json, String... headers) {
        return send(request(path, headers)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    Reply form(String path, String form, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .headers(with(headers, "Content-Type", "application/x-www-form-urlencoded"))
                .POST(BodyPublishers.ofString(form)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        String full = path.matches("/(services|__emulator|id)\\b.*") ? path : DATA + path;
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + full))
                .headers(with(headers, "Content-Type", "application/json"));
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpClient http() {
        return http;
    }

    private static String[] with(String[] headers, String name, String value) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                return headers;
            }
        }
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }
}
