package org.sftoolkit.emulator.events;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * Replay ids as real orgs have them: ten bytes, of which the first eight are a number and the last two are zero. The eight
 * bytes alone are taken back too, as clients in JavaScript send them.
 */
public final class ReplayIds {

    private static final int LENGTH = 10;

    private ReplayIds() {}

    static byte[] of(long number) {
        return ByteBuffer.allocate(LENGTH).putLong(number).array();
    }

    static String text(long number) {
        return Base64.getEncoder().encodeToString(of(number));
    }

    /** The number of an id, or nothing if the bytes cannot be one. */
    static OptionalLong number(byte[] id) {
        boolean whole = id.length == LENGTH && id[LENGTH - 1] == 0 && id[LENGTH - 2] == 0;
        return whole || id.length == Long.BYTES
                ? OptionalLong.of(ByteBuffer.wrap(id).getLong())
                : OptionalLong.empty();
    }
}
