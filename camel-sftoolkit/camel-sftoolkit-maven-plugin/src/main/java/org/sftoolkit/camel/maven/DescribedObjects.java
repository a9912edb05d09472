package org.sftoolkit.camel.maven;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Objects of an org as describe files tell them: answers of the REST resource {@code sobjects/Account/describe}, or what
 * {@code sf sobject describe --json} prints. Names are found in any case, as Salesforce does.
 */
final class DescribedObjects {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TreeMap<String, JsonNode> objects = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * Reads a folder of files, or one file.
     *
     * @throws IOException also if a file holds no description of an object
     */
    static DescribedObjects read(Path start) throws IOException {
        var described = new DescribedObjects();
        try (var files = Files.walk(start)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                described.add(file);
            }
        }
        if (described.objects.isEmpty()) {
            throw new IOException(start + " holds no describe file: save the output of"
                    + " 'sf sobject describe --sobject Account --json' there as Account.json");
        }
        return described;
    }

    private void add(Path file) throws IOException {
        JsonNode json = JSON.readTree(file.toFile());
        JsonNode object = json.path("result").isObject() ? json.path("result") : json;
        if (!object.path("name").isTextual() || !object.path("fields").isArray()) {
            throw new IOException(file + " is no describe file: it has no 'name' and 'fields'");
        }
        objects.put(object.path("name").asText(), object);
    }

    Collection<JsonNode> all() {
        return List.copyOf(objects.values());
    }

    Collection<String> names() {
        return List.copyOf(objects.keySet());
    }

    /** The description of an object; null if it is not known. */
    JsonNode find(String object) {
        return objects.get(object);
    }

    boolean has(String object) {
        return objects.containsKey(object);
    }

    /**
     * Checks a field, which may be on a related object, such as {@code Account.Owner.Name}.
     *
     * @return what is wrong with it; null if nothing is, or if an object on the way is not described
     */
    String fault(String object, String path) {
        return fault(object, path, path);
    }

    private String fault(String object, String path, String whole) {
        JsonNode description = objects.get(object);
        if (description == null) {
            return null;
        }
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        String property = dot < 0 ? "name" : "relationshipName";
        var known = new ArrayList<String>();
        for (JsonNode field : description.path("fields")) {
            String candidate = field.path(property).asText("");
            if (candidate.equalsIgnoreCase(name)) {
                return dot < 0 ? null : related(field, path.substring(dot + 1), whole);
            }
            known.add(candidate);
        }
        known.removeIf(String::isEmpty);
        return description.path("name").asText() + " has no " + (dot < 0 ? "field " : "relationship ") + name
                + (name.equals(whole) ? "" : " (in " + whole + ")") + Suggestions.of(name, known);
    }

    /** A field of one of several possible parents need exist in one of them only. */
    private String related(JsonNode lookup, String path, String whole) {
        String fault = null;
        for (JsonNode parent : lookup.path("referenceTo")) {
            fault = fault(parent.asText(), path, whole);
            if (fault == null) {
                return null;
            }
        }
        return fault;
    }

    /** The object that a relationship to children leads to; null if it is not known. */
    String children(String object, String relationship) {
        JsonNode description = objects.get(object);
        if (description != null) {
            for (JsonNode child : description.path("childRelationships")) {
                if (child.path("relationshipName").asText("").equalsIgnoreCase(relationship)) {
                    return child.path("childSObject").asText();
                }
            }
        }
        return null;
    }
}
