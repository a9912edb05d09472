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

    /** @throws SoqlException with {@code MALFORMED_SEARCH} where the text is no SOSL */
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
}
