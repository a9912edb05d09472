package org.sftoolkit.emulator.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sftoolkit.emulator.fault.FaultKind;

/** The description of resources as an OpenAPI document. */
final class OpenApi {

    private OpenApi() {}

    static Map<String, Object> document(List<Resource> resources) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Resource resource : resources) {
            Map<String, Object> path = object(paths, "/__emulator" + resource.path());
            path.put(resource.method().toLowerCase(Locale.ROOT), operation(resource));
        }
        return map(
                "openapi",
                "3.0.3",
                "info",
                map(
                        "title",
                        "The emulator itself",
                        "version",
                        "1",
                        "description",
                        "Steers an emulated Salesforce org. Needs no session, is neither logged nor counted. Changes"
                                + " need 'Content-Type: application/json'."),
                "paths",
                paths,
                "components",
                map("schemas", map("Fault", faults(), "Errors", errors())));
    }

    private static Map<String, Object> operation(Resource resource) {
        List<Object> parameters = new ArrayList<>();
        resource.pathParameters()
                .forEach(name -> parameters.add(
                        map("name", name, "in", "path", "required", true, "schema", map("type", "string"))));
        resource.query()
                .forEach(field -> parameters.add(map(
                        "name", field.name(), "in", "query", "description", field.text(), "schema", schema(field))));
        Map<String, Object> operation = map("tags", List.of(resource.group()), "summary", resource.summary());
        operation.put("operationId", operationId(resource));
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (resource.takesBody()) {
            operation.put("requestBody", map("content", map("application/json", content(resource))));
        }
        operation.put(
                "responses",
                map(
                        String.valueOf(resource.status()),
                        map("description", resource.status() == 204 ? "Done" : "Done, with an answer in JSON"),
                        "default",
                        map(
                                "description",
                                "Refused",
                                "content",
                                map("application/json", map("schema", reference("Errors"))))));
        if (!resource.java().isEmpty()) {
            operation.put("x-java", resource.java());
        }
        return operation;
    }

    /** Such as {@code postSnapshotsNameRestore}. */
    private static String operationId(Resource resource) {
        StringBuilder id = new StringBuilder(resource.method().toLowerCase(Locale.ROOT));
        for (String word : resource.path().split("[^A-Za-z]+")) {
            if (!word.isEmpty()) {
                id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return id.toString();
    }

    private static Map<String, Object> content(Resource resource) {
        if (resource.path().equals("/faults")) {
            return map("schema", reference("Fault"), "example", resource.example());
        }
        if (resource.body() == null) {
            return map("schema", map("type", "object"), "example", resource.example());
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Field field : resource.body()) {
            Map<String, Object> schema = schema(field);
            schema.put("description", field.text());
            schema.put("example", field.example());
            properties.put(field.name(), schema);
            if (field.required()) {
                required.add(field.name());
            }
        }
        Map<String, Object> schema = map("type", "object", "additionalProperties", false, "properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return map("schema", schema);
    }

    private static Map<String, Object> schema(Field field) {
        Map<String, Object> schema =
                switch (field.type()) {
                    case TEXT -> map("type", "string");
                    case INTEGER -> map("type", "integer");
                    case FLAG -> map("type", "boolean");
                    case TIME ->
                        map(
                                "oneOf",
                                List.of(
                                        map("type", "integer"),
                                        map("type", "string", "pattern", "^-?[0-9]+(ms|s|m|h|d)?$")));
                    case INSTANT -> map("type", "string", "format", "date-time");
                    case TEXTS -> map("type", "array", "items", map("type", "string"));
                    case OBJECTS -> map("type", "array", "items", map("type", "object"));
                    case MAP -> map("type", "object");
                    case ANY -> map();
                };
        if (!field.choices().isEmpty()) {
            schema.put("enum", field.choices());
        }
        return schema;
    }

    private static Map<String, Object> faults() {
        List<Object> kinds = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            Map<String, Object> properties = map("fault", map("type", "string", "enum", List.of(kind.wireName())));
            List<String> required = new ArrayList<>(List.of("fault"));
            for (FaultKind.Parameter parameter : kind.parameters()) {
                properties.put(parameter.name(), schema(parameter));
                if (parameter.required()) {
                    required.add(parameter.name());
                }
            }
            properties.put(
                    "when",
                    map(
                            "type",
                            "string",
                            "description",
                            "METHOD name, or a beginning with *",
                            "example",
                            "POST composite/sobjects"));
            properties.put("times", map("type", "integer", "description", "how many requests, default 1"));
            properties.put("percent", map("type", "number", "description", "of a hundred fitting requests, by chance"));
            kinds.add(map(
                    "title",
                    kind.wireName(),
                    "description",
                    kind.effect(),
                    "type",
                    "object",
                    "required",
                    required,
                    "additionalProperties",
                    false,
                    "properties",
                    properties));
        }
        return map("oneOf", kinds);
    }

    private static Map<String, Object> schema(FaultKind.Parameter parameter) {
        Map<String, Object> schema =
                switch (parameter.type()) {
                    case TEXT -> map("type", "string");
                    case NUMBER -> map("type", "number");
                    case FLAG -> map("type", "boolean");
                    case MAP -> map("type", "object", "additionalProperties", map("type", "string"));
                    case LIST -> map("type", "array", "items", map("type", "string"));
                };
        if (!parameter.choices().isEmpty()) {
            schema.put("enum", parameter.choices());
        }
        return schema;
    }

    private static Map<String, Object> errors() {
        return map(
                "type",
                "array",
                "items",
                map(
                        "type",
                        "object",
                        "properties",
                        map("message", map("type", "string"), "errorCode", map("type", "string"))));
    }

    private static Map<String, Object> reference(String schema) {
        return map("$ref", "#/components/schemas/" + schema);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, key -> new LinkedHashMap<String, Object>());
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
