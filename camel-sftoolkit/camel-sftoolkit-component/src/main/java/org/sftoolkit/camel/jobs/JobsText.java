package org.sftoolkit.camel.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.WatermarkException;

/** What a store holds of loads under way: one line of JSON behind a name and a version. */
final class JobsText {

    private static final String HEAD = "sftoolkit-jobs;1;";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory ASCII =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** By id. */
    final Map<String, StoredLoad> loads = new LinkedHashMap<>();
    /** How often each process that owns something has shown that it is alive. */
    final Map<String, Long> beats = new TreeMap<>();

    /** @param text null for a store that holds nothing yet */
    static JobsText read(String key, @Nullable String text) {
        var read = new JobsText();
        if (text == null) {
            return read;
        }
        try {
            if (!text.startsWith(HEAD)) {
                throw new IOException("it does not begin with " + HEAD);
            }
            JsonNode json = JSON.readTree(text.substring(HEAD.length()));
            for (JsonNode load : json.path("loads")) {
                StoredLoad one = load(load);
                read.loads.put(one.id(), one);
            }
            json.path("beats")
                    .properties()
                    .forEach(beat ->
                            read.beats.put(beat.getKey(), beat.getValue().asLong()));
            return read;
        } catch (IOException | IllegalArgumentException e) {
            throw new WatermarkException(
                    "the list of bulk jobs under the key " + key + " of the job store cannot be read: " + e.getMessage()
                            + ". Set another jobKey, and load again what was under way",
                    e);
        }
    }

    String write() {
        var text = new StringWriter();
        try (JsonGenerator json = ASCII.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("loads");
            for (StoredLoad load : loads.values()) {
                write(json, load);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("beats");
            for (Map.Entry<String, Long> beat : beats.entrySet()) {
                json.writeNumberField(beat.getKey(), beat.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return HEAD + text;
    }

    private static void write(JsonGenerator json, StoredLoad load) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", load.id());
        json.writeStringField("name", load.name());
        json.writeStringField("operation", load.operation());
        json.writeStringField("object", load.object());
        json.writeStringField("owner", load.owner());
        json.writeBooleanField("left", load.left());
        json.writeBooleanField("complete", load.complete());
        json.writeStringField("begun", load.begun());
        json.writeArrayFieldStart("jobs");
        for (StoredJob job : load.jobs()) {
            json.writeStartObject();
            json.writeStringField("part", job.part());
            json.writeStringField("id", job.id());
            json.writeStringField("kind", job.kind().name());
            json.writeStringField("step", job.step().name());
            json.writeNumberField("rows", job.rows());
            json.writeStringField("digest", job.digest());
            json.writeStringField("locator", job.locator());
            json.writeStringField("taker", job.taker());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static StoredLoad load(JsonNode json) {
        List<StoredJob> jobs = new ArrayList<>();
        for (JsonNode job : json.path("jobs")) {
            jobs.add(new StoredJob(
                    job.path("part").asText(),
                    job.path("id").asText(),
                    StoredJob.Kind.valueOf(job.path("kind").asText()),
                    StoredJob.Step.valueOf(job.path("step").asText()),
                    job.path("rows").asLong(),
                    job.path("digest").asText(),
                    job.path("locator").asText(),
                    job.path("taker").asText()));
        }
        return new StoredLoad(
                json.path("id").asText(),
                json.path("name").asText(),
                json.path("operation").asText(),
                json.path("object").asText(),
                json.path("owner").asText(),
                json.path("left").asBoolean(),
                json.path("complete").asBoolean(),
                json.path("begun").asText(),
                jobs);
    }
}
