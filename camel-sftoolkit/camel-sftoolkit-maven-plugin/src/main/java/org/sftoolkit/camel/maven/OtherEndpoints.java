package org.sftoolkit.camel.maven;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.camel.maven.EndpointUse.Side;

/**
 * Finds the endpoints that Camel's parsers pass over: those that stand in the expression of an enricher, a recipient list
 * or a router, and those that Java code gives to a template. Only whole texts are read.
 */
final class OtherEndpoints {

    private static final String BY_EXPRESSION = "enrich|pollEnrich|recipientList|routingSlip|dynamicRouter";

    private static final Pattern OF_XML =
            Pattern.compile("<(" + BY_EXPRESSION + ")\\b[^>]*>\\s*<(?:constant|simple)\\b[^>]*>([^<]*)</");

    private static final Pattern OF_ROUTES = Pattern.compile(
            "[.](" + BY_EXPRESSION + ")[(]\\s*(?:constant|simple)[(]\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*[,)]");

    private static final Pattern OF_TEMPLATES = Pattern.compile("[.]((?:async)?(?:[sS]end|[rR]equest)(?:Body\\w*)?"
            + "|receive(?:Body)?(?:NoWait)?|setDefaultEndpointUri|getEndpoint)"
            + "[(]\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*[,)]");

    private OtherEndpoints() {}

    static List<EndpointUse> inXml(Path file, String text) throws URISyntaxException {
        var found = new ArrayList<EndpointUse>();
        for (Matcher matcher = OF_XML.matcher(text); matcher.find(); ) {
            String uris = matcher.group(2)
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&");
            add(file, text, matcher, uris.strip(), found);
        }
        return found;
    }

    static List<EndpointUse> inJava(Path file, String text) throws URISyntaxException {
        var found = new ArrayList<EndpointUse>();
        for (Pattern pattern : List.of(OF_ROUTES, OF_TEMPLATES)) {
            for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
                add(file, text, matcher, matcher.group(2).replaceAll("\\\\([\"\\\\])", "$1"), found);
            }
        }
        return found;
    }

    private static void add(Path file, String text, Matcher place, String uris, List<EndpointUse> found)
            throws URISyntaxException {
        int line = 1
                + (int) text.substring(0, place.start(2)).lines().count()
                - (startsLine(text, place.start(2)) ? 0 : 1);
        for (String uri : EndpointUse.listed(uris)) {
            found.add(EndpointUse.of(file, line, side(place.group(1)), uri, List.of()));
        }
    }

    private static boolean startsLine(String text, int place) {
        return place == 0 || text.charAt(place - 1) == '\n';
    }

    private static Side side(String caller) {
        if (caller.startsWith("receive") || caller.equals("pollEnrich")) {
            return Side.FROM;
        }
        return caller.startsWith("get") ? Side.EITHER : Side.TO;
    }
}
