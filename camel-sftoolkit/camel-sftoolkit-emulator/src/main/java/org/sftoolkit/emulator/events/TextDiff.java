package org.sftoolkit.emulator.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A long text as its difference from what it was, in the unified format (Change Data Capture Developer Guide: "Send Data
 * Differences for Fields of Updated Records").
 */
final class TextDiff {

    /** Shorter texts are always sent whole. */
    static final int SHORTEST = 1_000;

    private TextDiff() {}

    /** The difference as one hunk; nothing if over a quarter of the lines changed, over half of the text, or it is longer. */
    static Optional<String> between(String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        int head = 0;
        while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), now.size()) - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<String> removed = old.subList(head, old.size() - tail);
        List<String> added = now.subList(head, now.size() - tail);
        int changed = Math.max(removed.size(), added.size());
        int letters = removed.stream().mapToInt(String::length).sum();
        if (changed * 4 > now.size() || letters * 2 > before.length()) {
            return Optional.empty();
        }
        StringBuilder text =
                new StringBuilder("--- \n+++ ").append(sha256(after)).append('\n');
        text.append("@@ -%s +%s @@%n"
                .formatted(range(head, removed.size()), range(head, added.size()))
                .replace("\r\n", "\n"));
        removed.forEach(line -> text.append('-').append(line).append('\n'));
        added.forEach(line -> text.append('+').append(line).append('\n'));
        return text.length() < after.length() ? Optional.of(text.toString()) : Optional.empty();
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    private static String range(int from, int count) {
        return (count == 0 ? from : from + 1) + (count == 1 ? "" : "," + count);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
