package org.sftoolkit.emulator.events;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Which fields of an event a list of its header names (Change Data Capture Developer Guide: "Bitmap fields"). Not safe for
 * threads.
 */
final class Bitmaps {

    private BigInteger top = BigInteger.ZERO;
    private final TreeMap<Integer, BigInteger> children = new TreeMap<>();

    /** Names a field of the event. */
    void add(int position) {
        top = top.setBit(position);
    }

    /** Names a field of a compound field. */
    void add(int parent, int position) {
        children.merge(parent, BigInteger.ZERO.setBit(position), BigInteger::or);
    }

    /** The bitmap of the event first if a field of it is named, then those of compound fields by position. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        if (top.signum() != 0) {
            texts.add(hex(top));
        }
        children.forEach((parent, bits) -> texts.add(parent + "-" + hex(bits)));
        return texts;
    }

    private static String hex(BigInteger bits) {
        String digits = bits.toString(16).toUpperCase(Locale.ROOT);
        return "0x" + (digits.length() % 2 == 0 ? "" : "0") + digits;
    }
}
