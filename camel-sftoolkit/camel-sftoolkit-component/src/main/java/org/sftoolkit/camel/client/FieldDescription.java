package org.sftoolkit.camel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
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

    /** @param field as Salesforce describes it */
    public static FieldDescription of(JsonNode field) {
        return new FieldDescription(
                field.path("name").asText(),
                field.path("type").asText(),
                field.path("createable").asBoolean(),
                field.path("updateable").asBoolean(),
                field.path("externalId").asBoolean(),
                field.path("unique").asBoolean(),
                field.path("caseSensitive").asBoolean(),
                field.path("compoundFieldName").textValue(),
                field.path("relationshipName").textValue(),
                targets(field));
    }

    private static List<String> targets(JsonNode field) {
        var targets = new ArrayList<String>();
        field.path("referenceTo").forEach(target -> targets.add(target.asText()));
        return targets;
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
