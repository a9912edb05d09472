package org.sftoolkit.camel.maven;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointHeaderModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import org.sftoolkit.camel.OperationName;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.maven.EndpointUse.Option;

/**
 * Checks endpoints by Camel's catalogue, and what that finds right by the component itself. Values that are known only
 * when the route runs (placeholders, beans, expressions) are taken for right.
 */
final class EndpointCheck implements AutoCloseable {

    /** The component's scheme. */
    static final String SCHEME = "sftoolkit";

    /** What the headers that stand for options begin with. */
    private static final String OVERRIDE = "CamelSfToolkit";

    private static final Set<String> OF_TEXT = Set.of("string", "object");

    private static final Pattern DURATION = Pattern.compile("(\\d+(ms|[dhms]))+", Pattern.CASE_INSENSITIVE);

    private final CamelCatalog catalogue = new DefaultCamelCatalog();
    private final ComponentModel model;
    private final OfflineComponent component;
    private final DescribedObjects described;

    /** @param described the objects that may be used; null if any may be */
    EndpointCheck(DescribedObjects described) {
        this.described = described;
        catalogue.addComponent(SCHEME, SfToolkitComponent.class.getName());
        model = catalogue.componentModel(SCHEME);
        component = new OfflineComponent(model.getEndpointOptions().stream()
                .filter(option -> option.getLabel() != null && option.getLabel().contains("security"))
                .map(EndpointOptionModel::getName)
                .collect(Collectors.toSet()));
    }

