package org.sftoolkit.camel.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Addresses and geolocations: read as one value, written by their parts.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/compound_fields_address.htm">Object Reference:
 *      Address Compound Fields</a>
 */
final class CompoundField {

    private static final String ADDRESS = "Address";
    private static final String CUSTOM = "__c";
    private static final Set<String> ADDRESS_PARTS = Set.of(
            "street",
            "city",
            "state",
            "stateCode",
            "postalCode",
            "country",
            "countryCode",
            "latitude",
            "longitude",
            "geocodeAccuracy");

    private CompoundField() {}

    /** The fields of this value; null if it is neither an address nor a location. */
    static @Nullable Map<String, Object> parts(String field, Map<?, ?> value) {
        boolean custom = field.endsWith(CUSTOM);
        if (value.isEmpty()
                || !custom && !field.endsWith(ADDRESS)
                || !value.keySet().stream().allMatch(ADDRESS_PARTS::contains)) {
            return null;
        }
        var parts = new LinkedHashMap<String, Object>();
        value.forEach((part, content) -> {
            if (isSent(part.toString(), content, value, custom)) {
                parts.put(name(field, part.toString(), custom), content);
            }
        });
        return parts;
    }

    /**
     * State and country have a code only if the org has picklists for them, and code and name must match. So only the
     * one with a value is sent. Custom addresses have codes only.
     */
    private static boolean isSent(String part, Object content, Map<?, ?> value, boolean custom) {
        return switch (part) {
            case "stateCode", "countryCode" -> custom || content != null;
            case "state", "country" -> !custom && value.get(part + "Code") == null;
            case "geocodeAccuracy" -> content != null;
            default -> true;
        };
    }

    private static String name(String field, String part, boolean custom) {
        String capital = Character.toUpperCase(part.charAt(0)) + part.substring(1);
        return custom
                ? field.substring(0, field.length() - CUSTOM.length()) + "__" + capital + "__s"
                : field.substring(0, field.length() - ADDRESS.length()) + capital;
    }
}
