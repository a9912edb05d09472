package org.sftoolkit.camel.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.InvalidBodyException;

/** Characters as UTF-8, without a byte order mark; what is not a character fails with its line. Not thread-safe. */
final class EncodedText extends InputStream {

    static final int BLOCK = 1 << 13;
    private static final int LEAST_BLOCK = 16;
    static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader source;
    private final String charset;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars;
    private final ByteBuffer bytes;
    private long line = 1;
    private boolean begun;
    private boolean ended;

    /**
     * @param charset that the source is decoded from, for the failure
     * @param most    characters to expect, so that a short text needs no large buffers
     */
    EncodedText(Reader source, String charset, int most) {
        this.source = source;
        this.charset = charset;
        int block = Math.max(LEAST_BLOCK, Math.min(most, BLOCK));
        this.chars = CharBuffer.allocate(block).flip();
        this.bytes = ByteBuffer.allocate(block * 3).flip();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        while (!bytes.hasRemaining()) {
            if (ended) {
                return -1;
            }
            encode();
        }
        int taken = Math.min(length, bytes.remaining());
        bytes.get(target, from, taken);
        return taken;
    }

    private void encode() throws IOException {
        chars.compact();
        int before = chars.position();
        ended = readBlock() < 0;
        chars.flip();
        bytes.clear();
        CoderResult result = encoder.encode(chars, bytes, ended);
        if (result.isError()) {
            countLines(before, chars.position());
            throw malformed("a character is incomplete", null);
        }
        countLines(before, chars.limit());
        bytes.flip();
    }

    private int readBlock() throws IOException {
        try {
            int taken = source.read(chars);
            if (!begun && taken > 0) {
                begun = true;
                if (chars.get(0) == BYTE_ORDER_MARK) {
                    chars.flip().position(1);
                    chars.compact();
                }
            }
            return taken;
        } catch (CharacterCodingException e) {
            throw malformed("bytes have another encoding", e);
        }
    }

    private void countLines(int from, int to) {
        for (int i = from; i < to; i++) {
            line += chars.get(i) == '\n' ? 1 : 0;
        }
    }

    private InvalidBodyException malformed(String what, @Nullable Throwable cause) {
        return new InvalidBodyException(
                "the body cannot be read as " + charset + ": after line " + line + ", " + what, cause);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
