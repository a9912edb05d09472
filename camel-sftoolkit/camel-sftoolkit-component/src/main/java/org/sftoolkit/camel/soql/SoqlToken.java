package org.sftoolkit.camel.soql;

/**
 * A piece of SOQL or SOSL text.
 *
 * @param kind what it is
 * @param text as written; for a bind its name
 * @param start of it in the text
 * @param end of it in the text, exclusive
 * @param depth parentheses open around it; a parenthesis itself counts as outside of its pair
 */
record SoqlToken(Kind kind, String text, int start, int end, int depth) {

    enum Kind {
        /** A keyword or a name, with its dots. */
        WORD,
        /** A number, date or time. */
        NUMBER,
        /** Text in single quotes, the quotes included. */
        LITERAL,
        /** A comment. SOQL refuses comments, but text in it is not a bind. */
        COMMENT,
        /** {@code :name}. */
        BIND,
        /** {@code :like(name)}, wildcards inside the parentheses included. */
        LIKE,
        /** {@code :name} in a search term. */
        TERM,
        /** {@code :name} in a search phrase in double quotes. */
        PHRASE,
        /** Any other character. */
        SYMBOL
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    boolean isBind() {
        return kind == Kind.BIND || kind == Kind.LIKE || kind == Kind.TERM || kind == Kind.PHRASE;
    }
}
