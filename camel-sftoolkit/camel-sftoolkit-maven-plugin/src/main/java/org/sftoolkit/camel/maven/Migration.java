package org.sftoolkit.camel.maven;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sftoolkit.camel.maven.EndpointUse.Option;

/**
 * The counterpart of an endpoint of camel-salesforce; docs/migration-from-camel-salesforce.md is the same as a table.
 *
 * <p>Values of headers are not known here. What has to be said of them, and what is left out, stands in the notes.
 */
final class Migration {

    /** What has no meaning for sftoolkit, and nothing in its place. */
    private static final Set<String> NOT_NEEDED = Set.of(
            "rawPayload", "format", "objectMapper", "httpClient", "contentType", "updateTopic", "backoffIncrement");
    /** The same option under the same name. */
    private static final Set<String> SAME =
            Set.of("apiVersion", "lazyStartProducer", "bridgeErrorHandler", "exceptionHandler", "exchangePattern");

    final EndpointUse use;
    final Map<String, String> parameters = new LinkedHashMap<>();
    final List<String> notes = new ArrayList<>();
    final Set<String> read = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    String path;

    private Migration(EndpointUse use) {
        this.use = use;
    }

    static Migration of(EndpointUse use) {
        var migration = new Migration(use);
        if (!new RecordMigration(migration).convert() && !new JobMigration(migration).convert()) {
            migration.none("is no operation of camel-salesforce 4.18");
        }
        if (migration.path != null) {
            migration.leftOver();
        }
        return migration;
    }

    /** The URI without its options; null if there is no counterpart. */
    String path() {
        return path;
    }

    /** What the reader should know; of an endpoint without counterpart, why there is none. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** The options, with values as they may stand in a URI and in parameters of YAML. */
    Map<String, String> parameters() {
        var written = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> written.put(name, quoted(value)));
        return written;
    }

    /** The URI with its options, as text for a route. */
    String uri() {
        String query = parameters().entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining("&"));
        return path + (query.isEmpty() ? "" : "?" + query);
    }

    private static String quoted(String value) {
        return value.matches("(?s).*[&+%?#].*") && !value.contains("{{") ? "RAW(" + value + ")" : value;
    }

    void leftOver() {
        for (Option option : use.options()) {
            String name = option.name();
            if (SAME.contains(name) && !read.contains(name)) {
                parameters.put(name, option.value());
            } else if (NOT_NEEDED.contains(name)) {
                notes.add(name + " is not needed");
            } else if (!read.contains(name)) {
                notes.add(name + " has no counterpart here and is left out");
            }
        }
    }

    String option(String name) {
        read.add(name);
        return use.value(name);
    }

    String either(String name, String otherwise) {
        String value = option(name);
        return value == null ? otherwise : value;
    }

    void move(String from, String to) {
        String value = option(from);
        if (value != null) {
            parameters.put(to, value);
        }
    }

    void drop(String... names) {
        read.addAll(List.of(names));
    }

    void raw(String method, String resource) {
        to("raw");
        if (!method.equals("GET")) {
            parameters.put("method", method);
        }
        parameters.put("path", resource);
        if (resource.contains("{") && !resource.contains("{{")) {
            notes.add("put the value into path at { }, or give the path in the body");
        }
    }

    void to(String operation) {
        sftoolkit(operation, null);
    }

    void toObject(String operation) {
        String object = option("sObjectName");
        sftoolkit(operation, object);
        if (object == null) {
            String type = use.value("sObjectClass");
            if (type != null && !use.operation().startsWith("get")) {
                path += ":" + type.substring(type.lastIndexOf('.') + 1);
            } else {
                notes.add("name the object in the URI, as sftoolkit:" + operation + ":Account, if the records do not");
            }
        }
    }

    void sftoolkit(String operation, String object) {
        path = EndpointCheck.SCHEME + ":" + operation + (object == null ? "" : ":" + object);
    }

    void none(String why) {
        path = null;
        notes.add("salesforce:" + use.operation() + " " + why);
    }
}
