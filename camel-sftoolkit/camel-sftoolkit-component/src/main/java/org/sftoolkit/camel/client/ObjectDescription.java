package org.sftoolkit.camel.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sftoolkit.camel.model.ObjectShape;

/**
 * What the component needs to know of an object.
 *
 * @param name      API name as the org spells it
 * @param keyPrefix what Ids of its records begin with; null if it has no prefix of its own
 * @param fields    all fields that the user can see
 * @param children  names of the relationships to its children
 */
public record ObjectDescription(String name, String keyPrefix, List<FieldDescription> fields, Set<String> children)
        implements ObjectShape {

    public ObjectDescription {
        var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(children);
        children = names;
    }

    /** Names of all fields. */
    public List<String> fieldNames() {
        return fields.stream().map(FieldDescription::name).toList();
    }

    /** A field by its name, without regard to case. */
    public Optional<FieldDescription> field(String field) {
        return fields.stream().filter(f -> f.name().equalsIgnoreCase(field)).findFirst();
    }

    /** The field that refers to this parent. */
    public Optional<FieldDescription> reference(String relationship) {
        return fields.stream()
                .filter(field -> relationship.equalsIgnoreCase(field.relationship()))
                .findFirst();
    }

    @Override
    public List<String> parts(String compound) {
        return field(compound).filter(FieldDescription::isCompound).isEmpty()
                ? List.of()
                : fields.stream()
                        .filter(field -> compound.equalsIgnoreCase(field.compound()) && field.updateable())
                        .map(FieldDescription::name)
                        .toList();
    }

    @Override
    public boolean isRelationship(String name) {
        return field(name).isEmpty()
                && (children.contains(name) || reference(name).isPresent());
    }

    @Override
    public String lookup(String relationship) {
        return reference(relationship)
                .map(FieldDescription::name)
                .orElseGet(() -> ObjectShape.UNKNOWN.lookup(relationship));
    }
}
