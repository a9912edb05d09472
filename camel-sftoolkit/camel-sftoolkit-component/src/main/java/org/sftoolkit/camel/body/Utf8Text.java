package org.sftoolkit.camel.body;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.sftoolkit.camel.error.InvalidBodyException;

/**
 * Bytes that have to be UTF-8: passes them on, without a byte order mark, and fails if they are not. Not thread-safe.
 */
final class Utf8Text extends InputStream {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;

    private final InputStream source;
    private final String charset;
    private long seen;
    private long line = 1;
    /** Bytes of the present character that are to come, and the bounds of the next one. */
    private int pending;

    private int least;
    private int most;

    /** @param charset how the message came to be read as UTF-8, for the failure */
    Utf8Text(InputStream source, String charset) {
        this.source = source;
        this.charset = charset;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int taken = source.read(target, from, length);
        if (taken < 0) {
            if (pending > 0) {
                throw malformed(seen);
            }
            return taken;
        }
        check(target, from, from + taken);
        return taken;
    }

    private void check(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            while (pending == 0 && i + Long.BYTES <= to) {
                long eight = (long) LONGS.get(bytes, i);
                if ((eight & HIGH_BITS) != 0) {
                    break;
                }
                long other = eight ^ LINE_FEEDS;
                // a byte that is zero now has its high bit clear after both
                line += Long.bitCount(~((other & ~HIGH_BITS) + ~HIGH_BITS | other) & HIGH_BITS);
                i += Long.BYTES;
            }
            if (i < to) {
                next(bytes[i], seen + i - from);
                i++;
            }
        }
        seen += to - from;
    }

    private void next(byte signed, long place) {
        int b = signed & 0xFF;
        if (pending > 0) {
            if (b < least || b > most) {
                throw malformed(place);
            }
            pending--;
            bounds(0x80, 0xBF);
        } else if (b < 0x80) {
            line += b == '\n' ? 1 : 0;
        } else if (b >= 0xC2 && b <= 0xDF) {
            pending = 1;
            bounds(0x80, 0xBF);
        } else if (b >= 0xE0 && b <= 0xEF) {
            pending = 2;
            // no overlong forms, no halves of pairs
            bounds(b == 0xE0 ? 0xA0 : 0x80, b == 0xED ? 0x9F : 0xBF);
        } else if (b >= 0xF0 && b <= 0xF4) {
            pending = 3;
            bounds(b == 0xF0 ? 0x90 : 0x80, b == 0xF4 ? 0x8F : 0xBF);
        } else {
            throw malformed(place);
        }
    }

    private void bounds(int from, int to) {
        least = from;
        most = to;
    }

    private InvalidBodyException malformed(long place) {
        return new InvalidBodyException(
                "the body is not " + charset + ": line " + line + ", byte " + (place + 1)
                        + " has another encoding. Set the charset in the exchange property CamelCharsetName, or in the"
                        + " header Content-Type (text/csv; charset=ISO-8859-1)",
                null);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
