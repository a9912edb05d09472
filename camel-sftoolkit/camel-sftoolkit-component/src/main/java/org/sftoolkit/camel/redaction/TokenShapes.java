package org.sftoolkit.camel.redaction;

import java.util.Locale;
import java.util.Set;

/**
 * What looks like a secret, whoever made it: session ids of Salesforce ({@code 00D...!...}), JSON Web Tokens, refresh tokens
 * ({@code 5Aep...}), credentials of an {@code Authorization} header, private keys in PEM, and what stands beside a name such as
 * {@code password} or {@code client_secret}. One pass, no regular expressions: what is read may be hostile.
 */
final class TokenShapes {

    private static final Set<String> SCHEMES = Set.of("bearer", "basic", "oauth");
    private static final Set<String> NAMES = Set.of("sid", "pwd", "xsfdcsession");
    private static final Set<String> NAME_ENDINGS = Set.of(
            "password", "passwd", "secret", "token", "assertion", "sessionid", "privatekey", "securitytoken", "apikey");
    private static final int LONGEST_NAME = 40;
    /** Shorter ones without a digit are words: "Bearer authentication". */
    private static final int SURELY_A_TOKEN = 16;

    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final String PARSER = "unexpected ";
    private static final String PEM_END = "-----END";

    /** Hears of each find. */
    @FunctionalInterface
    interface Found {
        void at(int begin, int end);
    }

    private final CharSequence text;
    private final int length;
    private final Found found;

    private TokenShapes(CharSequence text, Found found) {
        this.text = text;
        this.length = text.length();
        this.found = found;
    }

    static void find(CharSequence text, Found found) {
        new TokenShapes(text, found).find();
    }

    private void find() {
        int at = 0;
        while (at < length) {
            char c = text.charAt(at);
            if (c == '-' && startsWith(PEM_BEGIN, at)) {
                at = privateKey(at);
            } else if (isWord(c)) {
                at = word(at);
            } else {
                at++;
            }
        }
    }

    /** Looks at the word that begins here and at what belongs to it; gives the place to go on from. */
    private int word(int begin) {
        int end = begin;
        while (end < length && isWord(text.charAt(end))) {
            end++;
        }
        int token = token(begin, end);
        if (token > 0) {
            found.at(begin, token);
            return token;
        }
        if (end - begin > LONGEST_NAME) {
            return end;
        }
        String name = name(begin, end);
        if (SCHEMES.contains(name)) {
            return credentials(end);
        }
        return isSecretName(name) && !isOfParser(begin) ? value(end) : end;
    }

    /** Whether the word is that of a parser's message: {@code unexpected token: 'FROM'}. */
    private boolean isOfParser(int begin) {
        return begin >= PARSER.length() && startsWith(PARSER, begin - PARSER.length());
    }

    private static boolean isSecretName(String name) {
        return NAMES.contains(name) || NAME_ENDINGS.stream().anyMatch(name::endsWith);
    }

    private String name(int begin, int end) {
        return text.subSequence(begin, end)
                .toString()
                .toLowerCase(Locale.ROOT)
                .replace("_", "")
                .replace("-", "");
    }

    /** Where the token that this word begins ends; -1 if it does not begin a token. */
    private int token(int begin, int end) {
        if (startsWith("00D", begin) && end - begin >= 12 && end < length && text.charAt(end) == '!') {
            return endOfToken(end + 1);
        }
        if (startsWith("5Aep", begin) && end - begin >= 8 || startsWith("eyJ", begin) && end - begin >= 12) {
            return endOfToken(end);
        }
        return -1;
    }

    private int endOfToken(int at) {
        int end = at;
        while (end < length && isTokenPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int credentials(int behindScheme) {
        int begin = behindBlanks(behindScheme);
        if (begin == behindScheme) {
            return behindScheme;
        }
        int end = endOfToken(begin);
        boolean digit = false;
        for (int i = begin; i < end; i++) {
            digit |= Character.isDigit(text.charAt(i));
        }
        if (end - begin >= SURELY_A_TOKEN || digit && end > begin) {
            found.at(begin, end);
            return end;
        }
        return behindScheme;
    }

    /** The value behind a name: {@code name=value}, {@code "name": "value"}, {@code <name>value<}. */
    private int value(int behindName) {
        int at = behindName;
        if (at < length && isQuote(text.charAt(at))) {
            at++;
        }
        at = behindBlanks(at);
        char sign = at < length ? text.charAt(at) : ' ';
        if (sign != '=' && sign != ':' && sign != '>') {
            return behindName;
        }
        int begin = sign == '>' ? at + 1 : behindBlanks(at + 1);
        if (begin >= length) {
            return begin;
        }
        if (startsWith(PEM_BEGIN, begin)) {
            return privateKey(begin);
        }
        if (sign != '>' && isQuote(text.charAt(begin))) {
            return quoted(begin);
        }
        int end = begin;
        while (end < length && !(sign == '>' ? text.charAt(end) == '<' : endsValue(text.charAt(end)))) {
            end++;
        }
        // "password: at least 8 characters" is a sentence
        if (sign != ':' || isCredential(begin, end)) {
            found.at(begin, end);
            return Math.max(end, behindName);
        }
        return behindName;
    }

    private int quoted(int quote) {
        char sign = text.charAt(quote);
        int end = quote + 1;
        while (end < length && text.charAt(end) != sign) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, length);
        found.at(quote + 1, end);
        return end;
    }

    private boolean isCredential(int begin, int end) {
        boolean digit = false;
        for (int i = begin; i < end; i++) {
            digit |= Character.isDigit(text.charAt(i));
        }
        return digit && end - begin >= 8;
    }

    private int privateKey(int begin) {
        int headerEnd = begin + PEM_BEGIN.length();
        int limit = Math.min(length, headerEnd + LONGEST_NAME);
        while (headerEnd < limit && text.charAt(headerEnd) != '-') {
            headerEnd++;
        }
        if (!text.subSequence(begin, headerEnd).toString().endsWith("PRIVATE KEY")) {
            return headerEnd;
        }
        int end = headerEnd;
        while (end < length && !startsWith(PEM_END, end)) {
            end++;
        }
        found.at(headerEnd, end);
        return Math.min(length, end + PEM_END.length());
    }

    private int behindBlanks(int from) {
        int at = from;
        while (at < length && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '+')) {
            at++;
        }
        return at;
    }

    private boolean startsWith(String beginning, int at) {
        if (at + beginning.length() > length) {
            return false;
        }
        for (int i = 0; i < beginning.length(); i++) {
            if (text.charAt(at + i) != beginning.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private static boolean isTokenPart(char c) {
        return isWord(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=' || c == '!';
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static boolean endsValue(char c) {
        return c == '&'
                || c == ','
                || c == ';'
                || c == '"'
                || c == '\''
                || c == '<'
                || c == '>'
                || c == ')'
                || c == '}'
                || Character.isWhitespace(c);
    }
}
