package org.sftoolkit.camel.body;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.RepeatableBytes;
import org.sftoolkit.camel.error.InvalidBodyException;

/**
 * The text of a body. Bytes are of the charset that the exchange names, else of the one that the {@code Content-Type} names, else
 * of their byte order mark, else UTF-8; bytes that are not of this charset fail with their place when they are read.
 *
 * @param utf8     its bytes, without a byte order mark
 * @param inMemory whether the body is in memory anyway
 * @param again    the same bytes, to be read once more; null if the body can be read once or has to be decoded
 */
public record TextBody(InputStream utf8, boolean inMemory, @Nullable RepeatableBytes again) {

    private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    /**
     * A body as text; null if it is something else.
     *
     * @param exchange that names the charset; null for an entry of a list, which is UTF-8 or has a byte order mark
     */
    public static @Nullable TextBody of(Object body, @Nullable Exchange exchange) throws IOException {
        if (body instanceof CharSequence text) {
            String all = text.toString();
            return new TextBody(new EncodedText(new StringReader(all), "text", all.length()), true, null);
        }
        if (body instanceof Reader text) {
            return new TextBody(new EncodedText(text, "text", EncodedText.BLOCK), false, null);
        }
        if (body instanceof byte[] bytes) {
            return ofBytes(bytes, exchange);
        }
        if (body instanceof Buffer bytes) {
            return ofBytes(bytes.getBytes(), exchange);
        }
        Path file = file(body);
        RepeatableBytes again = file == null ? repeatable(body, exchange) : RepeatableBytes.of(file);
        InputStream bytes = file == null ? bytes(body, exchange) : Files.newInputStream(file);
        if (bytes == null) {
            return null;
        }
        try {
            return of(decoded(bytes, exchange), false, again);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static TextBody ofBytes(byte[] bytes, @Nullable Exchange exchange) throws IOException {
        return of(decoded(new ByteArrayInputStream(bytes), exchange), true, RepeatableBytes.of(bytes));
    }

    private static TextBody of(InputStream text, boolean inMemory, @Nullable RepeatableBytes raw) throws IOException {
        return new TextBody(
                text, inMemory, raw == null || !(text instanceof Utf8Text) ? null : raw.from(markLength(raw)));
    }

    private static int markLength(RepeatableBytes raw) throws IOException {
        return Arrays.equals(raw.read(0, UTF8_MARK.length).getBytes(), UTF8_MARK) ? UTF8_MARK.length : 0;
    }

    /** The file that the body is; null if it is not one. */
    private static @Nullable Path file(Object body) {
        // a wrapped one not by Camel's converter, which would decode and encode a file of another charset
        Object file = body instanceof WrappedFile<?> wrapped ? wrapped.getFile() : body;
        return file instanceof File local ? local.toPath() : file instanceof Path path ? path : null;
    }

    private static @Nullable InputStream bytes(Object body, @Nullable Exchange exchange) {
        if (body instanceof InputStream bytes) {
            return bytes;
        }
        return body instanceof WrappedFile<?> && exchange != null
                ? exchange.getContext().getTypeConverter().convertTo(InputStream.class, exchange, body)
                : null;
    }

    /** Camel's copy of a stream in memory; null for other bodies. */
    private static @Nullable RepeatableBytes repeatable(Object body, @Nullable Exchange exchange) {
        return exchange != null && body instanceof InputStreamCache cache && cache.inMemory()
                ? (position, most) -> {
                    var copy = (InputStream) cache.copy(exchange);
                    copy.skipNBytes(position);
                    return Buffer.buffer(copy.readNBytes(most));
                }
                : null;
    }

    /**
     * All of a body as text; null if it is something else.
     *
     * @param exchange as in {@link #of}
     */
    static @Nullable String read(Object body, @Nullable Exchange exchange) throws IOException {
        if (body instanceof String text && isWhole(text)) {
            return text;
        }
        TextBody text = of(body, exchange);
        return text == null ? null : text.readAll();
    }

    // an Id, which each exchange of a fetch brings, need not be encoded and decoded
    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) || c == EncodedText.BYTE_ORDER_MARK) {
                return false;
            }
        }
        return true;
    }

    /** All of the text. */
    public String readAll() throws IOException {
        try (utf8) {
            return new String(utf8.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The charset that the exchange names, else UTF-8: for text that becomes bytes. */
    public static Charset charset(Exchange exchange) {
        Charset named = named(exchange);
        return named == null ? StandardCharsets.UTF_8 : named;
    }

    private static InputStream decoded(InputStream bytes, @Nullable Exchange exchange) throws IOException {
        var source = new BufferedInputStream(bytes, 1 << 16);
        Charset named = named(exchange);
        Charset marked = skipMark(source, named);
        Charset charset = named == null ? marked : named;
        if (charset == null || charset.equals(StandardCharsets.UTF_8)) {
            return new Utf8Text(source, "UTF-8");
        }
        return new EncodedText(
                new InputStreamReader(
                        source,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                charset.name(),
                EncodedText.BLOCK);
    }

    /** The charset that the exchange or the media type names; null if neither does. */
    private static @Nullable Charset named(@Nullable Exchange exchange) {
        if (exchange == null) {
            return null;
        }
        String name = ExchangeHelper.getCharsetName(exchange, false);
        if (name == null) {
            String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
            Matcher parameter = type == null ? null : CHARSET.matcher(type);
            name = parameter != null && parameter.find() ? parameter.group(1) : null;
        }
        try {
            return name == null ? null : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidBodyException(
                    "the charset '" + name + "' of the message is unknown: use one that this JVM has, such as UTF-8",
                    e);
        }
    }

    /** The charset of the byte order mark, which is skipped if it matches the named charset; null without a mark. */
    private static @Nullable Charset skipMark(BufferedInputStream source, @Nullable Charset named) throws IOException {
        source.mark(4);
        int first = source.read();
        int second = first == 0xEF || first == 0xFE || first == 0xFF ? source.read() : -1;
        Charset marked = null;
        if (first == 0xEF && second == 0xBB && source.read() == 0xBF) {
            marked = StandardCharsets.UTF_8;
        } else if (first == 0xFE && second == 0xFF) {
            marked = StandardCharsets.UTF_16BE;
        } else if (first == 0xFF && second == 0xFE) {
            marked = StandardCharsets.UTF_16LE;
        }
        if (marked == null || named != null && !named.equals(marked)) {
            source.reset();
        }
        return marked;
    }
}
