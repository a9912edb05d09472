package org.sftoolkit.emulator.org;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which fields make up an address or a geolocation (Object Reference: "Compound Fields"). */
public final class CompoundParts {

    private static final List<String> ADDRESS = List.of(
            "city",
            "country",
            "countryCode",
            "geocodeAccuracy",
            "latitude",
            "longitude",
            "postalCode",
            "state",
            "stateCode",
            "street");
    private static final List<String> LOCATION = List.of("latitude", "longitude");

    private CompoundParts() {}

    static List<String> of(FieldType compound) {
        return compound == FieldType.ADDRESS ? ADDRESS : LOCATION;
    }

    /** BillingAddress and street give BillingStreet; Place__c and latitude give Place__Latitude__s. */
    public static Optional<FieldSchema> field(ObjectSchema object, FieldSchema compound, String part) {
        String capital = part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
        String name = compound.name();
        if (name.endsWith("__c")) {
            return object.field(name.substring(0, name.length() - 1) + capital + "__s");
        }
        String stem = name.endsWith("Address") ? name.substring(0, name.length() - "Address".length()) : name;
        return object.field(stem + capital);
    }
}
