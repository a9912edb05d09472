package org.sftoolkit.camel.maven;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.sftoolkit.camel.maven.EndpointUse.Option;
import org.sftoolkit.camel.maven.EndpointUse.Side;
import org.sftoolkit.camel.maven.EndpointUse.Span;
import org.sftoolkit.camel.maven.EndpointUse.Text;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds endpoints in YAML, Kamelets included, with the line of each option. Texts of logs, bodies and descriptions are no
 * endpoints, whatever they begin with; nor are the patterns of interceptors.
 */
final class YamlEndpoints {

    /** What these say is an endpoint, or a list of them, though it stands in an expression. */
    private static final Set<String> BY_EXPRESSION =
            Set.of("enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");

    private static final Set<String> EXPRESSIONS = Set.of(
            "constant",
            "simple",
            "csimple",
            "groovy",
            "jq",
            "joor",
            "js",
            "jsonpath",
            "mvel",
            "ognl",
            "python",
            "spel");

    private static final Set<String> TEXTS =
            Set.of("id", "routeId", "name", "description", "note", "title", "log", "message");

    /** The component, for {@code uri: sftoolkit} with the whole path among the parameters, and the names of its parts. */
    private static final Map<String, List<String>> PATHS =
            Map.of("sftoolkit", List.of("operation", "sObject"), "salesforce", List.of("operationName", "topicName"));

    /** Where a node stands: the key that it belongs to, the side of the route, whether expressions here say endpoints. */
    private record Place(String key, Side side, boolean endpoints) {

        Place below(String key) {
            return switch (key) {
                case "from", "poll" -> new Place(key, Side.FROM, false);
                case "pollEnrich" -> new Place(key, Side.FROM, true);
                case "steps", "to" -> new Place(key, Side.TO, false);
                default -> new Place(key, side, endpoints || BY_EXPRESSION.contains(key));
            };
        }

        boolean namesEndpoints() {
            return EXPRESSIONS.contains(key) || key.equals("expression") ? endpoints : !TEXTS.contains(key);
        }
    }

    private final Path file;
    private final int firstLine;
    private final Predicate<String> wanted;
    private final List<EndpointUse> found = new ArrayList<>();

    /**
     * @param firstLine line of the file that the text begins at
     * @param wanted whether a text is a URI that is looked for
     */
    YamlEndpoints(Path file, int firstLine, Predicate<String> wanted) {
        this.file = file;
        this.firstLine = firstLine;
        this.wanted = wanted;
    }

    List<EndpointUse> in(String yaml) throws URISyntaxException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(true)
                .build();
        for (Node document : new Compose(settings).composeAllFromString(yaml)) {
            visit(document, new Place("", Side.TO, false));
        }
        return found;
    }

    private void visit(Node node, Place place) throws URISyntaxException {
        if (node instanceof SequenceNode list) {
            for (Node entry : list.getValue()) {
                visit(entry, place);
            }
        } else if (node instanceof ScalarNode scalar) {
            visitText(scalar, place);
        } else if (node instanceof MappingNode map) {
            visitMap(map, place);
        }
    }

    private void visitText(ScalarNode scalar, Place place) throws URISyntaxException {
        if (!place.namesEndpoints()) {
            return;
        }
        List<String> uris = place.endpoints() ? EndpointUse.listed(scalar.getValue()) : List.of(scalar.getValue());
        for (String uri : uris) {
            if (wanted.test(uri)) {
                var text = new Text(uri, uris.size() == 1 ? span(scalar) : null, null);
                found.add(EndpointUse.of(file, line(scalar), place.side(), text, List.of()));
            }
        }
    }

    private void visitMap(MappingNode map, Place place) throws URISyntaxException {
        Node uri = child(map, "uri");
        Node parameters = child(map, "parameters");
        boolean pattern = place.key().startsWith("intercept");
        boolean named = !pattern && uri instanceof ScalarNode scalar && wanted.test(scalar.getValue());
        boolean byParameters = !pattern && !named && PATHS.containsKey(text(uri)) && wanted.test(text(uri) + ":");
        if (named) {
            var text = new Text(text(uri), span(uri), span(parameters));
            found.add(EndpointUse.of(file, line(uri), place.side(), text, options(parameters)));
        } else if (byParameters) {
            found.add(ofParameters(text(uri), line(uri), place.side(), options(parameters)));
        }
        for (NodeTuple entry : map.getValue()) {
            String key = text(entry.getKeyNode());
            boolean done = (named || byParameters || pattern) && (key.equals("uri") || key.equals("parameters"));
            if (!done) {
                visit(entry.getValueNode(), place.below(key));
            }
        }
    }

    /** The use of an endpoint whose path stands among its parameters. */
    private EndpointUse ofParameters(String scheme, int line, Side side, List<Option> parameters)
            throws URISyntaxException {
        var options = new ArrayList<>(parameters);
        var uri = new StringBuilder(scheme);
        int place = line;
        for (String part : PATHS.get(scheme)) {
            for (Option option : parameters) {
                if (option.name().equals(part)) {
                    place = uri.length() == scheme.length() ? option.line() : place;
                    uri.append(':').append(option.value());
                    options.remove(option);
                }
            }
        }
        return EndpointUse.of(file, place, side, new Text(uri.toString(), null, null), options);
    }

    private List<Option> options(Node parameters) {
        var options = new ArrayList<Option>();
        if (parameters instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                options.add(new Option(text(entry.getKeyNode()), text(entry.getValueNode()), line(entry.getKeyNode())));
            }
        }
        return options;
    }

    /** Where a text or a map stands; null for anything else, or a text of several lines. */
    private static Span span(Node node) {
        boolean line = node instanceof ScalarNode scalar
                && scalar.getScalarStyle() != ScalarStyle.LITERAL
                && scalar.getScalarStyle() != ScalarStyle.FOLDED;
        if (!line && !(node instanceof MappingNode)) {
            return null;
        }
        Mark begin = node.getStartMark().orElseThrow();
        boolean block = node instanceof MappingNode map && map.getFlowStyle() == FlowStyle.BLOCK;
        return new Span(begin.getIndex(), end(node), block ? begin.getColumn() : -1);
    }

    /** The end of a block is where its last value ends: comments below it are not its own. */
    private static int end(Node node) {
        if (node instanceof MappingNode map
                && map.getFlowStyle() == FlowStyle.BLOCK
                && !map.getValue().isEmpty()) {
            return end(map.getValue().get(map.getValue().size() - 1).getValueNode());
        }
        return node.getEndMark().orElseThrow().getIndex();
    }

    private static Node child(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(entry -> text(entry.getKeyNode()).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private int line(Node node) {
        return firstLine + node.getStartMark().orElseThrow().getLine();
    }
}
