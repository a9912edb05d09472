package org.sftoolkit.camel.model;

import java.time.OffsetDateTime;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Values as text in the cells of bulk loads.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_date_format.htm">Bulk
 *      API 2.0 and Bulk API Developer Guide: Valid Date Format in Records</a>
 */
public final class CsvCell {

    /** The cell that sets a field to null; an empty one leaves it alone. */
    public static final String NULL = "#N/A";

    /** Why {@link #NULL} is refused as the text of a field. */
    public static final String NULL_TEXT = "the text " + NULL + " would be saved as null by a bulk load: to clear the"
            + " field, use a null; to save this text, use sftoolkit:save with via=REST";

    private CsvCell() {}

    /**
     * A value as text; null, and empty text, which Salesforce stores as null, as {@link #NULL}.
     *
     * @throws IllegalArgumentException for what a cell cannot hold
     */
    public static String of(@Nullable Object value) {
        Object plain = WireValue.of(value);
        if (plain instanceof Collection<?> many) {
            plain = WireValue.multiPicklist(many);
        }
        if (plain == null || plain.equals("")) {
            return NULL;
        }
        if (plain.equals(NULL)) {
            throw new IllegalArgumentException(NULL_TEXT);
        }
        return plain instanceof OffsetDateTime ? dateTime(WireText.of(plain)) : WireText.of(plain);
    }

    /** What a cell says: text, or null for {@link #NULL}. */
    public static @Nullable String value(String cell) {
        return cell.equals(NULL) ? null : cell;
    }

    /** In CSV the guide shows offsets with a colon only. */
    private static String dateTime(String text) {
        int colon = text.length() - 2;
        return text.substring(0, colon) + ':' + text.substring(colon);
    }
}
