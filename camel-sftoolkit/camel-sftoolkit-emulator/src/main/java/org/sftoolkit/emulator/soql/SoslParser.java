package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.emulator.soql.Token.Kind;

/** Reads {@code FIND {...} IN ... RETURNING ...} (SOQL and SOSL Reference: SOSL Syntax). */
final class SoslParser {
    static final int MAX_RECORDS = 2_000;
    static final int RECORDS_PER_OBJECT = 250;

    private static final int MAX_SEARCH_TEXT = 4_000;
    private static final Pattern FIND = Pattern.compile("(?is)\\s*FIND\\s*(.?).*");

    private SoslParser() {}

    /** @throws SoqlException with {@code MALFORMED_SEARCH} if the text is not SOSL */
    static Search parse(String statement) {
        Matcher find = FIND.matcher(statement);
        if (!find.matches()) {
            throw SoqlException.malformedSearch(
                    "unexpected token: '" + statement.strip().split("\\s")[0] + "'");
        }
        if (!find.group(1).equals("{")) {
            throw SoqlException.malformedSearch("No search term found. The search term must be enclosed in braces.");
        }
        int open = find.start(1);
        int close = closing(statement, open);
        SearchTerm term = term(statement.substring(open + 1, close), true);
        // Blanks in place of the search text keep the positions in messages right.
        String rest = " ".repeat(close + 1) + statement.substring(close + 1);
        try {
            return clauses(term, rest);
        } catch (SoqlException e) {
            throw e.errorCode().equals("MALFORMED_QUERY") ? SoqlException.malformedSearch(e.getMessage()) : e;
        }
    }

    /** @param escaped whether reserved characters must be escaped */
    static SearchTerm term(String text, boolean escaped) {
        if (text.length() > MAX_SEARCH_TEXT) {
            throw SoqlException.malformedSearch(
                    "The emulator does not support search texts of more than " + MAX_SEARCH_TEXT + " characters");
        }
        if (text.isBlank()) {
            throw SoqlException.malformedSearch("search term must be longer than one character: " + text.strip());
        }
        return SearchTermParser.parse(text, escaped);
    }

    private static int closing(String statement, int open) {
        for (int i = open + 1; i < statement.length(); i++) {
            char c = statement.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '}') {
                return i;
            }
        }
        throw SoqlException.malformedSearch("No search term found. The search term must be enclosed in braces.");
    }

    private static Search clauses(SearchTerm term, String rest) {
        TokenStream in = new TokenStream(rest);
        SearchFields fields = SearchFields.ALL;
        if (in.acceptWord("IN")) {
            fields = SearchFields.named(in.expectName().text());
            in.expectWord("FIELDS");
        }
        List<Search.Part> parts = new ArrayList<>();
        if (in.acceptWord("RETURNING")) {
            do {
                parts.add(new Search.Part(rest, Parser.returned(in)));
            } while (in.acceptSymbol(","));
        }
        while (in.acceptWord("WITH")) {
            with(in);
        }
        long limit = MAX_RECORDS;
        if (in.acceptWord("LIMIT")) {
            Token number = in.next();
            if (number.kind() != Kind.NUMBER || !number.text().matches("\\d{1,9}")) {
                throw in.unexpected(number);
            }
            limit = limit(Long.parseLong(number.text()));
        }
        if (in.peek().isWord("UPDATE")) {
            throw SoqlException.unsupported("UPDATE TRACKING and UPDATE VIEWSTAT");
        }
        if (in.peek().kind() != Kind.END) {
            throw in.unexpected(in.peek());
        }
        return new Search(term, fields, List.copyOf(parts), limit, RECORDS_PER_OBJECT);
    }

    /** Checks a number of records against the largest allowed. */
    static long limit(long records) {
        if (records < 1 || records > MAX_RECORDS) {
            throw SoqlException.malformedSearch("LIMIT must be between 1 and " + MAX_RECORDS + ": " + records);
        }
        return records;
    }

    /** The emulator corrects no spelling, so the clause about it changes nothing; all others would. */
    private static void with(TokenStream in) {
        Token word = in.next();
        if (!word.isWord("SPELL_CORRECTION")) {
            throw SoqlException.unsupported("WITH " + word.text());
        }
        in.expectSymbol("=");
        if (!in.acceptWord("TRUE") && !in.acceptWord("FALSE")) {
            throw in.unexpected(in.peek());
        }
    }

    /**
     * Reads the text to search for: words, {@code "phrases"}, wildcards, AND, OR, AND NOT and parentheses (SOQL and SOSL
     * Reference: SearchQuery Syntax). Words without an operator between them must all be found.
     */
    private static final class SearchTermParser {
        private static final String RESERVED = "&|!{}[]^~:'+-";
        private static final String WILDCARDS = "*?";
        private static final int MAX_DEPTH = 100;

        private final List<Part> parts;
        private int index;
        private int depth;

        /** @param quoted whether a word came with quotes or escapes, and so is not an operator */
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
                term = and && accept("NOT")
                        ? new SearchTerm.Without(term, single())
                        : new SearchTerm.Both(term, single());
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
                    // An escaped reserved character is not a letter: it parts words, and may not act as a wildcard.
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
}
