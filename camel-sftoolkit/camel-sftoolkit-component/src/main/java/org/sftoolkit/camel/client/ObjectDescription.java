package org.sftoolkit.camel.client;

import java.util.List;
import java.util.Optional;

/**
 * What the component needs to know of an object.
 *
 * @param name   API name as the org spells it
 * @param fields all fields that the user can see
 */
public record ObjectDescription(String name, List<FieldDescription> fields) {

    /** Names of all fields. */
    public List<String> fieldNames() {
        return fields.stream().map(FieldDescription::name).toList();
    }

    /** A field by its name, without regard to case. */
    public Optional<FieldDescription> field(String field) {
        return fields.stream().filter(f -> f.name().equalsIgnoreCase(field)).findFirst();
    }
}
