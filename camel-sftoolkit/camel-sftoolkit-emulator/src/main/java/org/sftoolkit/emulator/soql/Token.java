package org.sftoolkit.emulator.soql;

/**
 * One lexical unit of a statement.
 *
 * @param text for {@link Kind#NAME} the dotted path as written, for {@link Kind#STRING} what stands between the quotes
 *     with its escapes, else the characters
 * @param position offset of the first character in the statement
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        NAME,
        STRING,
        NUMBER,
        DATE,
        DATE_TIME,
        TIME,
        SYMBOL,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** The token as the message {@code unexpected token: '...'} shows it. */
    String shown() {
        return switch (kind) {
            case END -> "<EOF>";
            case STRING -> "'" + text + "'";
            default -> text;
        };
    }
}
