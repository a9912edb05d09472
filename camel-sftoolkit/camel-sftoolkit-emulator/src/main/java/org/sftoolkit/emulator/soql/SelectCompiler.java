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
import org.sftoolkit.emulator.org.ChildRelationship;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/** Resolves the SELECT list of a query of rows. */
final class SelectCompiler {
    private static final int MAX_SUBQUERIES = 20;

    private final Planner planner;
    private final Query query;
    private final Scope scope;
    private final int depth;
    private final ShapeBuilder shape;
    private final Functions functions;

    /** @param depth 0 for the statement itself, 1 for its child subqueries and so on */
    SelectCompiler(Planner planner, Query query, Scope scope, int depth) {
        this.planner = planner;
        this.query = query;
        this.scope = scope;
        this.depth = depth;
        this.shape = new ShapeBuilder(scope.statement(), scope.names());
        this.functions = new Functions(scope.statement(), scope.context());
    }

    Shape shape() {
        long subqueries = query.select().stream()
                .filter(SelectItem.Subquery.class::isInstance)
                .count();
        if (subqueries > MAX_SUBQUERIES) {
            throw SoqlException.malformed(
                    "Number of relationship subqueries exceeds the maximum allowed: " + MAX_SUBQUERIES);
        }
        query.select().forEach(this::add);
        return shape.build();
    }

    private void add(SelectItem item) {
        if (item instanceof SelectItem.Value value) {
            add(value);
        } else if (item instanceof SelectItem.Subquery subquery) {
            add(subquery);
        } else if (item instanceof SelectItem.Typeof typeof) {
            shape.add(shape.typed(typeof, scope.context()), typeof.position());
        } else if (item instanceof SelectItem.Fields fields) {
            add(fields);
        } else {
            throw SoqlException.malformedAt(
                    scope.statement(),
                    ((SelectItem.CountAll) item).position(),
                    "COUNT() must be the only element of SELECT");
        }
    }

    private void add(SelectItem.Value value) {
        if (value.expression() instanceof Expression.Path path) {
            if (value.alias().isPresent()) {
                throw SoqlException.malformedAt(
                        scope.statement(), path.position(), "only aggregate expressions use field aliasing");
            }
            shape.add(scope.plain(path));
            return;
        }
        Expression.Call call = (Expression.Call) value.expression();
        Expression argument = functions.argument(call);
        // FORMAT(convertCurrency(Amount)) is the one presentation of another.
        Expression.Call conversion =
                argument instanceof Expression.Call inner && Functions.isConversion(inner) ? inner : null;
        Expression shown = conversion == null ? argument : functions.argument(conversion);
        if (!Functions.isPresentation(call) || !(shown instanceof Expression.Path path)) {
            new RowResolver(scope).resolve(call);
            throw SoqlException.malformedAt(
                    scope.statement(), call.position(), "Field must be grouped or aggregated: " + call.function());
        }
        if (value.alias().isPresent()) {
            shape.add(new Shape.Leaf(value.alias().get(), new RowResolver(scope).resolve(call)), call.position());
        } else {
            shape.add(
                    scope.plain(path),
                    column -> functions.apply(call, conversion == null ? column : functions.apply(conversion, column)));
        }
    }

    private void add(SelectItem.Fields fields) {
        boolean bounded = fields.group() == SelectItem.FieldsGroup.STANDARD || Candidates.isBounded(query, scope);
        if (!bounded) {
            throw SoqlException.malformedAt(
                    scope.statement(), fields.position(), "The SOQL FIELDS function must have a LIMIT of at most 200");
        }
        for (FieldSchema field : scope.object().fields()) {
            boolean wanted =
                    switch (fields.group()) {
                        case ALL -> true;
                        case STANDARD -> !field.custom();
                        case CUSTOM -> field.custom();
                    };
            if (wanted) {
                shape.add(new Expression.Path(List.of(field.name()), fields.position()));
            }
        }
    }

    private void add(SelectItem.Subquery subquery) {
        Query child = subquery.query();
        String name = relationshipName(child.from().name());
        ChildRelationship relationship = scope.object()
                .childRelationship(name)
                .orElseThrow(() -> unknownRelationship(name, child.from().position()));
        ObjectSchema object = scope.context()
                .org()
                .schema()
                .object(relationship.child())
                .orElseThrow(() -> unknownRelationship(name, child.from().position()));
        FieldSchema reference = object.field(relationship.field())
                .orElseThrow(() -> unknownRelationship(name, child.from().position()));
        RowPlan plan = planner.childPlan(child, object, query, depth + 1);
        shape.add(new Shape.Children(relationship.name(), new ChildPlan(plan, reference)), subquery.position());
    }

    /** A subquery may name its relationship after the outer object or its alias: {@code FROM a.Contacts}. */
    private String relationshipName(String from) {
        int dot = from.lastIndexOf('.');
        if (dot < 0) {
            return from;
        }
        Optional<String> alias = query.from().alias();
        String before = from.substring(0, dot);
        boolean known = before.equalsIgnoreCase(scope.object().name())
                || alias.isPresent() && before.equalsIgnoreCase(alias.get());
        return known ? from.substring(dot + 1) : from;
    }

    private SoqlException unknownRelationship(String name, int position) {
        return SoqlException.at(
                scope.statement(),
                position,
                "INVALID_TYPE",
                "Didn't understand relationship '" + name
                        + "' in FROM part of query call. If you are attempting to use a custom relationship, be sure to"
                        + " append the '__r' after the custom relationship name. Please reference your WSDL or the"
                        + " describe call for the appropriate names.");
    }

    /** Collects the selected fields of one object, gathering those of the same parent under one entry. */
    private static final class ShapeBuilder {
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
                    throw SoqlException.malformedAt(
                            statement, when.position(), "duplicate type in TYPEOF: " + when.type());
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
}
