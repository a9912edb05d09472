package org.sftoolkit.emulator.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The describe files of the emulator's own schema as plain JSON, read from the class path. */
final class DescribeFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DescribeFiles() {}

    /** The names in {@code objects.txt}, in file order. */
    static List<String> index() {
        return List.copyOf(prefixes().keySet());
    }

    /** The beginnings of ids by name, as {@code objects.txt} has them. */
    static Map<String, String> prefixes() {
        return new String(bytes("objects.txt"), UTF_8)
                .lines()
                .map(line -> line.split(" "))
                .collect(toMap(words -> words[0], words -> words[1], (a, b) -> a, LinkedHashMap::new));
    }

    /** The describe of one object; fails when the file is missing or is no JSON. */
    static JsonNode describe(String object) {
        try {
            return JSON.readTree(bytes(object + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(object, e);
        }
    }

    /** The fields of a describe by name, in the order of the file. */
    static Map<String, JsonNode> fields(JsonNode describe) {
        return elements(describe.get("fields"))
                .collect(toMap(
                        field -> field.get("name").asText(),
                        field -> field,
                        (a, b) -> {
                            throw new IllegalStateException("field twice: " + a.get("name"));
                        },
                        LinkedHashMap::new));
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::asText).toList();
    }

    private static byte[] bytes(String name) {
        try (InputStream in = DescribeFiles.class.getResourceAsStream("/org/sftoolkit/emulator/schema/" + name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
