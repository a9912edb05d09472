package org.sftoolkit.camel.soql;

/** How long text becomes in a URI. */
public final class UriLength {

    private UriLength() {}

    /** Bytes of the text once it is percent-encoded; never less than they really are. */
    public static int of(CharSequence text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.';
            length += plain ? 1 : c < 0x80 ? 3 : 9;
        }
        return length;
    }
}
