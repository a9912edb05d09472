package org.sftoolkit.camel.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.sftoolkit.camel.OperationName;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Checks routes in YAML: their structure by the schema of Camel's YAML DSL, their endpoints by its catalogue.
 *
 * <p>What is no whole document is taken for what it can be: a list of steps, one step, a {@code from}. A Kamelet is checked by
 * its template. Documents of several parts are checked part by part.
 */
final class YamlCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelCatalog catalogue = Catalogue.camel();
    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(YamlCheck.class.getResourceAsStream("/schema/camelYamlDsl.json"));
    private final Set<String> topLevel;

    YamlCheck() {
        var names = new java.util.HashSet<String>();
        schema.getSchemaNode().path("items").path("properties").fieldNames().forEachRemaining(names::add);
        topLevel = Set.copyOf(names);
    }

    /** What is wrong with the text; empty where nothing is. */
    List<String> faults(String yaml) {
        var faults = new ArrayList<String>();
        try {
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
                Object routes = routes(document);
                for (ValidationMessage message : schema.validate(JSON.valueToTree(routes))) {
                    faults.add(message.getMessage());
                }
                endpoints(routes, faults);
            }
        } catch (RuntimeException e) {
            faults.add(e.getMessage());
        }
        return faults;
    }

    private Object routes(Object document) {
        if (document instanceof List<?> list && !list.isEmpty()) {
            boolean whole = list.stream()
                    .allMatch(entry -> entry instanceof Map<?, ?> map
                            && map.keySet().stream().allMatch(topLevel::contains));
            return whole ? list.stream().map(YamlCheck::withSteps).toList() : route(list);
        }
        if (document instanceof Map<?, ?> map) {
            if ("Kamelet".equals(map.get("kind"))) {
                return template(map);
            }
            return map.containsKey("from") || map.containsKey("route") ? List.of(withSteps(map)) : route(List.of(map));
        }
        throw new IllegalArgumentException(
                "neither routes nor steps: a block of another kind is not to be called yaml");
    }

    private static Object route(List<?> steps) {
        return List.of(Map.of("from", Map.of("uri", "direct:snippet", "steps", steps)));
    }

    /** A {@code from} that a page shows without its steps. */
    private static Object withSteps(Object entry) {
        if (entry instanceof Map<?, ?> map
                && map.get("from") instanceof Map<?, ?> from
                && Set.of("uri", "parameters").containsAll(from.keySet())) {
            var whole = new LinkedHashMap<Object, Object>(from);
            whole.put("steps", List.of(Map.of("to", "mock:snippet")));
            return Map.of("from", whole);
        }
        return entry;
    }

    private static Object template(Map<?, ?> kamelet) {
        var spec = (Map<?, ?>) kamelet.get("spec");
        var template = (Map<?, ?>) spec.get("template");
        var parts = new ArrayList<Object>();
        if (template.containsKey("beans")) {
            parts.add(Map.of("beans", template.get("beans")));
        }
        parts.add(
                template.containsKey("route")
                        ? Map.of("route", template.get("route"))
                        : Map.of("from", template.get("from")));
        return parts;
    }

    private void endpoints(Object node, List<String> faults) {
        if (node instanceof List<?> list) {
            list.forEach(entry -> endpoints(entry, faults));
        } else if (node instanceof Map<?, ?> map) {
            if (map.get("uri") instanceof String uri) {
                endpoint(uri, map.get("parameters") instanceof Map<?, ?> more ? more : Map.of(), faults);
            }
            if (map.get("from") instanceof Map<?, ?> from) {
                repeats(from, faults);
            }
            map.forEach((key, value) -> {
                if (value instanceof String uri && (key.equals("to") || key.equals("from"))) {
                    endpoint(uri, Map.of(), faults);
                } else {
                    endpoints(value, faults);
                }
            });
        }
    }

    /** A file that a route refuses comes again at once, and for ever, unless it is moved away. */
    private static void repeats(Map<?, ?> from, List<String> faults) {
        String uri = String.valueOf(from.get("uri"));
        boolean moved = uri.contains("moveFailed=")
                || from.get("parameters") instanceof Map<?, ?> parameters && parameters.containsKey("moveFailed");
        if (uri.startsWith("file:") && !moved) {
            faults.add(uri + ": set moveFailed, or a file that is refused comes again for ever");
        }
    }

    private static void honoured(String uri, Map<String, String> options, List<String> faults) {
        OperationName operation = OperationName.valueOf(options.get("operation"));
        for (String option : options.keySet()) {
            boolean ofSome = Arrays.stream(OperationName.values()).anyMatch(other -> honours(other, option));
            if (ofSome && !honours(operation, option)) {
                faults.add(uri + ": " + operation + " has no option " + option);
            }
        }
    }

    private static boolean honours(OperationName operation, String option) {
        return operation.hasProducer() && operation.producerOptions().names().contains(option)
                || operation.hasConsumer()
                        && operation.consumerOptions().names().contains(option);
    }

    private void endpoint(String uri, Map<?, ?> parameters, List<String> faults) {
        if (uri.startsWith("master:")) {
            endpoint(uri.replaceFirst("master:[^:]*:", ""), parameters, faults);
            return;
        }
        String scheme = uri.replaceFirst(":.*", "");
        if (catalogue.componentJSonSchema(scheme) == null) {
            return;
        }
        try {
            var all = new LinkedHashMap<>(uri.contains(":") ? catalogue.endpointProperties(uri) : Map.of());
            parameters.forEach((name, value) -> all.put(name.toString(), String.valueOf(value)));
            EndpointValidationResult result =
                    catalogue.validateEndpointProperties(catalogue.asEndpointUri(scheme, all, false));
            if (result.isSuccess() && scheme.equals("sftoolkit")) {
                honoured(uri, all, faults);
            }
            if (!result.isSuccess()) {
                faults.add(uri + ": " + result.summaryErrorMessage(false).strip());
            }
        } catch (URISyntaxException | RuntimeException e) {
            faults.add(uri + ": " + e.getMessage());
        }
    }
}
