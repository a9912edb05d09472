package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.soql.Condition.Operator;

/**
 * The rows that a filter must check: those found by an index if the filter asks for certain ids or keys, else all.
 * Always a superset of the answer, in order of id.
 */
final class Candidates {
    private static final int MAX_FIELDS_ROWS = 200;

    private Candidates() {}

    static List<Row> of(Query query, Scope scope) {
        Org org = scope.context().org();
        for (Condition part : conjuncts(query)) {
            Optional<Lookup> lookup = lookup(part, scope);
            if (lookup.isPresent()) {
                return rows(lookup.get(), scope, org);
            }
        }
        return org.rows(scope.object(), scope.context().withDeleted());
    }

    /** Whether FIELDS(ALL) is allowed: at most 200 rows by LIMIT or by a list of ids. */
    static boolean isBounded(Query query, Scope scope) {
        if (query.limit().orElse(Long.MAX_VALUE) <= MAX_FIELDS_ROWS) {
            return true;
        }
        return conjuncts(query).stream()
                .flatMap(part -> lookup(part, scope).stream())
                .anyMatch(lookup ->
                        lookup.field().type() == FieldType.ID && lookup.values().size() <= MAX_FIELDS_ROWS);
    }

    /** The fields whose index finds the rows; empty for a scan. */
    static List<String> indexedFields(Query query, Scope scope) {
        return conjuncts(query).stream()
                .flatMap(part -> lookup(part, scope).stream())
                .map(lookup -> lookup.field().name())
                .limit(1)
                .toList();
    }

    private static List<Condition> conjuncts(Query query) {
        Condition where = query.where().orElse(null);
        if (where == null) {
            return List.of();
        }
        return where instanceof Condition.And and ? and.parts() : List.of(where);
    }

    private static Optional<Lookup> lookup(Condition condition, Scope scope) {
        if (condition instanceof Condition.Compare compare && compare.operator() == Operator.EQUAL) {
            return lookup(compare.left(), List.of(compare.value()), scope);
        }
        if (condition instanceof Condition.InList in && !in.negated()) {
            return lookup(in.left(), in.values(), scope);
        }
        return Optional.empty();
    }

    private static Optional<Lookup> lookup(Expression left, List<Literal> literals, Scope scope) {
        if (!(left instanceof Expression.Path path) || scope.plain(path).names().size() > 1) {
            return Optional.empty();
        }
        FieldSchema field = scope.object().field(path.field()).orElse(null);
        if (field == null || !isSearchable(field, scope)) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (Literal literal : literals) {
            if (!(literal instanceof Literal.Text text) || text.value().isEmpty()) {
                return Optional.empty();
            }
            values.add(text.value());
        }
        return Optional.of(new Lookup(field, values));
    }

    private static boolean isSearchable(FieldSchema field, Scope scope) {
        if (field.type() == FieldType.ID) {
            return true;
        }
        boolean textual = field.type().isText() || field.type().isId();
        return textual
                && !scope.context().withDeleted()
                && scope.context().org().indexed(field);
    }

    private static List<Row> rows(Lookup lookup, Scope scope, Org org) {
        TreeMap<String, Row> found = new TreeMap<>();
        for (String value : lookup.values()) {
            if (lookup.field().type() == FieldType.ID) {
                org.row(scope.object(), value)
                        .filter(row -> scope.context().withDeleted() || !row.deleted())
                        .ifPresent(row -> found.put(row.id(), row));
            } else {
                String key = lookup.field().type().isId()
                        ? RecordIds.normalised(value).orElse(value)
                        : value;
                org.rowsWith(scope.object(), lookup.field(), key).forEach(row -> found.put(row.id(), row));
            }
        }
        return new ArrayList<>(found.values());
    }

    private record Lookup(FieldSchema field, List<String> values) {}
}
