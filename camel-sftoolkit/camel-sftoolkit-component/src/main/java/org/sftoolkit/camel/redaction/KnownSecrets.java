package org.sftoolkit.camel.redaction;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The secrets that are looked for. Writing is rare (once a login), reading takes no lock. Thread-safe. */
final class KnownSecrets {

    /** Secrets that are kept; a login notes its own again, so that only tokens of long ago are dropped. */
    static final int CAPACITY = 1_000;
    /** Shorter texts are not secrets, and would tear holes into every message. */
    static final int SHORTEST = 4;

    /**
     * Test orgs have such passwords, and short ones of lower-case letters. As a word they say nothing; beside their name they
     * are cleared all the same.
     */
    private static final Set<String> ORDINARY_WORDS = Set.of(
            "accesstoken",
            "client",
            "clientsecret",
            "password",
            "privatekey",
            "refreshtoken",
            "salesforce",
            "secret",
            "securitytoken",
            "test",
            "token",
            "user");

    private final Set<String> secrets = new LinkedHashSet<>();
    private volatile Index index = new Index(Set.of());

    synchronized void learn(@Nullable String secret) {
        if (secret == null || secret.length() < SHORTEST || secret.isBlank() || isOrdinaryWord(secret)) {
            return;
        }
        boolean known = secrets.remove(secret);
        secrets.add(secret);
        if (!known) {
            if (secrets.size() > CAPACITY) {
                secrets.remove(secrets.iterator().next());
            }
            index = new Index(secrets);
        }
    }

    private static boolean isOrdinaryWord(String secret) {
        return ORDINARY_WORDS.contains(secret.toLowerCase(Locale.ROOT))
                || secret.length() < Index.SHORT && secret.chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    Index index() {
        return index;
    }

    /** The secrets by their first characters: where one may begin is found by one look at each place. Immutable. */
    static final class Index {

        /** A shorter one counts only as a whole word. */
        private static final int SHORT = 8;
        /** What is left of a secret at the end of a text that was cut, to be worth hiding. */
        private static final int SHORTEST_BEGINNING = 8;

        private static final int BEGINNINGS = 1 << 12;

        private final Map<Integer, List<String>> byBeginning = new HashMap<>();
        /** Beginnings that may be one of a secret: at nearly every place this look is enough. */
        private final BitSet beginnings = new BitSet(BEGINNINGS);

        private Index(Set<String> secrets) {
            for (String secret : secrets) {
                beginnings.set(beginning(secret, 0) & BEGINNINGS - 1);
                byBeginning
                        .computeIfAbsent(beginning(secret, 0), key -> new ArrayList<>())
                        .add(secret);
            }
            // the longest first: a password may begin another
            byBeginning.values().forEach(list -> list.sort((a, b) -> b.length() - a.length()));
        }

        /** Where a secret that begins at this place ends, or the text does in its midst; -1 if no secret begins here. */
        int endOfSecretAt(CharSequence text, int at) {
            if (at + SHORTEST > text.length()) {
                return -1;
            }
            int beginning = beginning(text, at);
            if (!beginnings.get(beginning & BEGINNINGS - 1)) {
                return -1;
            }
            List<String> candidates = byBeginning.get(beginning);
            if (candidates != null) {
                for (String secret : candidates) {
                    int end = at + secret.length();
                    if (end <= text.length()
                            ? matches(text, at, secret, secret.length())
                                    && (secret.length() >= SHORT || isWord(text, at, end))
                            : text.length() - at >= SHORTEST_BEGINNING
                                    && matches(text, at, secret, text.length() - at)) {
                        return Math.min(end, text.length());
                    }
                }
            }
            return -1;
        }

        private static boolean matches(CharSequence text, int at, String secret, int length) {
            for (int i = 0; i < length; i++) {
                if (folded(text.charAt(at + i)) != folded(secret.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isWord(CharSequence text, int at, int end) {
            return (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
        }

        private static int beginning(CharSequence text, int at) {
            int hash = 0;
            for (int i = 0; i < SHORTEST; i++) {
                hash = 31 * hash + folded(text.charAt(at + i));
            }
            return hash;
        }

        // forms write a blank as +, and some libraries quote in upper case what they cannot read
        private static char folded(char c) {
            return c == '+' ? ' ' : Character.toLowerCase(c);
        }
    }
}
