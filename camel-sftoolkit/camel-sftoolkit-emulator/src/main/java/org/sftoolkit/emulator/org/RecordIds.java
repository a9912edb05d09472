package org.sftoolkit.emulator.org;

import java.util.Optional;

/**
 * Makes and checks record ids: 15 characters of base 62, and three more that guard their case. Of an id only its prefix
 * means something; numbers rise, so that ids sort by age.
 */
public final class RecordIds {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    private RecordIds() {}

    /**
     * The id of the n-th row with that prefix.
     *
     * @param prefix three characters
     * @param instance two characters that tell one org's ids from another's
     */
    public static String of(String prefix, String instance, long number) {
        StringBuilder id = new StringBuilder(18).append(prefix).append(instance).append('0');
        char[] tail = new char[9];
        long rest = number;
        for (int i = tail.length - 1; i >= 0; i--) {
            tail[i] = DIGITS.charAt((int) (rest % 62));
            rest /= 62;
        }
        return to18(id.append(tail).toString());
    }

    /** The id with its three check characters, from its first 15. */
    public static String to18(String id) {
        StringBuilder result = new StringBuilder(18).append(id, 0, 15);
        for (int block = 0; block < 3; block++) {
            int bits = 0;
            for (int j = 0; j < 5; j++) {
                char c = id.charAt(block * 5 + j);
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << j;
                }
            }
            result.append(CHECKSUM.charAt(bits));
        }
        return result.toString();
    }

    /** The 18 characters of an id given with 15 or 18, or nothing when it cannot be an id. */
    public static Optional<String> normalised(String id) {
        if (id == null || id.length() != 15 && id.length() != 18) {
            return Optional.empty();
        }
        for (int i = 0; i < id.length(); i++) {
            if (DIGITS.indexOf(id.charAt(i)) < 0) {
                return Optional.empty();
            }
        }
        String full = to18(id);
        return id.length() == 15 || full.equals(id) ? Optional.of(full) : Optional.empty();
    }
}
