package org.sftoolkit.camel.maven;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.parser.RouteBuilderParser;
import org.apache.camel.parser.XmlRouteParser;
import org.apache.camel.parser.model.CamelEndpointDetails;
import org.jboss.forge.roaster.Roaster;
import org.jboss.forge.roaster.model.source.JavaClassSource;
import org.sftoolkit.camel.maven.EndpointUse.Side;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds endpoints in routes that are written in YAML, XML or Java; Camel's own parsers read the latter two. */
final class RouteFiles {

    private static final Path HERE = Path.of("").toAbsolutePath();

    private final Predicate<String> wanted;
    private final List<EndpointUse> uses = new ArrayList<>();
    private final Map<Path, String> texts = new LinkedHashMap<>();
    private final List<Fault> unreadable = new ArrayList<>();

    /** @param wanted whether a text is a URI that is looked for */
    RouteFiles(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /** Endpoints of all files that were added. */
    List<EndpointUse> uses() {
        return List.copyOf(uses);
    }

    /** The text of each file that was read. */
    Map<Path, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    /** Files that hold a URI that is looked for and cannot be read. */
    List<Fault> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Adds a folder with all below it, or a file; does nothing if it does not exist. */
    void add(Path start) throws IOException {
        if (!Files.exists(start)) {
            return;
        }
        try (var files = Files.walk(start)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                read(file.startsWith(HERE) ? HERE.relativize(file) : file);
            }
        }
    }

    private void read(Path file) throws IOException {
        String name = file.getFileName().toString();
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        if (!yaml && !name.endsWith(".xml") && !name.endsWith(".java")) {
            return;
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        if (text.lines().noneMatch(line -> words(line).anyMatch(wanted))) {
            return;
        }
        texts.put(file, text);
        try {
            uses.addAll(
                    yaml
                            ? new YamlEndpoints(file, 1, wanted).in(text)
                            : name.endsWith(".xml") ? inXml(file, text) : inJava(file, text));
        } catch (YamlEngineException e) {
            unreadable.add(new Fault(file, 1, "is no YAML: " + e.getMessage()));
        } catch (Exception e) {
            unreadable.add(new Fault(file, 1, "cannot be read: " + e.getMessage()));
        }
    }

    private static Stream<String> words(String line) {
        return Arrays.stream(line.split("[\\s\"'<>=(,]+")).map(word -> word.contains(":") ? word : word + ":");
    }

    private List<EndpointUse> inXml(Path file, String text) throws Exception {
        var details = new ArrayList<CamelEndpointDetails>();
        XmlRouteParser.parseXmlRouteEndpoints(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "", file.toString(), details);
        return withOthers(uses(file, details), OtherEndpoints.inXml(file, text));
    }

    private List<EndpointUse> inJava(Path file, String text) throws URISyntaxException {
        var details = new ArrayList<CamelEndpointDetails>();
        if (Roaster.parse(text) instanceof JavaClassSource type) {
            RouteBuilderParser.parseRouteBuilderEndpoints(type, "", file.toString(), details);
        }
        return withOthers(uses(file, details), OtherEndpoints.inJava(file, text));
    }

    /** Adds those that Camel's parser did not find. */
    private List<EndpointUse> withOthers(List<EndpointUse> found, List<EndpointUse> others) {
        others.stream()
                .filter(other -> wanted.test(other.text().uri()))
                .filter(other -> found.stream()
                        .noneMatch(use -> use.line() == other.line()
                                && use.text().uri().equals(other.text().uri())))
                .toList()
                .forEach(found::add);
        return found;
    }

    private List<EndpointUse> uses(Path file, List<CamelEndpointDetails> details) throws URISyntaxException {
        var found = new ArrayList<EndpointUse>();
        for (CamelEndpointDetails detail : details) {
            // the pattern of an interceptor is no endpoint
            if (wanted.test(detail.getEndpointUri()) && !detail.getEndpointUri().endsWith("*")) {
                Side side = detail.isConsumerOnly() ? Side.FROM : detail.isProducerOnly() ? Side.TO : Side.EITHER;
                int line = detail.getLineNumber() == null ? 1 : Integer.parseInt(detail.getLineNumber());
                found.add(EndpointUse.of(file, line, side, detail.getEndpointUri(), List.of()));
            }
        }
        return found;
    }
}
