package org.sftoolkit.camel.body;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.SfToolkitException;

/** Text that is made while it is read, as bytes of a charset. It holds one piece of the text at a time. Not thread-safe. */
final class LineStream extends InputStream {

    private final Iterator<String> lines;
    private final Closeable source;
    private final CharsetEncoder encoder;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long line;
    private boolean ended;
    /** Thrown again at each further read: the next line does not follow on what has been read. */
    private @Nullable RuntimeException failure;

    /** @param lines are closed with the stream */
    <T extends Iterator<String> & Closeable> LineStream(T lines, Charset charset) {
        this.lines = lines;
        this.source = lines;
        this.encoder = charset.newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        if (failure != null) {
            throw failure;
        }
        while (!bytes.hasRemaining()) {
            if (ended) {
                return -1;
            }
            try {
                ended = !lines.hasNext();
                bytes = encode(ended ? "" : lines.next());
            } catch (IllegalArgumentException | UncheckedIOException | SfToolkitException broken) {
                failure = broken;
                throw broken;
            }
        }
        int length = Math.min(most, bytes.remaining());
        bytes.get(target, from, length);
        return length;
    }

    private ByteBuffer encode(String text) throws IOException {
        line++;
        var characters = CharBuffer.wrap(text);
        // the first bytes may be a mark of their order, the last ones what the encoder has kept back
        var encoded = ByteBuffer.allocate((int) Math.ceil(text.length() * (double) encoder.maxBytesPerChar()) + 16);
        CoderResult result = encoder.encode(characters, encoded, ended);
        if (result.isUnmappable()) {
            int character = Character.codePointAt(text, characters.position());
            throw new InvalidBodyException(
                    String.format(
                            "piece %d of the text has the character U+%04X, which %s cannot write: use UTF-8 (option"
                                    + " charset of a file endpoint, header or property CamelCharsetName)",
                            line, character, encoder.charset().name()),
                    null);
        }
        if (result.isMalformed() || characters.hasRemaining()) {
            throw new InvalidBodyException(
                    "piece " + line + " of the text has an incomplete character (a lone surrogate): it was cut there",
                    null);
        }
        if (ended) {
            encoder.flush(encoded);
        }
        return encoded.flip();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
