package org.sftoolkit.camel.poll;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What was delivered as one line of text, so that a restart does not deliver again what the look-back reads again. A text that
 * cannot be read is as good as none: then the records of the look-back come once more, and nothing is lost.
 */
public final class DeliveredText {

    /** More than these are not written; the oldest are left out. */
    public static final int MOST = 20_000;

    private static final String NAME = "sftoolkit-delivered;1;";

    private DeliveredText() {}

    /** Writes the log as one line with a checksum, the newest second first, at most {@link #MOST} versions. */
    public static String write(DeliveredLog log) {
        var text = new StringBuilder(NAME);
        int room = MOST;
        for (Map.Entry<Long, IdSet> second : log.newestFirst().entrySet()) {
            IdSet ids = second.getValue();
            if (ids.size() > room) {
                break;
            }
            room -= ids.size();
            ByteBuffer hashes = ByteBuffer.allocate(ids.size() * Long.BYTES);
            ids.forEach(hashes::putLong);
            text.append(second.getKey())
                    .append(':')
                    .append(Base64.getUrlEncoder().withoutPadding().encodeToString(hashes.array()))
                    .append(',');
        }
        return text.append(';').append(checksum(text)).toString();
    }

    /** Adds what a text holds to a log; false where it cannot be read. */
    public static boolean read(String text, DeliveredLog log) {
        int end = text.lastIndexOf(';');
        if (end < 0
                || !text.startsWith(NAME)
                || !checksum(text.substring(0, end + 1)).equals(text.substring(end + 1))) {
            return false;
        }
        for (String second : text.substring(NAME.length(), end).split(",")) {
            int colon = second.indexOf(':');
            if (colon > 0) {
                ByteBuffer hashes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(second.substring(colon + 1)));
                while (hashes.hasRemaining()) {
                    log.add(Long.parseLong(second.substring(0, colon)), hashes.getLong());
                }
            }
        }
        return true;
    }

    private static String checksum(CharSequence body) {
        var crc = new CRC32();
        body.chars().forEach(crc::update);
        return String.format("%08x", crc.getValue());
    }
}
