package org.sftoolkit.camel.redaction;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clears secrets from texts that came from outside, such as the page of a proxy that quotes the request. It knows every secret
 * that this process has used, in each form in which a request carries it (URL, XML, HTML, JSON, Base64), and what tokens look like.
 *
 * <p>The secrets are known to the whole process: an exception belongs to no connection, and a proxy may show one connection
 * what it heard of another. Thread-safe; takes time in proportion to the text.
 */
public final class Redaction {

    /** Stands where a secret stood. */
    public static final String MASK = "***";

    /** Texts from outside are cut here: nobody reads on, and a server could send megabytes. */
    static final int LONGEST = 10_000;

    private static final KnownSecrets KNOWN = new KnownSecrets();

    private Redaction() {}

    /**
     * Takes note of a secret, which is cleared from then on. The newest {@value KnownSecrets#CAPACITY} are kept, tokens that
     * have been replaced among them.
     *
     * @param secret null and texts of fewer than {@value KnownSecrets#SHORTEST} characters are ignored
     */
    public static void learn(@Nullable String secret) {
        KNOWN.learn(secret);
    }

    /** The text without secrets, cut after {@value #LONGEST} characters; the same object if there is nothing to clear. */
    public static String of(String text) {
        if (text == null || text.length() < KnownSecrets.SHORTEST) {
            return text;
        }
        boolean cut = text.length() > LONGEST;
        String read = cut ? text.substring(0, LONGEST) : text;
        String clear = new HiddenSpans(read, KNOWN.index()).masked();
        return cut ? clear + "..." : clear;
    }

    /** The whole text without secrets, however long it is: for what somebody asked to be written down. */
    public static String ofWhole(String text) {
        return text.length() < KnownSecrets.SHORTEST ? text : new HiddenSpans(text, KNOWN.index()).masked();
    }

    /**
     * A failure whose messages hold no secrets, those of its causes and suppressed failures included: the same object if
     * that is so already, else one that tells the same and has the same stack traces.
     */
    public static Throwable of(Throwable failure) {
        return failure == null || isClear(failure, Collections.newSetFromMap(new IdentityHashMap<>()))
                ? failure
                : RedactedException.of(failure);
    }

    // a text that is too long is not the failure's own: it counts as one to be cleared
    private static boolean isClear(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return true;
        }
        String message = failure.getMessage();
        String text = failure.toString();
        boolean clear = message == null || of(message).equals(message);
        if (!clear || !text.equals(of(text)) || !isClear(failure.getCause(), seen)) {
            return false;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!isClear(suppressed, seen)) {
                return false;
            }
        }
        return true;
    }
}
