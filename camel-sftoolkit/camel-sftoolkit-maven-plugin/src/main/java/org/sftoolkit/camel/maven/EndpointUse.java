package org.sftoolkit.camel.maven;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;

/**
 * A place of a route that names an endpoint.
 *
 * @param file where it stands
 * @param line its line, beginning with 1
 * @param side which side of a route it is on
 * @param scheme the component, such as {@code sftoolkit}
 * @param path the part of the URI between scheme and options
 * @param options its options, those of the URI first
 * @param text how it is written
 */
record EndpointUse(Path file, int line, Side side, String scheme, String path, List<Option> options, Text text) {

    /** The side of a route; {@code EITHER} if the file does not tell. */
    enum Side {
        FROM,
        TO,
        EITHER
    }

    /**
     * One option of the endpoint.
     *
     * @param value its text, without {@code RAW()}
     */
    record Option(String name, String value, int line) {

        Option {
            value = RAW.matcher(value).replaceAll("$1$2");
        }

        /** Whether it is a placeholder for options. */
        boolean hasOpenName() {
            return UNKNOWN.matcher(name).find();
        }

        /** Whether the value is known only when the route runs. */
        boolean isOpen() {
            return value.startsWith("#") || UNKNOWN.matcher(value).find();
        }
    }

    /**
     * The characters of a file that name an endpoint.
     *
     * @param uri the URI as the file's language reads it
     * @param where its place; null if the parser tells no more than the line
     * @param parameters the place of the options beside it; null without them
     */
    record Text(String uri, Span where, Span parameters) {}

    /**
     * A part of a file.
     *
     * @param begin first character
     * @param end the character behind the last one
     * @param indent columns before a block of entries; -1 if it is no block
     */
    record Span(int begin, int end, int indent) {}

    private static final Pattern RAW = Pattern.compile("^RAW\\((.*)\\)$|^RAW\\{(.*)}$", Pattern.DOTALL);
    private static final Pattern UNKNOWN = Pattern.compile("\\{\\{|\\$\\{|\\$simple\\{");
    private static final Pattern NEXT_OF_LIST = Pattern.compile(",(?=\\s*[A-Za-z][\\w.+-]*:)");
    private static final Pattern WRAPPER = Pattern.compile("^master:[^:]*:");

    EndpointUse {
        options = List.copyOf(options);
    }

    /**
     * The use of a URI, without a component such as {@code master:} around it.
     *
     * @param more options that stand beside the URI
     */
    static EndpointUse of(Path file, int line, Side side, String uri, List<Option> more) throws URISyntaxException {
        return of(file, line, side, new Text(uri, null, null), more);
    }

    /** The use of an endpoint that is written so. */
    static EndpointUse of(Path file, int line, Side side, Text text, List<Option> more) throws URISyntaxException {
        String uri = text.uri();
        String inner = WRAPPER.matcher(uri.strip()).replaceFirst("");
        int query = inner.indexOf('?');
        String base = query < 0 ? inner : inner.substring(0, query);
        int colon = base.indexOf(':');
        var options = new ArrayList<Option>();
        if (query >= 0) {
            Map<String, Object> parsed = URISupport.parseQuery(inner.substring(query + 1), false, true);
            parsed.forEach((name, value) -> options.add(new Option(name, String.valueOf(value), line)));
        }
        options.addAll(more);
        return new EndpointUse(
                file,
                line,
                side,
                colon < 0 ? base : base.substring(0, colon),
                colon < 0 ? "" : base.substring(colon + 1).replaceFirst("^//", ""),
                options,
                text);
    }

    /** The URIs of a text that may be a list of them, as a recipient list takes it. */
    static List<String> listed(String uris) {
        return List.of(NEXT_OF_LIST.split(uris));
    }

    /** Whether options are known only when the route runs, names included: <code>?{{options}}</code>. */
    boolean hasOpenNames() {
        return options.stream().anyMatch(Option::hasOpenName);
    }

    /** The first part of the path. */
    String operation() {
        int colon = path.indexOf(':');
        return colon < 0 ? path : path.substring(0, colon);
    }

    /** The second part of the path; null if there is only one. */
    String sObject() {
        int colon = path.indexOf(':');
        return colon < 0 ? null : path.substring(colon + 1);
    }

    /** Value of an option; null without it. */
    String value(String name) {
        return options.stream()
                .filter(option -> option.name().equalsIgnoreCase(name))
                .map(Option::value)
                .findFirst()
                .orElse(null);
    }
}
