package org.sftoolkit.camel.maven;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema of an object's records. */
final class ObjectSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ObjectSchema() {}

    /** A schema of draft 2020-12. Required is what a new record needs; a misspelt field is no part of a record. */
    static String of(JsonNode object) {
        ObjectNode schema = NODES.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", object.path("name").asText())
                .put("description", object.path("label").asText())
                .put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        var required = NODES.arrayNode();
        properties.putObject("attributes").put("type", "object");
        for (JsonNode field : object.path("fields")) {
            String name = field.path("name").asText();
            properties.set(name, property(field));
            String parent = field.path("relationshipName").asText("");
            if (!parent.isEmpty() && !parent.equals("null")) {
                properties.putObject(parent).putArray("type").add("object").add("null");
            }
            boolean needed = field.path("createable").asBoolean()
                    && !field.path("nillable").asBoolean(true)
                    && !field.path("defaultedOnCreate").asBoolean();
            if (needed && !field.path("type").asText().equals("boolean")) {
                required.add(name);
            }
        }
        for (JsonNode children : object.path("childRelationships")) {
            String name = children.path("relationshipName").asText("");
            if (!name.isEmpty() && !name.equals("null") && !properties.has(name)) {
                properties.putObject(name);
            }
        }
        schema.set("required", required);
        schema.put("additionalProperties", false);
        return schema.toPrettyString() + "\n";
    }

    private static ObjectNode property(JsonNode field) {
        ObjectNode property =
                NODES.objectNode().put("description", field.path("label").asText());
        String json = type(field.path("type").asText());
        if (json != null) {
            property.putArray("type").add(json).add("null");
        }
        String format = format(field.path("type").asText());
        if (format != null) {
            property.put("format", format);
        }
        int length = field.path("length").asInt();
        if ("string".equals(json) && length > 0 && format == null) {
            property.put("maxLength", length);
        }
        boolean settable = field.path("createable").asBoolean(true)
                || field.path("updateable").asBoolean(true);
        if (!settable && !field.path("name").asText().equals("Id")) {
            property.put("readOnly", true);
        }
        boolean oneOf = field.path("type").asText().equals("picklist")
                && field.path("restrictedPicklist").asBoolean();
        if (oneOf && !field.path("picklistValues").isEmpty()) {
            var values = property.putArray("enum");
            for (JsonNode value : field.path("picklistValues")) {
                if (value.path("active").asBoolean(true)) {
                    values.add(value.path("value").asText());
                }
            }
            values.addNull();
        }
        return property;
    }

    private static String type(String type) {
        return switch (type) {
            case "boolean" -> "boolean";
            case "int", "long" -> "integer";
            case "double", "currency", "percent" -> "number";
            case "address", "location" -> "object";
            case "anyType" -> null;
            default -> "string";
        };
    }

    private static String format(String type) {
        return switch (type) {
            case "date", "time" -> type;
            case "datetime" -> "date-time";
            default -> null;
        };
    }
}
