package org.sftoolkit.camel.client;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Paths that a route names by itself. They lead to the instance of the connection and to nowhere else, whatever they hold: the
 * access token goes along.
 */
public final class RawPath {

    private static final String UNRESERVED_AND_RESERVED = "-._~:/?[]@!$&'()*+,;=%";

    private RawPath() {}

    /**
     * The path as a request takes it, below the instance or below the API version, with what no URI may hold encoded.
     *
     * @throws IllegalArgumentException for a full URL, and for a path that climbs out of its place
     */
    public static String of(String path) {
        String given = path.strip();
        if (given.matches("(?i)[a-z][a-z0-9+.-]*:.*") || given.startsWith("//") || given.startsWith("\\")) {
            throw new IllegalArgumentException("path=" + path
                    + " is a full URL: give the path below the instance, as in /services/apexrest/Order");
        }
        String absolute = given.startsWith("/") ? given : "/" + given;
        String plain =
                absolute.replaceFirst("[?].*", "").toLowerCase(Locale.ROOT).replace("%2e", ".");
        if ((plain + '/').contains("/../") || (plain + '/').contains("/./")) {
            throw new IllegalArgumentException("path=" + path + " has a segment '.' or '..'");
        }
        return encoded(absolute);
    }

    private static String encoded(String path) {
        var text = new StringBuilder(path.length() + 16);
        path.codePoints().forEach(c -> {
            if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED_AND_RESERVED.indexOf(c) >= 0)) {
                text.append((char) c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    text.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xFF));
                }
            }
        });
        return text.toString();
    }
}
