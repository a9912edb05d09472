package org.sftoolkit.camel.transport;

/**
 * Detects incomplete JSON: every object, array and string that begins must end. It makes one pass over the bytes and
 * does not parse, because the response is parsed later anyway.
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

    /** The position after the closing quote of a string, or after the text if there is no closing quote. */
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
