package org.sftoolkit.camel.maven;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The source of a class or record with the fields of an object, for Jackson and so for the component. */
final class BeanSource {

    private static final int MOST_COMPONENTS = 254;

    private final JsonNode object;
    private final String packageName;
    private final String type;
    private final List<Field> fields = new ArrayList<>();

    /** @param readOnly whether Salesforce alone sets it, so that it is read and never sent */
    private record Field(String name, String label, String type, String java, boolean readOnly) {

        String annotation() {
            return readOnly
                    ? "@JsonProperty(value = \"" + name + "\", access = JsonProperty.Access.WRITE_ONLY)"
                    : "@JsonProperty(\"" + name + "\")";
        }

        String method() {
            return Character.toUpperCase(java.charAt(0)) + java.substring(1);
        }

        String simpleType() {
            return type.replaceAll("[a-z]+[.]", "");
        }
    }

    BeanSource(JsonNode object, String packageName, String type) {
        this.object = object;
        this.packageName = packageName;
        this.type = type;
        var names = new JavaNames();
        var described = new ArrayList<JsonNode>();
        object.path("fields").forEach(described::add);
        // standard fields get the plain names, whatever the order is
        described.stream()
                .sorted(Comparator.comparing(field -> field.path("custom").asBoolean()))
                .forEach(field -> names.field(field.path("name").asText()));
        for (JsonNode field : described) {
            String name = field.path("name").asText();
            boolean sent = name.equals("Id")
                    || field.path("createable").asBoolean(true)
                    || field.path("updateable").asBoolean(true);
            fields.add(new Field(name, text(field, "label"), javaType(field), names.field(name), !sent));
        }
    }

    private static String javaType(JsonNode field) {
        return switch (field.path("type").asText()) {
            case "boolean" -> "Boolean";
            case "int" -> "Integer";
            case "long" -> "Long";
            case "double", "currency", "percent" -> "java.math.BigDecimal";
            case "date" -> "java.time.LocalDate";
            case "datetime" -> "java.time.OffsetDateTime";
            case "time" -> "java.time.LocalTime";
            case "address", "location" -> "java.util.Map<String, Object>";
            case "anyType" -> "Object";
            default -> "String";
        };
    }

    /** A class with getters and setters. */
    String bean() {
        var source = head("import com.fasterxml.jackson.annotation.JsonAutoDetect;\n");
        source.append("@JsonAutoDetect(\n")
                .append("        fieldVisibility = JsonAutoDetect.Visibility.ANY,\n")
                .append("        getterVisibility = JsonAutoDetect.Visibility.NONE,\n")
                .append("        isGetterVisibility = JsonAutoDetect.Visibility.NONE,\n")
                .append("        setterVisibility = JsonAutoDetect.Visibility.NONE)\n")
                .append("public class " + type + " {\n\n");
        for (Field field : fields) {
            source.append("    " + field.annotation() + "\n")
                    .append("    private " + field.simpleType() + " " + field.java() + ";\n\n");
        }
        for (Field field : fields) {
            String set = field.readOnly() ? " Set by Salesforce: read, and never sent." : "";
            source.append("    /** " + field.label() + "." + set + " Null if it is not set. */\n")
                    .append("    public " + field.simpleType() + " get" + field.method() + "() {\n")
                    .append("        return " + field.java() + ";\n    }\n\n")
                    .append("    /** Sets " + field.label() + ". */\n")
                    .append("    public void set" + field.method() + "(" + field.simpleType() + " " + field.java()
                            + ") {\n")
                    .append("        this." + field.java() + " = " + field.java() + ";\n    }\n\n");
        }
        source.setLength(source.length() - 1);
        return source.append("}\n").toString();
    }

    /** A Java record. */
    String record() {
        if (fields.size() > MOST_COMPONENTS) {
            throw new IllegalArgumentException(object.path("name").asText() + " has " + fields.size()
                    + " fields, and a Java record may have " + MOST_COMPONENTS + ": use the format BEANS");
        }
        return head("").append("public record " + type + "(\n")
                .append(fields.stream()
                        .map(field -> "        " + field.annotation() + " " + field.simpleType() + " " + field.java())
                        .collect(Collectors.joining(",\n")))
                .append(") {}\n")
                .toString();
    }

    private StringBuilder head(String imports) {
        var lines = new TreeSet<String>();
        for (Field field : fields) {
            if (field.type().contains(".")) {
                lines.add("import " + field.type().replaceFirst("<.*", "") + ";\n");
            }
        }
        return new StringBuilder("package " + packageName + ";\n\n")
                .append(imports)
                .append("import com.fasterxml.jackson.annotation.JsonProperty;\n")
                .append(String.join("", lines))
                .append("\n/** A record of " + object.path("name").asText() + " (" + text(object, "label")
                        + "). Written by camel-sftoolkit-maven-plugin:describe. */\n");
    }

    /** A label for a comment. */
    private static String text(JsonNode described, String property) {
        return described
                .path(property)
                .asText(described.path("name").asText())
                .replace("*/", "* /")
                .replace("\\", "/")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("@", "&#64;");
    }
}
