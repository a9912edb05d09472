package org.sftoolkit.camel.events;

import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads lists of fields as change events have them: hexadecimal bitmaps over the positions of fields in the schema of that very
 * event, {@code 0x} for the top, {@code 3-0x} for the parts of the field at position 3.
 */
final class FieldBitmaps {

    private static final String HEX = "0x";
    private static final int RADIX = 16;
    private static final Pattern DIGITS = Pattern.compile("[0-9A-Fa-f]+");

    private final List<EventSchema.Field> fields;

    FieldBitmaps(List<EventSchema.Field> fields) {
        this.fields = fields;
    }

    /** The fields by their names in REST; those of a whole compound field by its parts. */
    Set<String> names(List<String> bitmaps) throws IOException {
        var names = new LinkedHashSet<String>();
        for (String bitmap : bitmaps) {
            int dash = bitmap.indexOf('-');
            if (dash < 0) {
                for (EventSchema.Field field : chosen(bitmap, fields)) {
                    names.addAll(RestNames.of(field));
                }
            } else {
                EventSchema.Field parent = parent(bitmap, dash);
                for (EventSchema.Field part : chosen(bitmap.substring(dash + 1), parent.parts())) {
                    String name = RestNames.ofPart(parent.name(), part.name());
                    if (name != null) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    private EventSchema.Field parent(String bitmap, int dash) throws IOException {
        try {
            return fields.get(Integer.parseInt(bitmap.substring(0, dash)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException("the bitmap " + bitmap + " names a field that the schema lacks", e);
        }
    }

    private static List<EventSchema.Field> chosen(String hex, List<EventSchema.Field> among) throws IOException {
        if (!hex.startsWith(HEX) || !DIGITS.matcher(hex.substring(HEX.length())).matches()) {
            throw new IOException("'" + hex + "' is no bitmap of fields");
        }
        var bits = new BigInteger(hex.substring(HEX.length()), RADIX);
        if (bits.bitLength() > among.size()) {
            throw new IOException("the bitmap " + hex + " names field " + (bits.bitLength() - 1)
                    + ", and the schema has " + among.size());
        }
        var chosen = new java.util.ArrayList<EventSchema.Field>();
        for (int i = bits.getLowestSetBit(); i >= 0 && i < bits.bitLength(); i++) {
            if (bits.testBit(i)) {
                chosen.add(among.get(i));
            }
        }
        return chosen;
    }
}
