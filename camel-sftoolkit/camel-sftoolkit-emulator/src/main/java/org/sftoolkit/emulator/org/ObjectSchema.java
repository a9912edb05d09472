package org.sftoolkit.emulator.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One object of the org, as its describe result tells it. Immutable; names are looked up without regard to case. */
public final class ObjectSchema {

    private final ObjectNode describe;
    private final String name;
    private final String label;
    private final String keyPrefix;
    private final List<FieldSchema> fields;
    private final Map<String, FieldSchema> byName;
    private final Map<String, FieldSchema> byRelationship;
    private final List<ChildRelationship> children;
    private final int idIndex;
    private final int deletedIndex;

    ObjectSchema(ObjectNode describe) {
        this.describe = describe;
        this.name = describe.required("name").asText();
        this.label = describe.path("label").asText(name);
        this.keyPrefix = describe.path("keyPrefix").asText(null);
        List<FieldSchema> read = new ArrayList<>();
        describe.required("fields").forEach(field -> read.add(FieldSchema.read(read.size(), field)));
        this.fields = List.copyOf(read);
        this.byName = fields.stream().collect(Collectors.toUnmodifiableMap(f -> folded(f.name()), Function.identity()));
        this.byRelationship = fields.stream()
                .filter(field -> field.relationshipName() != null)
                .collect(Collectors.toUnmodifiableMap(
                        f -> folded(f.relationshipName()), Function.identity(), (first, second) -> first));
        this.idIndex = field("Id").map(FieldSchema::index).orElse(-1);
        this.deletedIndex = field("IsDeleted").map(FieldSchema::index).orElse(-1);
        List<ChildRelationship> relationships = new ArrayList<>();
        describe.path("childRelationships").forEach(child -> relationships.add(ChildRelationship.read(child)));
        this.children = List.copyOf(relationships);
    }

    /** This object with one more field; a field of the same name is replaced. */
    ObjectSchema with(JsonNode field) {
        ObjectNode copy = describe.deepCopy();
        ArrayNode all = (ArrayNode) copy.required("fields");
        String added = field.required("name").asText();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).path("name").asText().equalsIgnoreCase(added)) {
                all.remove(i);
            }
        }
        all.add(field);
        return new ObjectSchema(copy);
    }

    /** The name as the org spells it. */
    public String name() {
        return name;
    }

    public String label() {
        return label;
    }

    /** First three characters of the ids of this object's rows, or null when it has no ids of its own. */
    public String keyPrefix() {
        return keyPrefix;
    }

    /** All fields, in the order of the describe result; a field's position is its {@link FieldSchema#index()}. */
    public List<FieldSchema> fields() {
        return fields;
    }

    /** The field of that name, whatever its case. */
    public Optional<FieldSchema> field(String field) {
        return Optional.ofNullable(byName.get(folded(field)));
    }

    /** The reference field whose relationship to the parent has that name, whatever its case. */
    public Optional<FieldSchema> fieldByRelationship(String relationship) {
        return Optional.ofNullable(byRelationship.get(folded(relationship)));
    }

    /** The relationships from rows of this object to their children. */
    public List<ChildRelationship> childRelationships() {
        return children;
    }

    /** The relationship to children of that name, whatever its case. */
    public Optional<ChildRelationship> childRelationship(String relationship) {
        return children.stream()
                .filter(child -> relationship.equalsIgnoreCase(child.name()))
                .findFirst();
    }

    /** The field marked as the row's name, such as Account.Name or Case.CaseNumber. */
    public Optional<FieldSchema> nameField() {
        return fields.stream().filter(FieldSchema::nameField).findFirst();
    }

    /** Whether a flag of the describe result, such as {@code createable}, is set; absent ones count as set. */
    public boolean is(String flag) {
        return describe.path(flag).asBoolean(true);
    }

    /** Whether this is a type of platform event: what is inserted is published and never stored. */
    public boolean isPlatformEvent() {
        return name.endsWith("__e");
    }

    /** The whole describe result. Not to be changed by the caller. */
    public ObjectNode describe() {
        return describe;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Whether this object has the fields of the other one, in their order and of their types, and perhaps more behind them. */
    boolean extendsFieldsOf(ObjectSchema other) {
        if (other.fields.size() > fields.size()) {
            return false;
        }
        for (int i = 0; i < other.fields.size(); i++) {
            FieldSchema mine = fields.get(i);
            FieldSchema others = other.fields.get(i);
            if (!mine.name().equals(others.name()) || mine.type() != others.type()) {
                return false;
            }
        }
        return true;
    }

    /** Position of Id, or -1. */
    int idIndex() {
        return idIndex;
    }

    /** Position of IsDeleted, or -1. */
    int deletedIndex() {
        return deletedIndex;
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
