package org.sftoolkit.camel.client;

import java.util.List;

/**
 * A field as the org describes it.
 *
 * @param name          API name
 * @param type          Salesforce's type, such as {@code string} or {@code double}
 * @param createable    whether an insert may set it
 * @param updateable    whether an update may set it
 * @param externalId    whether records can be found and upserted by it
 * @param unique        whether no two records have the same value
 * @param caseSensitive whether values that differ in case only are different
 * @param compound      name of the address or location that it is a part of; null for others
 * @param relationship  name of the parent that it refers to; null for others
 * @param targets       API names of the objects that it may refer to; empty for others
 */
public record FieldDescription(
        String name,
        String type,
        boolean createable,
        boolean updateable,
        boolean externalId,
        boolean unique,
        boolean caseSensitive,
        String compound,
        String relationship,
        List<String> targets) {

    public FieldDescription {
        targets = List.copyOf(targets);
    }

    /** Whether it may refer to several objects. */
    public boolean polymorphic() {
        return targets.size() > 1;
    }

    /** Whether its values are written without quotes in SOQL. */
    public boolean numeric() {
        return switch (type) {
            case "int", "long", "double", "currency", "percent" -> true;
            default -> false;
        };
    }

    /** Whether it is read as one value and written by its parts. */
    boolean isCompound() {
        return type.equals("address") || type.equals("location");
    }
}
