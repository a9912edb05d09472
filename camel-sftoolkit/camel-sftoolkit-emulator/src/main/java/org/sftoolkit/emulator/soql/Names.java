package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/**
 * Resolves the names of one object, or of the {@code Name} entity that stands for the parent of a polymorphic
 * relationship. Immutable.
 */
final class Names {
    private static final int MAX_PARENTS = 5;
    private static final String ENTITY_NAME = "Name";
    /** What a polymorphic parent shows of itself, whatever it is (Object Reference: Name). */
    private static final Map<String, FieldSummary> NAME_FIELDS = Map.ofEntries(
            summary("Id", FieldType.ID),
            summary("Name", FieldType.STRING),
            summary("Type", FieldType.PICKLIST),
            summary("Alias", FieldType.STRING),
            summary("Email", FieldType.EMAIL),
            summary("FirstName", FieldType.STRING),
            summary("LastName", FieldType.STRING),
            summary("IsActive", FieldType.BOOLEAN),
            summary("Phone", FieldType.PHONE),
            summary("ProfileId", FieldType.REFERENCE),
            summary("Title", FieldType.STRING),
            summary("UserRoleId", FieldType.REFERENCE),
            summary("Username", FieldType.STRING));

    private final String statement;
    private final QueryContext context;
    private final Optional<ObjectSchema> object;

    Names(String statement, QueryContext context, Optional<ObjectSchema> object) {
        this.statement = statement;
        this.context = context;
        this.object = object;
    }

    /** The object whose fields these are; nothing for the entity of polymorphic parents. */
    Optional<ObjectSchema> object() {
        return object;
    }

    String entity() {
        return object.map(ObjectSchema::name).orElse(ENTITY_NAME);
    }

    /** A field of this very object. */
    Column<Row> field(String name, int position) {
        if (object.isEmpty()) {
            FieldSummary field = NAME_FIELDS.get(name.toLowerCase(Locale.ROOT));
            if (field == null) {
                throw noSuchColumn(name, position);
            }
            return new Column<>(field.name(), field.type(), null, row -> summarised(field.name(), row));
        }
        FieldSchema field = object.get().field(name).orElseThrow(() -> noSuchColumn(name, position));
        return new Column<>(field.name(), field.type(), field, row -> row.get(field));
    }

    /** The step to the parent that a relationship leads to. */
    Hop hop(String relationship, int position) {
        FieldSchema reference = object.flatMap(o -> o.fieldByRelationship(relationship))
                .orElseThrow(() -> unknownRelationship(relationship, position));
        if (reference.polymorphic()) {
            return new Hop(reference, Optional.empty());
        }
        ObjectSchema target = reference.referenceTo().stream()
                .findFirst()
                .flatMap(name -> context.org().schema().object(name))
                .orElseThrow(() -> unknownRelationship(relationship, position));
        return new Hop(reference, Optional.of(target));
    }

    /** The names at the other end of a step. */
    Names behind(Hop hop) {
        return new Names(statement, context, hop.target());
    }

    /** Refuses a path that leads up too far. */
    void requireReachable(Expression.Path path) {
        if (path.names().size() > MAX_PARENTS + 1) {
            throw SoqlException.malformedAt(
                    statement,
                    path.position(),
                    "SOQL statements cannot query parent relationships more than " + MAX_PARENTS + " levels up");
        }
    }

    /** The value at the end of a path of parents, null if a parent is missing. */
    Column<Row> column(Expression.Path path) {
        requireReachable(path);
        List<Hop> hops = new ArrayList<>();
        Names names = this;
        for (String relationship : path.relationships()) {
            Hop hop = names.hop(relationship, path.position());
            hops.add(hop);
            names = names.behind(hop);
        }
        Column<Row> leaf = names.field(path.field(), path.position());
        if (hops.isEmpty()) {
            return leaf;
        }
        return new Column<>(path.dotted(), leaf.type(), leaf.field(), row -> {
            Row at = row;
            for (Hop hop : hops) {
                at = hop.parent(at, context);
            }
            return at == null ? null : leaf.of(at);
        });
    }

    private SoqlException noSuchColumn(String name, int position) {
        return SoqlException.at(
                statement,
                position,
                "INVALID_FIELD",
                "No such column '" + name + "' on entity '" + entity()
                        + "'. If you are attempting to use a custom field, be sure to append the '__c' after the custom"
                        + " field name. Please reference your WSDL or the describe call for the appropriate names.");
    }

    private SoqlException unknownRelationship(String relationship, int position) {
        return SoqlException.at(
                statement,
                position,
                "INVALID_FIELD",
                "Didn't understand relationship '" + relationship
                        + "' in field path. If you are attempting to use a custom relationship, be sure to append the"
                        + " '__r' after the custom relationship name. Please reference your WSDL or the describe call"
                        + " for the appropriate names.");
    }

    private static Object summarised(String name, Row row) {
        return switch (name) {
            case "Type" -> row.schema().name();
            case "Name" -> row.schema().nameField().map(row::get).orElse(null);
            default -> row.get((Object) name);
        };
    }

    private static Map.Entry<String, FieldSummary> summary(String name, FieldType type) {
        return Map.entry(name.toLowerCase(Locale.ROOT), new FieldSummary(name, type));
    }

    private record FieldSummary(String name, FieldType type) {}
}
