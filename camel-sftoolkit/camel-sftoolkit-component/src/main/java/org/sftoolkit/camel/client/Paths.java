package org.sftoolkit.camel.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Percent-encodes what goes into a path or query string. */
public final class Paths {

    private Paths() {}

    /**
     * One segment of a path: {@code /} and {@code +} encoded too, blanks as {@code %20}.
     *
     * @throws IllegalArgumentException for {@code .}, {@code ..} and empty text, encoded or not, because they address
     *     another resource
     */
    public static String segment(Object value) {
        String text = String.valueOf(value);
        if (text.isBlank() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException("'" + text
                    + "' cannot be used in the path of a request, because it would address another resource:"
                    + " use an Id, or find the record with sftoolkit:query");
        }
        return encoded(text);
    }

    private static String encoded(String text) {
        return isPlain(text)
                ? text
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether it has only characters that stay as they are, as Ids and names of objects and fields do. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    /** A value in a query string. */
    public static String query(String value) {
        return encoded(value);
    }

    /** Values in a query string, separated by commas. */
    public static String list(Collection<?> values) {
        var text = new StringBuilder();
        for (Object value : values) {
            text.append(text.isEmpty() ? "" : ",").append(encoded(String.valueOf(value)));
        }
        return text.toString();
    }
}
