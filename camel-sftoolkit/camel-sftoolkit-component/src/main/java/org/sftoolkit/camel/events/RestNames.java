package org.sftoolkit.camel.events;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of the parts of compound fields: events nest them, REST writes them side by side. */
final class RestNames {

    private static final String ADDRESS = "Address";
    private static final String CUSTOM = "__c";
    /** A part of addresses that REST does not have. */
    private static final String COORDINATES = "Xyz";

    private RestNames() {}

    /** Of a field: its own name, or those of its parts. */
    static Set<String> of(EventSchema.Field field) {
        if (field.parts().isEmpty()) {
            return Set.of(field.name());
        }
        var names = new LinkedHashSet<String>();
        // the name of a business account is a text, that of a person has parts
        if (field.name().equals("Name")) {
            names.add("Name");
        }
        for (EventSchema.Field part : field.parts()) {
            String name = part.restName();
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** {@code BillingCity} of BillingAddress.City, {@code Place__Latitude__s} of Place__c.Latitude; null if REST has no such field. */
    static @Nullable String ofPart(String field, String part) {
        if (part.equals(COORDINATES)) {
            return null;
        }
        if (field.endsWith(CUSTOM)) {
            return field.substring(0, field.length() - CUSTOM.length()) + "__" + part + "__s";
        }
        return field.endsWith(ADDRESS) ? field.substring(0, field.length() - ADDRESS.length()) + part : part;
    }
}
