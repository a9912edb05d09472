package org.sftoolkit.camel.redaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A text with escapes undone, which knows for each character where it stood in the text as it was. */
final class EscapedText implements CharSequence {

    /** Ways to escape. */
    @SuppressWarnings({"EscapedEntity", "UnicodeEscape"}) // the comments name escapes
    enum Kind {
        /** {@code %26}. */
        URL,
        /** {@code &amp;}, {@code &#38;}, {@code &#x26;}: XML and HTML. */
        MARKUP,
        /** {@code \"}, {@code \u0026}. */
        JSON
    }

    private static final int LONGEST_ENTITY = 10;

    private final char[] characters;
    private final int length;
    /** Where each character begins in the text as it was; null if it stands at its own place. */
    private final int @Nullable [] begins;
    /** Where each character ends there. */
    private final int @Nullable [] ends;

    private EscapedText(char[] characters, int length, int @Nullable [] begins, int @Nullable [] ends) {
        this.characters = characters;
        this.length = length;
        this.begins = begins;
        this.ends = ends;
    }

    /** The text as it is. */
    static EscapedText plain(String text) {
        return new EscapedText(text.toCharArray(), text.length(), null, null);
    }

    int origin(int at) {
        return begins == null ? at : begins[at];
    }

    int originEnd(int at) {
        return ends == null ? at + 1 : ends[at];
    }

    /** This text with the escapes of a kind undone, once; null if it has no such escapes. */
    @Nullable
    EscapedText undone(Kind kind) {
        char sign =
                switch (kind) {
                    case URL -> '%';
                    case MARKUP -> '&';
                    case JSON -> '\\';
                };
        if (!has(sign)) {
            return null;
        }
        var reader = new Undoing(kind, sign);
        return reader.changed ? new EscapedText(reader.to, reader.written, reader.toBegins, reader.toEnds) : null;
    }

    private boolean has(char sign) {
        for (int i = 0; i < length; i++) {
            if (characters[i] == sign) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int at) {
        return characters[at];
    }

    @Override
    public CharSequence subSequence(int begin, int end) {
        return new String(characters, begin, end - begin);
    }

    @Override
    public String toString() {
        return new String(characters, 0, length);
    }

    /** One pass over the text. */
    private final class Undoing {

        private final char[] to = new char[length];
        private final int[] toBegins = new int[length];
        private final int[] toEnds = new int[length];
        private int written;
        private int at;
        private boolean changed;

        Undoing(Kind kind, char sign) {
            while (at < length) {
                boolean undone = characters[at] == sign
                        && switch (kind) {
                            case URL -> url();
                            case MARKUP -> markup();
                            case JSON -> json();
                        };
                changed |= undone;
                if (!undone) {
                    write(characters[at], at, at + 1);
                    at++;
                }
            }
        }

        private void write(char c, int begin, int end) {
            to[written] = c;
            toBegins[written] = origin(begin);
            toEnds[written++] = originEnd(end - 1);
        }

        /** A character above {@code 0xFFFF} becomes two, which stand at the same place. */
        private void write(int codePoint, int begin, int end) {
            for (char c : Character.toChars(Character.isValidCodePoint(codePoint) ? codePoint : '?')) {
                write(c, begin, end);
            }
            at = end;
        }

        // the bytes of a character beyond ASCII belong together
        private boolean url() {
            int end = at;
            var bytes = ByteBuffer.allocate(4);
            int wanted = 1;
            while (bytes.position() < wanted && end + 2 < length && characters[end] == '%') {
                int value = number(end + 1, end + 3, 16);
                if (value < 0) {
                    break;
                }
                if (bytes.position() == 0) {
                    wanted = value < 0xC0 ? 1 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
                }
                bytes.put((byte) value);
                end += 3;
            }
            if (bytes.position() == 0) {
                return false;
            }
            var decoded = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            write(decoded.codePointAt(0), at, end);
            return true;
        }

        private boolean markup() {
            int end = at + 1;
            while (end < length && end - at < LONGEST_ENTITY && characters[end] != ';') {
                end++;
            }
            if (end >= length || characters[end] != ';') {
                return false;
            }
            int value = entity(at + 1, end);
            if (value < 0) {
                return false;
            }
            write(value, at, end + 1);
            return true;
        }

        private int entity(int begin, int end) {
            if (end - begin > 1 && characters[begin] == '#') {
                boolean hex = characters[begin + 1] == 'x' || characters[begin + 1] == 'X';
                return number(begin + (hex ? 2 : 1), end, hex ? 16 : 10);
            }
            return switch (new String(characters, begin, end - begin)) {
                case "amp" -> '&';
                case "lt" -> '<';
                case "gt" -> '>';
                case "quot" -> '"';
                case "apos" -> '\'';
                case "nbsp" -> ' ';
                case "plus" -> '+';
                case "equals" -> '=';
                case "sol" -> '/';
                case "excl" -> '!';
                default -> -1;
            };
        }

        private boolean json() {
            if (at + 1 >= length) {
                return false;
            }
            char next = characters[at + 1];
            if (next == 'u' || next == 'x') {
                int digits = next == 'u' ? 4 : 2;
                int value = at + 2 + digits <= length ? number(at + 2, at + 2 + digits, 16) : -1;
                if (value < 0) {
                    return false;
                }
                write(value, at, at + 2 + digits);
                return true;
            }
            int undone =
                    switch (next) {
                        case '"', '\'', '\\', '/' -> next;
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        default -> -1;
                    };
            if (undone < 0) {
                return false;
            }
            write(undone, at, at + 2);
            return true;
        }

        /** The number between two places; -1 if there is no such number. */
        private int number(int begin, int end, int radix) {
            int value = 0;
            for (int i = begin; i < end; i++) {
                int digit = Character.digit(characters[i], radix);
                if (digit < 0 || value > Character.MAX_CODE_POINT) {
                    return -1;
                }
                value = value * radix + digit;
            }
            return begin == end ? -1 : value;
        }
    }
}
