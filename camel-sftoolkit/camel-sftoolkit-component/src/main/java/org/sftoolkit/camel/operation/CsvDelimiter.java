package org.sftoolkit.camel.operation;

import org.jspecify.annotations.Nullable;

/** What stands between the columns of a CSV. */
public enum CsvDelimiter {
    COMMA(','),
    SEMICOLON(';'),
    TAB('\t'),
    PIPE('|'),
    CARET('^'),
    BACKQUOTE('`');

    private final char character;

    CsvDelimiter(char character) {
        this.character = character;
    }

    /** In ASCII. */
    public char character() {
        return character;
    }

    /** By Salesforce's name; COMMA, its default, for null. */
    public static CsvDelimiter named(@Nullable String name) {
        return name == null ? COMMA : valueOf(name);
    }
}
