package org.sftoolkit.camel.model;

import org.jspecify.annotations.Nullable;

/**
 * Salesforce's record Ids: 15 characters of which case matters, or 18 of which the last three repeat the case of the others.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/field_types.htm">Object Reference: ID Field
 *      Type</a>
 */
public final class RecordId {

    private static final int SHORT = 15;
    private static final int LONG = 18;
    private static final String CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    private RecordId() {}

    /** The Id in 18 characters; text that is not an Id of 15 stays as it is. */
    public static String of18(String id) {
        return id.length() == SHORT && isAlphanumeric(id) ? id + check(id, 0) + check(id, 5) + check(id, 10) : id;
    }

    /** A value such that equal ones name the same record: an Id in 18 characters, anything else as it is. */
    public static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof CharSequence text ? of18(text.toString().strip()) : value;
    }

    /** Whether it has the form of an Id, its check characters included. */
    public static boolean isId(String text) {
        return text.length() == SHORT && isAlphanumeric(text)
                || text.length() == LONG
                        && isAlphanumeric(text)
                        && of18(text.substring(0, SHORT)).equalsIgnoreCase(text);
    }

    /** Whether it has the length and the characters of an Id; its check characters may be wrong. */
    public static boolean isShaped(String text) {
        return (text.length() == SHORT || text.length() == LONG) && isAlphanumeric(text);
    }

    // a loop: a stream for each Id of a list would cost more than all else about it
    private static boolean isAlphanumeric(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }

    private static char check(String id, int from) {
        int bits = 0;
        for (int i = 0; i < 5; i++) {
            char c = id.charAt(from + i);
            if (c >= 'A' && c <= 'Z') {
                bits |= 1 << i;
            }
        }
        return CHECKS.charAt(bits);
    }
}
