package org.sftoolkit.camel.transport;

/**
 * Tells a JSON text that was cut off: every object, array and string that begins must end. One pass over the bytes; no
 * parser, since whoever reads the answer parses it anyway.
 */
final class JsonEnds {

    private JsonEnds() {}

    /** Whether the text (UTF-8) is an object, an array or a scalar that is not cut off. */
    static boolean whole(byte[] text) {
        int depth = 0;
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (quoted) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    quoted = false;
                }
            } else {
                switch (b) {
                    case '"' -> quoted = true;
                    case '{', '[' -> depth++;
                    case '}', ']' -> depth--;
                    default -> {}
                }
                if (depth < 0) {
                    return false;
                }
            }
            if (!begun && b > ' ') {
                begun = true;
                if ("{[\"-tfn0123456789".indexOf(b) < 0) {
                    return false;
                }
            }
        }
        return begun && depth == 0 && !quoted;
    }
}
