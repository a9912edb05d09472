package org.sftoolkit.emulator.org;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A relationship from a parent object to the rows that point at it.
 *
 * @param child name of the object whose rows point at the parent
 * @param field name of the child's reference field
 * @param name name of the relationship, or null
 * @param cascadeDelete whether the children are deleted with the parent
 * @param restrictedDelete whether a parent with children cannot be deleted
 */
public record ChildRelationship(
        String child, String field, String name, boolean cascadeDelete, boolean restrictedDelete) {

    static ChildRelationship read(JsonNode json) {
        return new ChildRelationship(
                json.path("childSObject").asText(),
                json.path("field").asText(),
                json.path("relationshipName").asText(null),
                json.path("cascadeDelete").asBoolean(),
                json.path("restrictedDelete").asBoolean());
    }
}