    /** What checks names of headers: those of the catalogue, and those that may override an option. */
    HeaderCheck headers() {
        Stream<String> own = model.getEndpointHeaders().stream().map(EndpointHeaderModel::getName);
        Stream<String> overrides = options().stream()
                .map(name -> OVERRIDE + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        return new HeaderCheck(Stream.concat(own, overrides).distinct().toList());
    }

    private List<String> options() {
        return model.getEndpointOptions().stream()
                .map(EndpointOptionModel::getName)
                .toList();
    }

    /** What is wrong with an endpoint; empty if nothing is. */
    List<Fault> faults(EndpointUse use) {
        if (!use.scheme().equals(SCHEME)) {
            return List.of(new Fault(
                    use.file(),
                    use.line(),
                    "unknown component '" + use.scheme() + "'" + Suggestions.didYouMean(SCHEME)));
        }
        String operation = use.operation();
        List<String> operations =
                Arrays.stream(OperationName.values()).map(Enum::name).toList();
        if (new Option("operation", operation, use.line()).isOpen()) {
            return List.of();
        }
        if (!operations.contains(operation)) {
            String suggestion = Suggestions.of(operation, operations);
            return List.of(new Fault(
                    use.file(),
                    use.line(),
                    "unknown operation '" + operation + "'"
                            + (suggestion.isEmpty() ? ": use one of " + String.join(", ", operations) : suggestion)));
        }
        var faults = new ArrayList<Fault>();
        var wrong = new HashSet<String>();
        EndpointUse named = canonical(use);
        byCatalogue(named, faults, wrong);
        if (!named.hasOpenNames()) {
            byComponent(named, faults, wrong);
        }
        if (described != null) {
            new FieldCheck(described, named, faults).check();
        }
        return faults;
    }

    /** The same endpoint with options spelled as in the catalogue; the component takes them in any case and with dashes. */
    private EndpointUse canonical(EndpointUse use) {
        List<Option> options = use.options().stream()
                .map(option -> new Option(
                        model.getEndpointOptions().stream()
                                .map(EndpointOptionModel::getName)
                                .filter(name ->
                                        name.equalsIgnoreCase(option.name().replace("-", "")))
                                .findFirst()
                                .orElse(option.name()),
                        option.value(),
                        option.line()))
                .toList();
        return new EndpointUse(use.file(), use.line(), use.side(), use.scheme(), use.path(), options, use.text());
    }

    private void byCatalogue(EndpointUse use, List<Fault> faults, Set<String> wrong) {
        var values = new LinkedHashMap<String, String>();
        for (Option option : use.options()) {
            if (option.hasOpenName()) {
                continue;
            }
            values.put(option.name(), isText(option.name()) ? "x" : option.isOpen() ? "{{x}}" : option.value());
        }
        String query = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        EndpointValidationResult result = catalogue.validateEndpointProperties(
                SCHEME + ":" + use.operation() + (query.isEmpty() ? "" : "?" + query));
        for (Option option : use.options()) {
            String fault = fault(result, option);
            if (fault != null) {
                faults.add(new Fault(use.file(), option.line(), fault));
                wrong.add(option.name());
                wrong.addAll(Suggestions.names(option.name(), options()));
            }
        }
    }

    private boolean isText(String name) {
        return model.getEndpointOptions().stream()
                .anyMatch(option -> option.getName().equals(name)
                        && OF_TEXT.contains(option.getType())
                        && option.getEnums() == null);
    }

    /** Camel reads durations for every {@code long}, which the catalogue does not know. */
    private boolean isDuration(String name) {
        return model.getEndpointOptions().stream()
                .anyMatch(option -> option.getName().equals(name) && "long".equals(option.getJavaType()));
    }

    private String fault(EndpointValidationResult result, Option option) {
        String name = option.name();
        if (result.getUnknown() != null && result.getUnknown().contains(name)) {
            return "unknown option " + name + Suggestions.of(name, options());
        }
        String set = name + "=" + option.value();
        if (has(result.getInvalidEnum(), name)) {
            List<String> choices = result.getEnumChoices(name);
            String suggestion = Suggestions.of(option.value().toUpperCase(Locale.ROOT), choices);
            return set + " is not allowed" + suggestion + (suggestion.isEmpty() ? ": use one of " : " Allowed: ")
                    + String.join(", ", choices);
        }
        if (has(result.getInvalidBoolean(), name)) {
            return set + ": use true or false";
        }
        boolean number = has(result.getInvalidInteger(), name) || has(result.getInvalidNumber(), name);
        if (has(result.getInvalidDuration(), name) || number && isDuration(name)) {
            return DURATION.matcher(option.value()).matches()
                    ? null
                    : set + ": use a number of milliseconds, or a duration such as 30s or 5m";
        }
        if (number) {
            return set + ": use a number";
        }
        return null;
    }

    private static boolean has(Map<String, String> invalid, String name) {
        return invalid != null && invalid.containsKey(name);
    }

    /**
     * Lets the component create the endpoint, again without the option that it refuses, until it accepts. What it says
     * of an option that was found wrong before, or whose value is open, would be a consequence and not a fault.
     */
    private void byComponent(EndpointUse use, List<Fault> faults, Set<String> wrong) {
        var options = new ArrayList<>(use.options());
        options.removeIf(option -> wrong.contains(option.name()));
        while (true) {
            String refusal = component.refusal(use, options);
            if (refusal == null || names(refusal, wrong)) {
                return;
            }
            Option refused = options.stream()
                    .filter(option -> isNamed(refusal.replaceFirst("\\. Its options.*", ""), option.name()))
                    .findFirst()
                    .orElse(null);
            boolean open = use.options().stream()
                    .anyMatch(option -> option.isOpen()
                            && isNamed(refusal, option.name())
                            && !refusal.contains("has no option " + option.name()));
            if (!open) {
                faults.add(new Fault(use.file(), refused == null ? use.line() : refused.line(), refusal));
            }
            if (refused == null) {
                return;
            }
            wrong.add(refused.name());
            options.remove(refused);
        }
    }

    private static boolean names(String message, Set<String> options) {
        String refusal = message.replaceFirst("\\. Its options.*", "");
        return options.stream().anyMatch(option -> isNamed(refusal, option));
    }

    private static boolean isNamed(String message, String option) {
        return message.matches("(?s).*\\b" + Pattern.quote(option) + "\\b.*");
    }

    @Override
    public void close() {
        component.end();
    }
}
