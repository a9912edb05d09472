package org.sftoolkit.camel.watermark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a watermark file: a first line with a checksum, then one {@code key=text} per line. So damage is
 * distinguished from a missing entry. A file without the first line is read too, if all its lines are valid.
 * Immutable.
 */
public final class WatermarkText {

    /** Contents that cannot be what was written. */
    public static final class DamagedException extends IOException {

        private static final long serialVersionUID = 1L;

        private DamagedException(String what) {
            super(what);
        }
    }

    private static final String HEAD = "#sftoolkit-watermarks;1;";
    private static final String COMPLETE = "complete";
    /** Some of what it held was damaged: nothing is known of a key that is not there. */
    private static final String INCOMPLETE = "incomplete";

    private final SortedMap<String, String> texts;
    private final boolean complete;

    private WatermarkText(SortedMap<String, String> texts, boolean complete) {
        this.texts = Collections.unmodifiableSortedMap(texts);
        this.complete = complete;
    }

    /** Of a file that is not there. */
    public static WatermarkText empty() {
        return new WatermarkText(new TreeMap<>(), true);
    }

    /** Of a file of which nothing can be read. */
    public static WatermarkText unreadable() {
        return new WatermarkText(new TreeMap<>(), false);
    }

    /** Reads the contents of a file. */
    public static WatermarkText read(byte[] contents) throws DamagedException {
        String text = decoded(contents);
        if (!text.startsWith(HEAD)) {
            return new WatermarkText(lines(text, true), true);
        }
        int end = text.indexOf('\n');
        String[] head =
                text.substring(HEAD.length(), Math.max(end, HEAD.length())).split(";", -1);
        String rest = text.substring(end + 1);
        if (end < 0 || head.length != 2 || !head[1].equals(checksum(head[0], rest))) {
            throw new DamagedException("it was cut off or changed");
        }
        return new WatermarkText(lines(rest, false), head[0].equals(COMPLETE));
    }

    private static String decoded(byte[] contents) throws DamagedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(contents))
                    .toString();
        } catch (IOException e) {
            throw new DamagedException("it contains bytes that are not text");
        }
    }

    private static SortedMap<String, String> lines(String text, boolean checked) throws DamagedException {
        var texts = new TreeMap<String, String>();
        if (checked && !text.endsWith("\n")) {
            throw new DamagedException(text.isEmpty() ? "it is empty" : "its last line is cut off");
        }
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            boolean known = !checked || line.startsWith("sftoolkit-", equals + 1);
            if (equals <= 0 || !known || line.chars().anyMatch(c -> c < ' ' || c == '\ufeff')) {
                throw new DamagedException("it contains a line that is not a position");
            }
            texts.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return texts;
    }

    /** The text under a key, or null. */
    public @Nullable String get(String key) throws DamagedException {
        String text = texts.get(key);
        if (text == null && !complete) {
            throw new DamagedException("it was damaged, and the position of " + key + " is lost");
        }
        return text;
    }

    /** The same with this text under a key. */
    public WatermarkText with(String key, String text) {
        var more = new TreeMap<>(texts);
        more.put(key, text);
        return new WatermarkText(more, complete);
    }

    /** The contents of a file. */
    public byte[] write() {
        var rest = new StringBuilder();
        texts.forEach((key, text) -> rest.append(key).append('=').append(text).append('\n'));
        String state = complete ? COMPLETE : INCOMPLETE;
        String head = HEAD + state + ';' + checksum(state, rest.toString()) + '\n';
        return (head + rest).getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(String state, String rest) {
        var crc = new CRC32();
        crc.update((state + '\n' + rest).getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
