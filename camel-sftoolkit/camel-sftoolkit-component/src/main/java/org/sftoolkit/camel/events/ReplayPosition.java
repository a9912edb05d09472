package org.sftoolkit.camel.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.WatermarkException;

/**
 * A place in a channel. Replay ids are opaque: only the bus knows their order.
 *
 * @param replayId in Base64, of the last event that is done; null before the first
 * @param time     when that event was committed; null if nobody told it. With a preset, when the first event that is still
 *                 to be done was committed
 * @param preset   where to begin as long as no event has been done; else null
 */
public record ReplayPosition(@Nullable String replayId, @Nullable Instant time, EventBus.@Nullable Preset preset) {

    /** Before the first event. */
    public static final ReplayPosition NONE = new ReplayPosition(null, null, null);

    private static final String NAME = "sftoolkit-events";
    private static final String VERSION = "1";
    private static final String UNKNOWN = "-";
    /** Before the name of a preset; no character of Base64. */
    private static final String PRESET = "*";

    private static final int PARTS = 8;

    /** Behind an event. */
    ReplayPosition(String replayId, @Nullable Instant time) {
        this(replayId, time, null);
    }

    /**
     * A place as users name it: {@code EARLIEST}, {@code LATEST}, or a replay id in Base64.
     *
     * @throws IllegalArgumentException for anything else
     */
    static ReplayPosition of(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "EARLIEST" -> new ReplayPosition(null, null, EventBus.Preset.EARLIEST);
            case "LATEST" -> new ReplayPosition(null, null, EventBus.Preset.LATEST);
            default -> new ReplayPosition(replayId(name), null);
        };
    }

    /** Before the first event that came, though nobody knows what it followed on: all from its time on is still to be done. */
    static ReplayPosition before(Instant time) {
        return new ReplayPosition(null, time, EventBus.Preset.EARLIEST);
    }

    /** Whether it is the same place. */
    boolean isAt(ReplayPosition other) {
        return Objects.equals(replayId, other.replayId)
                && preset == other.preset
                && (preset == null || Objects.equals(time, other.time));
    }

    /**
     * What is stored under a channel's key.
     *
     * @param stored when it was written
     */
    public record Stored(ReplayPosition position, Instant stored) {}

    /** As one line of text: printable ASCII without {@code =}. */
    String text(String channel, String tenantId, Instant now) {
        String body = String.join(
                ";",
                NAME,
                VERSION,
                channel,
                tenantId,
                replayId == null ? PRESET + preset : replayId.replace("=", ""),
                time == null ? UNKNOWN : time.toString(),
                now.toString());
        return body + ';' + checksum(body);
    }

    /**
     * The position of a text.
     *
     * @throws WatermarkException if it is not a position, or belongs to another channel or org
     */
    static Stored read(String text, String channel, String tenantId) {
        String[] parts = text.strip().split(";", -1);
        String body = text.strip().substring(0, Math.max(0, text.strip().lastIndexOf(';')));
        if (parts.length != PARTS || !parts[0].equals(NAME) || !checksum(body).equals(parts[PARTS - 1])) {
            throw refusal(channel, "is corrupt", null);
        }
        if (!parts[1].equals(VERSION)) {
            throw refusal(channel, "was written by a newer version of the component", null);
        }
        if (!parts[2].equals(channel)) {
            throw refusal(channel, "belongs to " + parts[2], null);
        }
        if (!parts[3].equals(tenantId)) {
            throw refusal(channel, "belongs to the org " + parts[3] + " and not to " + tenantId, null);
        }
        try {
            Instant time = parts[5].equals(UNKNOWN) ? null : Instant.parse(parts[5]);
            ReplayPosition position = parts[4].startsWith(PRESET)
                    ? new ReplayPosition(null, time, EventBus.Preset.valueOf(parts[4].substring(PRESET.length())))
                    : new ReplayPosition(replayId(parts[4]), time);
            return new Stored(position, Instant.parse(parts[6]));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw refusal(channel, "is corrupt", e);
        }
    }

    private static WatermarkException refusal(String channel, String what, @Nullable Exception cause) {
        return new WatermarkException(
                "the stored position of " + channel + ' ' + what
                        + ": set it anew (EARLIEST, LATEST or a replay id), or remove it to begin at replayPreset",
                cause);
    }

    /**
     * A replay id as it is kept: Base64 with padding.
     *
     * @throws IllegalArgumentException if it is not Base64
     */
    public static String replayId(String text) {
        byte[] id;
        try {
            id = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a replay id: use Base64, as in the header CamelSfToolkitReplayId. CometD's numbers, -1"
                    + " and -2 are not known to the Pub/Sub API, use replayPreset=LATEST or EARLIEST");
        }
        if (id.length == 0) {
            throw new IllegalArgumentException("the replay id is empty: leave it out, or give one in Base64");
        }
        return Base64.getEncoder().encodeToString(id);
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
