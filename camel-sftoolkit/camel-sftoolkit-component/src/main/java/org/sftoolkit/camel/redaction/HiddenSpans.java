package org.sftoolkit.camel.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;

/**
 * The places of a text that hold secrets. The text is looked at as it is, and as it reads once or more escapes are undone:
 * whoever quotes a request may escape what was escaped already.
 */
final class HiddenSpans {

    /** A form that is quoted in JSON that is quoted in HTML. */
    private static final int MOST_ESCAPES = 3;

    private static final int SHORTEST_BASE64 = 16;

    private final String text;
    private final KnownSecrets.Index known;
    private final BitSet hidden = new BitSet();

    HiddenSpans(String text, KnownSecrets.Index known) {
        this.text = text;
        this.known = known;
        look(EscapedText.plain(text), MOST_ESCAPES);
    }

    /** The text with a mask in each of the places; the same object if there are no such places. */
    String masked() {
        if (hidden.isEmpty()) {
            return text;
        }
        var masked = new StringBuilder();
        int at = 0;
        for (int begin = hidden.nextSetBit(0); begin >= 0; begin = hidden.nextSetBit(at)) {
            masked.append(text, at, begin).append(Redaction.MASK);
            at = hidden.nextClearBit(begin);
        }
        masked.append(text, at, text.length());
        // a mask in place of a mask changes nothing
        return text.contentEquals(masked) ? text : masked.toString();
    }

    private void look(EscapedText view, int depth) {
        mark(view);
        lookIntoBase64(view);
        for (EscapedText.Kind kind : depth == 0 ? new EscapedText.Kind[0] : EscapedText.Kind.values()) {
            EscapedText undone = view.undone(kind);
            if (undone != null) {
                look(undone, depth - 1);
            }
        }
    }

    private void mark(EscapedText view) {
        for (int at = 0; at < view.length(); at++) {
            int end = known.endOfSecretAt(view, at);
            if (end > 0) {
                hide(view, at, end);
            }
        }
        TokenShapes.find(view, (begin, end) -> hide(view, begin, end));
    }

    private void hide(EscapedText view, int begin, int end) {
        if (begin < end) {
            hidden.set(view.origin(begin), view.originEnd(end - 1));
        }
    }

    // what is a secret once decoded is hidden whole
    private void lookIntoBase64(EscapedText view) {
        int at = 0;
        while (at < view.length()) {
            int end = at;
            while (end < view.length() && isBase64(view.charAt(end))) {
                end++;
            }
            if (end - at >= SHORTEST_BASE64
                    && isMixed(view, at, end)
                    && holdsSecret(view.subSequence(at, end).toString())) {
                while (end < view.length() && view.charAt(end) == '=') {
                    end++;
                }
                hide(view, at, end);
            }
            at = end + 1;
        }
    }

    private boolean holdsSecret(String run) {
        String letters =
                run.replace('-', '+').replace('_', '/').replace("\r", "").replace("\n", "");
        // the run may begin with a word that does not belong to it
        for (int skipped = 0; skipped < 4; skipped++) {
            int length = (letters.length() - skipped) / 4 * 4;
            int rest = (letters.length() - skipped) % 4;
            String whole = letters.substring(skipped, skipped + length + (rest > 1 ? rest : 0));
            var decoded = new String(Base64.getDecoder().decode(whole), StandardCharsets.UTF_8);
            var inner = new Finder();
            inner.look(EscapedText.plain(decoded), known);
            if (inner.found) {
                return true;
            }
        }
        return false;
    }

    // names of constants and paths are not Base64
    private static boolean isMixed(CharSequence view, int begin, int end) {
        boolean upper = false;
        boolean lower = false;
        for (int i = begin; i < end && !(upper && lower); i++) {
            upper |= Character.isUpperCase(view.charAt(i));
            lower |= Character.isLowerCase(view.charAt(i));
        }
        return upper && lower;
    }

    private static boolean isBase64(char c) {
        return c < 128 && Character.isLetterOrDigit(c)
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_'
                || c == '\r'
                || c == '\n';
    }

    /** Whether a decoded text holds a secret as it is or with one escape undone. */
    private static final class Finder {

        private boolean found;

        void look(EscapedText view, KnownSecrets.Index known) {
            look(view, known, 1);
        }

        private void look(EscapedText view, KnownSecrets.Index known, int depth) {
            for (int at = 0; at < view.length() && !found; at++) {
                found = known.endOfSecretAt(view, at) > 0;
            }
            if (!found) {
                TokenShapes.find(view, (begin, end) -> found = true);
            }
            for (EscapedText.Kind kind : EscapedText.Kind.values()) {
                EscapedText undone = found || depth == 0 ? null : view.undone(kind);
                if (undone != null) {
                    look(undone, known, depth - 1);
                }
            }
        }
    }
}
