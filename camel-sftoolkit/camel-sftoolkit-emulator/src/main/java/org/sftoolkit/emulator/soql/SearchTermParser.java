package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text to search for: words, {@code "phrases"}, wildcards, AND, OR, AND NOT and parentheses (SOQL and SOSL
 * Reference: SearchQuery Syntax). Words without an operator between them must all be found.
 */
final class SearchTermParser {
    private static final String RESERVED = "&|!{}[]^~:'+-";
    private static final String WILDCARDS = "*?";
    private static final int MAX_DEPTH = 100;

    private final List<Part> parts;
    private int index;
    private int depth;

    /** @param quoted whether a word came with quotes or escapes, and so is no operator */
    private record Part(String text, boolean quoted) {
        private boolean isOperator(String word) {
            return !quoted && text.equalsIgnoreCase(word);
        }
    }

    private SearchTermParser(List<Part> parts) {
        this.parts = parts;
    }

    /** @param escaped whether reserved characters must be escaped, as in FIND; else they only part words */
    static SearchTerm parse(String text, boolean escaped) {
        SearchTermParser parser = new SearchTermParser(parts(text, escaped));
        SearchTerm term = parser.either();
        if (parser.index < parser.parts.size()) {
            throw SoqlException.malformedSearch(
                    "unexpected token: '" + parser.parts.get(parser.index).text() + "'");
        }
        return term;
    }

    private SearchTerm either() {
        SearchTerm term = both();
        while (accept("OR")) {
            term = new SearchTerm.Either(term, both());
        }
        return term;
    }

    private SearchTerm both() {
        SearchTerm term = single();
        while (index < parts.size()
                && !parts.get(index).isOperator("OR")
                && !parts.get(index).isOperator(")")) {
            boolean and = accept("AND");
            term = and && accept("NOT") ? new SearchTerm.Without(term, single()) : new SearchTerm.Both(term, single());
        }
        return term;
    }

    private SearchTerm single() {
        if (accept("(")) {
            if (++depth > MAX_DEPTH) {
                throw SoqlException.malformedSearch("the search is nested too deeply");
            }
            SearchTerm inner = either();
            if (!accept(")")) {
                throw SoqlException.malformedSearch("expecting a right parentheses, found '<EOF>'");
            }
            depth--;
            return inner;
        }
        if (index == parts.size()) {
            throw SoqlException.malformedSearch("unexpected token: '<EOF>'");
        }
        Part part = parts.get(index++);
        boolean operator =
                part.isOperator(")") || part.isOperator("AND") || part.isOperator("OR") || part.isOperator("NOT");
        if (operator) {
            throw SoqlException.malformedSearch("unexpected token: '" + part.text() + "'");
        }
        return phrase(part.text());
    }

    private boolean accept(String operator) {
        if (index < parts.size() && parts.get(index).isOperator(operator)) {
            index++;
            return true;
        }
        return false;
    }

    private static SearchTerm phrase(String text) {
        // In the text of a part only wildcards keep a backslash away: they are held as the wildcards of LIKE.
        List<LikePattern> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int letters = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
                letters++;
            } else if (WILDCARDS.indexOf(c) >= 0) {
                word.append(c == '*' ? '%' : '_');
            } else if (!word.isEmpty()) {
                words.add(new LikePattern(word.toString()));
                word.setLength(0);
            }
        }
        if (letters < 2) {
            throw SoqlException.malformedSearch("search term must be longer than one character: " + text.strip());
        }
        return new SearchTerm.Phrase(List.copyOf(words));
    }

    private static List<Part> parts(String text, boolean escaped) {
        List<Part> parts = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean phrase = false;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && escaped && i + 1 < text.length()) {
                // An escaped reserved character is no letter: it parts words, and may not act as a wildcard.
                char literal = text.charAt(++i);
                word.append(Character.isLetterOrDigit(literal) ? literal : '\u00b7');
                quoted = true;
            } else if (c == '"') {
                if (phrase) {
                    parts.add(new Part(word.toString(), true));
                    word.setLength(0);
                }
                phrase = !phrase;
            } else if (!phrase && (Character.isWhitespace(c) || c == '(' || c == ')')) {
                flush(parts, word, quoted);
                quoted = false;
                if (!Character.isWhitespace(c)) {
                    parts.add(new Part(String.valueOf(c), false));
                }
            } else if (RESERVED.indexOf(c) >= 0 && escaped) {
                throw SoqlException.malformedSearch(
                        "the reserved character '" + c + "' must be escaped by a backslash");
            } else {
                word.append(c);
            }
        }
        if (phrase) {
            throw SoqlException.malformedSearch("a phrase lacks its closing quote");
        }
        flush(parts, word, quoted);
        return parts;
    }

    private static void flush(List<Part> parts, StringBuilder word, boolean quoted) {
        if (!word.isEmpty()) {
            parts.add(new Part(word.toString(), quoted));
            word.setLength(0);
        }
    }
}
