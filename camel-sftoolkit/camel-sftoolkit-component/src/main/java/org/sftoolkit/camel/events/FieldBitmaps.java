package org.sftoolkit.camel.events;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads lists of fields as change events have them: hexadecimal bitmaps over the positions of fields in the schema of that very
 * event, {@code 0x} for the top, {@code 3-0x} for the parts of the field at position 3.
 */
final class FieldBitmaps {

    private static final String HEX = "0x";
    private static final int RADIX = 16;
    private static final int BITS_OF_DIGIT = 4;

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
                read(bitmap, fields, field -> names.addAll(RestNames.of(field)));
            } else {
                read(bitmap.substring(dash + 1), parent(bitmap, dash).parts(), part -> {
                    if (part.restName() != null) {
                        names.add(part.restName());
                    }
                });
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

    /** Gives the fields of the bits that are set, from the lowest one on. */
    private static void read(String hex, List<EventSchema.Field> among, Consumer<EventSchema.Field> chosen)
            throws IOException {
        boolean digits = hex.startsWith(HEX) && hex.length() > HEX.length();
        for (int i = HEX.length(); digits && i < hex.length(); i++) {
            digits = hex.charAt(i) < 128 && Character.digit(hex.charAt(i), RADIX) >= 0;
        }
        if (!digits) {
            throw new IOException("'" + hex + "' is no bitmap of fields");
        }
        int bit = 0;
        for (int i = hex.length() - 1; i >= HEX.length(); i--, bit += BITS_OF_DIGIT) {
            for (int rest = Character.digit(hex.charAt(i), RADIX); rest != 0; rest &= rest - 1) {
                int place = bit + Integer.numberOfTrailingZeros(rest);
                if (place >= among.size()) {
                    throw new IOException(
                            "the bitmap " + hex + " names field " + place + ", and the schema has " + among.size());
                }
                chosen.accept(among.get(place));
            }
        }
    }
}
