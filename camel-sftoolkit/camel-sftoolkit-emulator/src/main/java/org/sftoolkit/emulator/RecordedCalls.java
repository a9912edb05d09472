package org.sftoolkit.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiErrors;
import org.sftoolkit.emulator.org.Blob;

/**
 * Calls that an application has recorded, played again in place of an org: the same request gets the same answer, and one that was
 * not recorded is refused by name. Answers of equal requests come in the order in which they were recorded, the last one again and
 * again. What was removed or cut off in the recording is not compared. Thread-safe; reads files.
 */
final class RecordedCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "manifest.json";
    private static final int FORMAT = 1;
    /** Stands in a recording for scheme and host of the org. */
    private static final String ORG = "{{org}}";

    private static final List<String> HIDDEN = List.of("(removed)", "***");

    private final Map<String, List<Recorded>> byLine = new HashMap<>();

    /** A call, of which only what finds it is in memory. */
    private static final class Recorded {
        private final Path file;
        private final Object body;
        private boolean played;

        /** @param body what another request is compared with; null if it cannot be */
        Recorded(Path file, Object body) {
            this.file = file;
            this.body = body;
        }
    }

    private RecordedCalls() {}

    /**
     * The calls of a folder.
     *
     * @param folder with a manifest, or with folders that have one
     * @throws IllegalArgumentException if it is no recording
     */
    static RecordedCalls of(Path folder) {
        var calls = new RecordedCalls();
        try {
            List<Path> recordings = recordings(folder);
            if (recordings.isEmpty()) {
                throw new IllegalArgumentException(
                        folder + " is no recording: it, or a folder in it, needs a " + MANIFEST);
            }
            for (Path recording : recordings) {
                calls.load(recording);
            }
            return calls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> recordings(Path folder) throws IOException {
        if (Files.exists(folder.resolve(MANIFEST))) {
            return List.of(folder);
        }
        return sorted(folder).stream()
                .filter(inner -> Files.exists(inner.resolve(MANIFEST)))
                .toList();
    }

    private static List<Path> sorted(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private void load(Path recording) throws IOException {
        int format = read(recording.resolve(MANIFEST)).path("format").asInt();
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    recording + " has the format " + format + "; this emulator plays format " + FORMAT);
        }
        for (Path file : sorted(recording)) {
            if (file.getFileName().toString().matches("\\d+\\.json")) {
                JsonNode asked = read(file).path("request");
                byLine.computeIfAbsent(
                                line(
                                        asked.path("method").asText(),
                                        asked.path("path").asText()),
                                line -> new ArrayList<>())
                        .add(new Recorded(file, compared(asked)));
            }
        }
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String line(String method, String path) {
        return method + ' ' + path;
    }

    private static Object compared(JsonNode asked) {
        String text = asked.path("text").asText("");
        boolean multipart =
                asked.path("headers").path("content-type").asText("").startsWith("multipart/");
        boolean hidden =
                HIDDEN.stream().anyMatch(text::contains) || asked.path("cut").asBoolean() || multipart;
        return hidden ? null : asked.has("base64") ? asked.path("base64").asText() : body(text);
    }

    /** JSON by its content, other text as it is. */
    private static Object body(String text) {
        try {
            JsonNode json = text.isBlank() ? null : JSON.readTree(text);
            return json == null ? text : json;
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    /**
     * What a request is answered; empty if its connection broke.
     *
     * @param uri     path and query
     * @param baseUrl of this emulator
     */
    Optional<Answer> answer(String method, String uri, byte[] body, String baseUrl) throws IOException {
        String line = line(method, uri);
        Recorded found = find(byLine.getOrDefault(line, List.of()), body);
        if (found == null) {
            return Optional.of(notRecorded(line));
        }
        JsonNode call = read(found.file);
        return call.has("answer") ? Optional.of(answer(found.file, call.path("answer"), baseUrl)) : Optional.empty();
    }

    private synchronized Recorded find(List<Recorded> calls, byte[] body) {
        Object given = body(new String(body, StandardCharsets.UTF_8));
        Object base64 = Base64.getEncoder().encodeToString(body);
        Recorded last = null;
        Recorded unknown = null;
        for (Recorded call : calls) {
            boolean same = call.body != null && (call.body.equals(given) || call.body.equals(base64));
            if (same && !call.played) {
                call.played = true;
                return call;
            }
            last = same ? call : last;
            boolean better = call.body == null && (unknown == null || unknown.played && !call.played);
            unknown = better || call.body == null && unknown.played ? call : unknown;
        }
        Recorded chosen = last == null ? unknown : last;
        if (chosen != null) {
            chosen.played = true;
        }
        return chosen;
    }

    private Answer notRecorded(String line) {
        List<Recorded> others = byLine.getOrDefault(line, List.of());
        String why = others.isEmpty()
                ? "no call of this method and path was recorded"
                : "it was recorded with another body, in " + others.get(0).file.getFileName();
        return ApiErrors.of(400, "NOT_RECORDED", line + " is not in the recording: " + why, null);
    }

    private static Answer answer(Path file, JsonNode recorded, String baseUrl) {
        int status = recorded.path("status").asInt();
        if (recorded.path("cut").asBoolean()) {
            return ApiErrors.of(
                    400,
                    "NOT_RECORDED",
                    "the answer in " + file.getFileName() + " has "
                            + recorded.path("length").asLong() + " bytes, and its end was not recorded",
                    null);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        recorded.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), header.getValue().asText().replace(ORG, baseUrl)));
        String type = Objects.requireNonNullElse(headers.remove("content-type"), "application/octet-stream");
        Answer.Content content = new Answer.Content.None();
        if (recorded.has("base64")) {
            byte[] bytes = Base64.getDecoder().decode(recorded.path("base64").asText());
            content = new Answer.Content.File(type, new Blob.InMemory(bytes));
        } else if (recorded.has("text")) {
            content =
                    new Answer.Content.Text(type, recorded.path("text").asText().replace(ORG, baseUrl));
        }
        return new Answer(status, headers, content, 0);
    }
}
