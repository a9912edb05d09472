package org.sftoolkit.emulator.org;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The objects of an org, read from describe results exactly as Salesforce returns them (REST API Developer Guide:
 * "sObject Describe"), so that the files of a real org can be dropped in. Immutable; names know no case.
 */
public final class Schema {

    private static final String FOLDER = "/org/sftoolkit/emulator/schema/";

    private final Map<String, ObjectSchema> objects;

    private Schema(Map<String, ObjectSchema> objects) {
        this.objects = objects;
    }

    /** A schema without objects. */
    public static Schema empty() {
        return new Schema(new TreeMap<>());
    }

    /** The objects that come with the emulator. */
    public static Schema builtIn() {
        Map<String, ObjectSchema> all = new TreeMap<>();
        for (String line : lines(FOLDER + "objects.txt")) {
            String name = line.substring(0, line.indexOf(' '));
            String prefix = line.substring(line.indexOf(' ') + 1);
            // Read when it is asked for: an org needs four of them to begin with.
            all.put(ObjectSchema.folded(name), new ObjectSchema(name, prefix, () ->
                    (ObjectNode) parsed(text(FOLDER + name + ".json"))));
        }
        return new Schema(all);
    }

    /**
     * This schema with one more object; one of the same name is replaced.
     *
     * @param describe a whole describe result, as the API returns it or as the official CLI prints it
     * @throws IllegalArgumentException when it is not a describe result, or its ids begin as those of another object
     */
    public Schema withObject(String describe) {
        return withObject(parsed(describe));
    }

    /** The same of a result that was read already. */
    public Schema withObject(JsonNode printed) {
        // The official CLI prints a describe result within {"status": 0, "result": ...}.
        JsonNode json = printed.path("result").isObject() ? printed.path("result") : printed;
        if (!json.path("fields").isArray() || !json.path("name").isTextual()) {
            throw new IllegalArgumentException("not a describe result: it needs \"name\" and \"fields\"");
        }
        ObjectSchema object = new ObjectSchema((ObjectNode) json);
        objects.values().stream()
                .filter(other -> !other.name().equalsIgnoreCase(object.name()))
                .filter(other ->
                        object.keyPrefix() != null && object.keyPrefix().equals(other.keyPrefix()))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException("keyPrefix " + object.keyPrefix() + " of " + object.name()
                            + " is that of " + other.name() + ": take another");
                });
        return with(object);
    }

    /**
     * This schema with one more field in a known object.
     *
     * @param field one element of {@code "fields"} in a describe result
     * @throws IllegalArgumentException when the object is not known or the field is not readable
     */
    public Schema withField(String object, String field) {
        ObjectSchema known = object(object)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no object '" + object + "' to which the field can be added"));
        JsonNode json = parsed(field);
        if (!json.path("name").isTextual()) {
            throw new IllegalArgumentException("a field needs a \"name\": " + field);
        }
        return with(known.with(json));
    }

    /** The object of that name, whatever its case. */
    public Optional<ObjectSchema> object(String name) {
        return Optional.ofNullable(objects.get(ObjectSchema.folded(name)));
    }

    /** The object whose ids begin as this one does. */
    public Optional<ObjectSchema> objectOfId(String id) {
        return objects.values().stream()
                .filter(object -> object.keyPrefix() != null && id.startsWith(object.keyPrefix()))
                .findFirst();
    }

    /** All objects, by name. */
    public Collection<ObjectSchema> objects() {
        return List.copyOf(objects.values());
    }

    private Schema with(ObjectSchema object) {
        Map<String, ObjectSchema> all = new TreeMap<>(objects);
        all.put(ObjectSchema.folded(object.name()), object);
        return new Schema(all);
    }

    private static JsonNode parsed(String json) {
        try {
            return JsonTree.read(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("unreadable schema JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static List<String> lines(String resource) {
        List<String> names = new ArrayList<>();
        for (String line : text(resource).split("\\R")) {
            if (!line.isBlank()) {
                names.add(line.strip());
            }
        }
        return names;
    }

    private static String text(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing in the emulator's jar: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
