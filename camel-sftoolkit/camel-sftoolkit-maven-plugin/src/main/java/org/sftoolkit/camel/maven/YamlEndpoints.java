package org.sftoolkit.camel.maven;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Finds endpoints in YAML, Kamelets included, with the line of each option. */
final class YamlEndpoints {

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
            visit(document, "", Side.TO);
        }
        return found;
    }

    private void visit(Node node, String key, Side side) throws URISyntaxException {
        if (node instanceof SequenceNode list) {
            for (Node entry : list.getValue()) {
                visit(entry, key, side);
            }
        } else if (node instanceof ScalarNode scalar && wanted.test(scalar.getValue())) {
            var text = new Text(scalar.getValue(), span(scalar), null);
            found.add(EndpointUse.of(file, line(scalar), side, text, List.of()));
        } else if (node instanceof MappingNode map) {
            visitMap(map, side);
        }
    }

    private void visitMap(MappingNode map, Side side) throws URISyntaxException {
        Node uri = child(map, "uri");
        boolean named = uri instanceof ScalarNode scalar && wanted.test(scalar.getValue());
        if (named) {
            Node parameters = child(map, "parameters");
            var text = new Text(((ScalarNode) uri).getValue(), span(uri), span(parameters));
            found.add(EndpointUse.of(file, line(uri), side, text, options(parameters)));
        }
        for (NodeTuple entry : map.getValue()) {
            String key = text(entry.getKeyNode());
            if (!named || !(key.equals("uri") || key.equals("parameters"))) {
                visit(entry.getValueNode(), key, sideOf(key, side));
            }
        }
    }

    private static Side sideOf(String key, Side outer) {
        return switch (key) {
            case "from", "pollEnrich", "poll" -> Side.FROM;
            case "steps", "to" -> Side.TO;
            default -> outer;
        };
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
