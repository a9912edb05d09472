package org.sftoolkit.emulator.org;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the parents of a row in the org's tables, inside a transaction. */
final class TableLookups implements Lookups {

    private final Org org;

    TableLookups(Org org) {
        this.org = org;
    }

    @Override
    public void requireTarget(FieldSchema field, String id) {
        List<ObjectSchema> known = targets(field);
        if (known.size() < field.referenceTo().size() || known.isEmpty()) {
            // Objects outside the schema cannot be looked into: any id of another prefix may be one of theirs.
            if (known.stream().noneMatch(object -> id.startsWith(object.keyPrefix()))) {
                return;
            }
        }
        ObjectSchema target = known.stream()
                .filter(object -> id.startsWith(object.keyPrefix()))
                .findFirst()
                .orElseThrow(() -> RowRefusedException.of(
                        "FIELD_INTEGRITY_EXCEPTION",
                        field.label() + ": id value of incorrect type: " + id,
                        field.name()));
        Row row = org.table(target).get(id);
        if (row == null) {
            throw RowRefusedException.of("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", field.name());
        }
        if (row.deleted()) {
            throw RowRefusedException.of("ENTITY_IS_DELETED", "entity is deleted", field.name());
        }
    }

    @Override
    public String parentByKey(FieldSchema field, Map<?, ?> parent) {
        ObjectSchema target = target(field, parent);
        List<?> names = parent.keySet().stream()
                .filter(name -> !"attributes".equals(name))
                .toList();
        if (names.size() != 1) {
            throw RowRefusedException.of(
                    "INVALID_FIELD",
                    "A parent in " + field.relationshipName() + " is named by exactly one external id or Id field",
                    field.name());
        }
        String name = String.valueOf(names.get(0));
        Object value = parent.get(names.get(0));
        if (name.equalsIgnoreCase("Id")) {
            String id = (String) ValueReader.read(target, field, value);
            requireTarget(field, id);
            return id;
        }
        FieldSchema key = target.field(name)
                .filter(FieldSchema::isKey)
                .orElseThrow(() -> RowRefusedException.of(
                        "INVALID_FIELD",
                        "Field name provided, " + name + " does not match an External ID, Salesforce Id, or indexed"
                                + " field for " + target.name(),
                        field.name()));
        Collection<String> ids = org.table(target).idsWith(key, ValueReader.read(target, key, value));
        if (ids.size() != 1) {
            String found = ids.isEmpty() ? " not found for field " : " is not unique for field ";
            throw RowRefusedException.of(
                    "INVALID_FIELD",
                    "Foreign key external ID: " + value + found + key.name() + " in entity " + target.name(),
                    field.name());
        }
        return ids.iterator().next();
    }

    private ObjectSchema target(FieldSchema field, Map<?, ?> parent) {
        List<ObjectSchema> known = targets(field);
        if (field.polymorphic()) {
            Object type = parent.get("attributes") instanceof Map<?, ?> attributes ? attributes.get("type") : null;
            return known.stream()
                    .filter(object ->
                            type instanceof String name && object.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> RowRefusedException.of(
                            "INVALID_FIELD",
                            field.relationshipName() + " may point at " + field.referenceTo()
                                    + ": attributes.type must name one of them",
                            field.name()));
        }
        return known.stream()
                .findFirst()
                .orElseThrow(() -> RowRefusedException.of(
                        "INVALID_FIELD",
                        "The emulator's schema has no object " + field.referenceTo() + " to look up a parent in",
                        field.name()));
    }

    private List<ObjectSchema> targets(FieldSchema field) {
        return field.referenceTo().stream()
                .map(org.schema()::object)
                .flatMap(Optional::stream)
                .toList();
    }
}
