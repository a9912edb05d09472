package org.sftoolkit.camel.poll;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.WatermarkException;

/**
 * A cursor as one line of text, with a version and a checksum: a text that was cut off or changed is refused, and so is one
 * whose meaning this version cannot know.
 */
public final class CursorText {

    private static final String NAME = "sftoolkit-poll";
    private static final int VERSION = 1;
    private static final String NONE = "-";
    private static final String AHEAD = "ahead";
    private static final int PARTS = 11;

    private CursorText() {}

    /** The text of a cursor: printable ASCII, no line ends, no {@code =}. */
    public static String write(Cursor cursor) {
        Position at = cursor.at();
        var parts = new ArrayList<>(List.of(NAME, String.valueOf(VERSION), cursor.source()));
        parts.add(String.valueOf(cursor.run()));
        parts.add(text(cursor.origin()));
        parts.add(text(cursor.from()));
        parts.add(text(cursor.until()));
        parts.add(text(at == null ? null : at.stamp()));
        parts.add(text(at == null ? null : at.id()));
        parts.add(text(cursor.load()));
        if (cursor.ahead()) {
            parts.add(AHEAD);
        }
        String body = String.join(";", parts);
        return body + ';' + checksum(body);
    }

    /**
     * The cursor of a text.
     *
     * @param source what the cursor has to belong to
     * @throws WatermarkException if the text is not a position, is of a newer version, or belongs to another source
     */
    public static Cursor read(String text, String source) {
        String[] parts = text.strip().split(";", -1);
        if (parts.length < 3 || !parts[0].equals(NAME) || !parts[1].matches("\\d{1,9}")) {
            throw corrupt(text, null);
        }
        if (Integer.parseInt(parts[1]) > VERSION) {
            throw new WatermarkException(
                    "the stored watermark was written by a newer version of the component (format " + parts[1]
                            + ", this version reads up to " + VERSION
                            + "): use that version, or set the watermark again",
                    null);
        }
        String body = text.strip().substring(0, text.strip().lastIndexOf(';'));
        boolean ahead = parts.length == PARTS + 1 && parts[PARTS - 1].equals(AHEAD);
        if (parts.length != PARTS && !ahead || !checksum(body).equals(parts[parts.length - 1])) {
            throw corrupt(text, null);
        }
        if (!parts[2].equals(source)) {
            throw new WatermarkException(
                    "the stored watermark belongs to " + parts[2] + " and not to " + source
                            + ": give each consumer its own watermarkKey, or set the watermark again",
                    null);
        }
        return cursor(text, parts, ahead);
    }

    private static Cursor cursor(String text, String[] parts, boolean ahead) {
        try {
            Position at = parts[8].equals(NONE) ? null : new Position(Instant.parse(parts[7]), parts[8]);
            return new Cursor(
                    parts[2],
                    Integer.parseInt(parts[3]),
                    instant(parts[4]),
                    instant(parts[5]),
                    instant(parts[6]),
                    at,
                    parts[9].equals(NONE) ? null : parts[9],
                    ahead);
        } catch (DateTimeException | NumberFormatException e) {
            throw corrupt(text, e);
        }
    }

    private static WatermarkException corrupt(String text, @Nullable Exception cause) {
        String excerpt = text.length() > 80 ? text.substring(0, 80) + "..." : text;
        return new WatermarkException(
                "the stored watermark is corrupt: '" + excerpt.replaceAll("[^\\x20-\\x7e]", "?")
                        + "': set it again, or remove it to start at initialWatermark",
                cause);
    }

    private static String text(@Nullable Object value) {
        return value == null ? NONE : value.toString();
    }

    private static @Nullable Instant instant(String text) {
        return text.equals(NONE) ? null : Instant.parse(text);
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    /** A part of a source's name, free of what separates parts. */
    public static String name(String... parts) {
        return String.join(
                ":",
                Arrays.stream(parts)
                        .map(part -> part.replaceAll("[^A-Za-z0-9_.-]", "_"))
                        .toList());
    }
}
