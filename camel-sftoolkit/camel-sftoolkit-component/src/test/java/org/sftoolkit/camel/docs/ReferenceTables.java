package org.sftoolkit.camel.docs;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.sftoolkit.camel.OperationName;
import org.sftoolkit.camel.operation.HonouredOptions;

/** Writes the tables of the reference page from the catalogue's entry. */
final class ReferenceTables {

    private static final List<String> GROUPS =
            List.of("common", "security", "producer", "consumer", "consumer (advanced)", "producer (advanced)");

    private final ComponentModel component;

    ReferenceTables(ComponentModel component) {
        this.component = component;
    }

    /** Parts of the URI, options by group, headers. */
    String markdown() {
        var text = new StringBuilder();
        text.append("## Parts of the URI\n\n`").append(component.getSyntax()).append("`\n\n");
        table(text, component.getEndpointPathOptions());
        groups(text, "Options of endpoints, and of the component: ", component.getEndpointParameterOptions());
        var ofEndpoints = component.getEndpointParameterOptions().stream()
                .map(BaseOptionModel::getName)
                .collect(Collectors.toSet());
        text.append("## Options of the component alone\n\n");
        table(
                text,
                component.getComponentOptions().stream()
                        .filter(option -> !ofEndpoints.contains(option.getName()))
                        .toList());
        operations(text);
        headers(text);
        return text.toString().stripTrailing() + "\n";
    }

    private static void groups(StringBuilder text, String title, List<? extends BaseOptionModel> options) {
        var groups = new TreeMap<String, List<BaseOptionModel>>(
                Comparator.comparingInt(ReferenceTables::place).thenComparing(Comparator.naturalOrder()));
        groups.putAll(options.stream().collect(Collectors.groupingBy(BaseOptionModel::getGroup)));
        for (Map.Entry<String, List<BaseOptionModel>> group : groups.entrySet()) {
            text.append("## ").append(title).append(group.getKey()).append("\n\n");
            table(text, group.getValue());
        }
    }

    private static int place(String group) {
        int place = GROUPS.indexOf(group);
        return place < 0 ? GROUPS.size() : place;
    }

    private static void table(StringBuilder text, List<? extends BaseOptionModel> options) {
        text.append("| option | type | default | what it says |\n|---|---|---|---|\n");
        options.stream()
                .sorted(Comparator.comparing(BaseOptionModel::getName))
                .forEach(option -> row(
                        text,
                        '`' + option.getName() + '`',
                        type(option),
                        option.getDefaultValue() == null ? "" : "`" + option.getDefaultValue() + '`',
                        description(option)));
        text.append('\n');
    }

    /** Each option that not all operations honour, with those that do. */
    private void operations(StringBuilder text) {
        text.append("## Which operation honours what\n\n"
                + "An option that stands in a URI and that its operation does not honour is refused when the"
                + " endpoint is created. Options of the connection hold for all operations; so do those of Camel,"
                + " each on its side of a route. `allowHeaderOverride` takes those of the operation in `to`, but"
                + " for `allowHeaderOverride`, `continueOn`, `progressListener`, `requestHeaders`, `synchronous`"
                + " and `type`.\n\n"
                + "| option | in `to` | in `from` |\n"
                + "|---|---|---|\n");
        Arrays.stream(OperationName.values())
                .flatMap(operation -> Stream.of(operation.producerOptions(), operation.consumerOptions()))
                .filter(Objects::nonNull)
                .flatMap(options -> options.names().stream())
                .distinct()
                .sorted()
                .forEach(option -> row(
                        text,
                        '`' + option + '`',
                        honouring(option, OperationName::producerOptions),
                        honouring(option, OperationName::consumerOptions)));
        text.append('\n');
    }

    private static String honouring(String option, Function<OperationName, HonouredOptions> side) {
        List<OperationName> able = Arrays.stream(OperationName.values())
                .filter(operation -> side.apply(operation) != null)
                .toList();
        List<OperationName> honouring = able.stream()
                .filter(operation -> side.apply(operation).names().contains(option))
                .toList();
        return honouring.size() == able.size()
                ? "all"
                : honouring.stream()
                        .map(operation -> '`' + operation.name() + '`')
                        .collect(Collectors.joining(" "));
    }

    private void headers(StringBuilder text) {
        text.append("## Headers\n\n| header | type | what it says |\n|---|---|---|\n");
        component.getEndpointHeaders().stream()
                .sorted(Comparator.comparing(BaseOptionModel::getName))
                .forEach(header ->
                        row(text, '`' + header.getName() + '`', header.getShortJavaType(), description(header)));
    }

    private static String type(BaseOptionModel option) {
        return option.getEnums() == null
                ? option.getShortJavaType()
                : option.getEnums().stream().map(value -> '`' + value + '`').collect(Collectors.joining(" "));
    }

    private static String description(BaseOptionModel option) {
        String marks = (option.isRequired() ? "**Required.** " : "")
                + (option.isSecret() ? "**Secret.** " : "")
                + (option.isDeprecated() ? "**Deprecated.** " : "");
        return marks + option.getDescription();
    }

    private static void row(StringBuilder text, String... cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(cell.replace("|", "\\|").replace("\n", " ")).append(" |");
        }
        text.append('\n');
    }
}
