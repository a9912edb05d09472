package org.sftoolkit.camel.transport;

/**
 * Tells a JSON text that was cut off: every object, array and string that begins must end. One pass over the bytes; no
 * parser, since whoever reads the answer parses it anyway.
 */
final class JsonEnds {

    private static final String BEGINNINGS = "{[\"-tfn0123456789";

    private JsonEnds() {}

    /** Whether the text (UTF-8) is an object, an array or a scalar that is not cut off. */
    static boolean whole(byte[] text) {
        int at = 0;
        while (at < text.length && text[at] <= ' ') {
            at++;
        }
        if (at == text.length || BEGINNINGS.indexOf(text[at]) < 0) {
            return false;
        }
        int depth = 0;
        while (at < text.length) {
            byte b = text[at++];
            if (b == '"') {
                at = behindString(text, at);
                if (at > text.length) {
                    return false;
                }
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth < 0) {
                return false;
            }
        }
        return depth == 0;
    }

    /** The place behind the quote that ends a string; behind the text where there is none. */
    private static int behindString(byte[] text, int begin) {
        for (int i = begin; i < text.length; i++) {
            byte b = text[i];
            if (b == '"') {
                return i + 1;
            }
            if (b == '\\') {
                i++;
            }
        }
        return text.length + 1;
    }
}
