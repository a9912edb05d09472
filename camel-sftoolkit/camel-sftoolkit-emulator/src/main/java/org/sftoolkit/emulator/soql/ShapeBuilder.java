package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sftoolkit.emulator.org.Row;

/** Collects the selected fields of one object, gathering those of the same parent under one entry. */
final class ShapeBuilder {
    private final String statement;
    private final Names names;
    private final String prefix;
    /** Entries in order of first mention; parents are held as the builders of their own shapes. */
    private final Map<String, Object> entries = new LinkedHashMap<>();

    private final Map<String, Hop> hops = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    ShapeBuilder(String statement, Names names) {
        this(statement, names, "");
    }

    private ShapeBuilder(String statement, Names names, String prefix) {
        this.statement = statement;
        this.names = names;
        this.prefix = prefix;
    }

    /** Adds the field at the end of a path. */
    void add(Expression.Path path) {
        add(path, UnaryOperator.identity());
    }

    /** Adds the field at the end of a path, shown through a function. */
    void add(Expression.Path path, UnaryOperator<Column<Row>> function) {
        names.requireReachable(path);
        add(path.names(), path.position(), function);
    }

    private void add(List<String> path, int position, UnaryOperator<Column<Row>> function) {
        if (path.size() == 1) {
            Column<Row> column = names.field(path.get(0), position);
            add(new Shape.Leaf(column.name(), function.apply(column)), position);
            return;
        }
        Hop hop = names.hop(path.get(0), position);
        Object known = entries.computeIfAbsent(hop.key(), key -> {
            hops.put(key, hop);
            return new ShapeBuilder(statement, names.behind(hop), prefix + key + ".");
        });
        if (!(known instanceof ShapeBuilder parent)) {
            throw duplicate(prefix + hop.key(), position);
        }
        parent.add(path.subList(1, path.size()), position, function);
    }

    /** Adds an entry under its own key. */
    void add(Shape.Entry entry, int position) {
        if (!taken.add(entry.key().toLowerCase(Locale.ROOT)) || entries.putIfAbsent(entry.key(), entry) != null) {
            throw duplicate(prefix + entry.key(), position);
        }
    }

    Shape build() {
        List<Shape.Entry> built = new ArrayList<>();
        entries.forEach((key, entry) -> built.add(
                entry instanceof ShapeBuilder parent
                        ? new Shape.Parent(key, hops.get(key), parent.build())
                        : (Shape.Entry) entry));
        return new Shape(List.copyOf(built));
    }

    private SoqlException duplicate(String field, int position) {
        return SoqlException.at(statement, position, "INVALID_FIELD", "duplicate field selected: " + field);
    }

    /** The shape of parents by type, as TYPEOF asks for. */
    Shape.TypedParent typed(SelectItem.Typeof typeof, QueryContext context) {
        Hop hop = names.hop(typeof.relationship(), typeof.position());
        if (!hop.polymorphic()) {
            throw SoqlException.malformedAt(
                    statement,
                    typeof.position(),
                    "TYPEOF is only allowed on polymorphic relationships: " + typeof.relationship());
        }
        Map<String, Shape> byType = new LinkedHashMap<>();
        for (SelectItem.When when : typeof.whens()) {
            Names target = context.org()
                    .schema()
                    .object(when.type())
                    .filter(object -> hop.reference().referenceTo().contains(object.name()))
                    .map(object -> new Names(statement, context, Optional.of(object)))
                    .orElseThrow(() -> SoqlException.at(
                            statement,
                            when.position(),
                            "INVALID_TYPE",
                            "'" + when.type() + "' is no type of the relationship " + hop.key()));
            if (byType.putIfAbsent(target.entity(), shape(target, when.fields())) != null) {
                throw SoqlException.malformedAt(statement, when.position(), "duplicate type in TYPEOF: " + when.type());
            }
        }
        Optional<Shape> otherwise = typeof.otherwise().isEmpty()
                ? Optional.empty()
                : Optional.of(shape(names.behind(hop), typeof.otherwise()));
        return new Shape.TypedParent(hop.key(), hop, byType, otherwise);
    }

    private Shape shape(Names target, List<Expression.Path> fields) {
        ShapeBuilder builder = new ShapeBuilder(statement, target);
        fields.forEach(builder::add);
        return builder.build();
    }
}
