package org.sftoolkit.camel.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Percent-encodes what goes into a path or query string. */
final class Paths {

    private Paths() {}

    /** One segment of a path: {@code /} and {@code +} encoded too, blanks as {@code %20}. */
    static String segment(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A value in a query string. */
    static String query(String value) {
        return segment(value);
    }

    /** Values in a query string, separated by commas. */
    static String list(Collection<?> values) {
        var text = new StringBuilder();
        for (Object value : values) {
            text.append(text.isEmpty() ? "" : ",").append(segment(value));
        }
        return text.toString();
    }
}
