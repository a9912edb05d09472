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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One object of the org, as its describe result tells it. Immutable, read when it is first used; names are looked up without regard to case. */
public final class ObjectSchema {

    private final String name;
    private final String keyPrefix;
    private final Supplier<ObjectNode> source;
    /** What the describe result says, when it has been read. */
    private volatile Parts parts;

    /** What is read of a describe result. */
    private record Parts(
            ObjectNode describe,
            List<FieldSchema> fields,
            Map<String, FieldSchema> byName,
            Map<String, FieldSchema> byRelationship,
            List<ChildRelationship> children,
            int idIndex,
            int deletedIndex) {

        static Parts of(ObjectNode describe) {
            List<FieldSchema> fields = new ArrayList<>();
            describe.required("fields").forEach(field -> fields.add(FieldSchema.read(fields.size(), field)));
            Map<String, FieldSchema> byName =
                    fields.stream().collect(Collectors.toUnmodifiableMap(f -> folded(f.name()), Function.identity()));
            Map<String, FieldSchema> byRelationship = fields.stream()
                    .filter(field -> field.relationshipName() != null)
                    .collect(Collectors.toUnmodifiableMap(
                            f -> folded(f.relationshipName()), Function.identity(), (first, second) -> first));
            List<ChildRelationship> children = new ArrayList<>();
            describe.path("childRelationships").forEach(child -> children.add(ChildRelationship.read(child)));
            return new Parts(
                    describe,
                    List.copyOf(fields),
                    byName,
                    byRelationship,
                    List.copyOf(children),
                    index(byName, "id"),
                    index(byName, "isdeleted"));
        }

        private static int index(Map<String, FieldSchema> fields, String name) {
            FieldSchema field = fields.get(name);
            return field == null ? -1 : field.index();
        }
    }

    ObjectSchema(ObjectNode describe) {
        this(describe.required("name").asText(), describe.path("keyPrefix").asText(null), () -> describe);
        parts();
    }

    /** An object whose describe result is read when it is needed. */
    ObjectSchema(String name, String keyPrefix, Supplier<ObjectNode> source) {
        this.name = name;
        this.keyPrefix = keyPrefix;
        this.source = source;
    }

    private Parts parts() {
        Parts read = parts;
        if (read == null) {
            synchronized (this) {
                read = parts;
                if (read == null) {
                    read = Parts.of(source.get());
                    parts = read;
                }
            }
        }
        return read;
    }

    /** This object with one more field; a field of the same name is replaced. */
    ObjectSchema with(JsonNode field) {
        ObjectNode copy = describe().deepCopy();
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
        return describe().path("label").asText(name);
    }

    /** First three characters of the ids of this object's rows, or null when it has no ids of its own. */
    public String keyPrefix() {
        return keyPrefix;
    }

    /** All fields, in the order of the describe result; a field's position is its {@link FieldSchema#index()}. */
    public List<FieldSchema> fields() {
        return parts().fields();
    }

    /** The field of that name, whatever its case. */
    public Optional<FieldSchema> field(String field) {
        return Optional.ofNullable(parts().byName().get(folded(field)));
    }

    /** The reference field whose relationship to the parent has that name, whatever its case. */
    public Optional<FieldSchema> fieldByRelationship(String relationship) {
        return Optional.ofNullable(parts().byRelationship().get(folded(relationship)));
    }

    /** The relationships from rows of this object to their children. */
    public List<ChildRelationship> childRelationships() {
        return parts().children();
    }

    /** The relationship to children of that name, whatever its case. */
    public Optional<ChildRelationship> childRelationship(String relationship) {
        return parts().children().stream()
                .filter(child -> relationship.equalsIgnoreCase(child.name()))
                .findFirst();
    }

    /** The field marked as the row's name, such as Account.Name or Case.CaseNumber. */
    public Optional<FieldSchema> nameField() {
        return fields().stream().filter(FieldSchema::nameField).findFirst();
    }

    /** Whether a flag of the describe result, such as {@code createable}, is set; absent ones count as set. */
    public boolean is(String flag) {
        return describe().path(flag).asBoolean(true);
    }

    /** Whether this is a type of platform event: what is inserted is published and never stored. */
    public boolean isPlatformEvent() {
        return name.endsWith("__e");
    }

    /** The whole describe result. Not to be changed by the caller. */
    public ObjectNode describe() {
        return parts().describe();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Whether this object has the fields of the other one, in their order and of their types, and perhaps more behind them. */
    boolean extendsFieldsOf(ObjectSchema other) {
        List<FieldSchema> own = fields();
        List<FieldSchema> others = other.fields();
        if (others.size() > own.size()) {
            return false;
        }
        for (int i = 0; i < others.size(); i++) {
            FieldSchema mine = own.get(i);
            FieldSchema theirs = others.get(i);
            if (!mine.name().equals(theirs.name()) || mine.type() != theirs.type()) {
                return false;
            }
        }
        return true;
    }

    /** Position of Id, or -1. */
    int idIndex() {
        return parts().idIndex();
    }

    /** Position of IsDeleted, or -1. */
    int deletedIndex() {
        return parts().deletedIndex();
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
