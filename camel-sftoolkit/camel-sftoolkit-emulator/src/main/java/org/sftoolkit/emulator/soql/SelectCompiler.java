package org.sftoolkit.emulator.soql;

import java.util.List;
import java.util.Optional;
import org.sftoolkit.emulator.org.ChildRelationship;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;

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
        if (!Functions.isPresentation(call) || !(argument instanceof Expression.Path path)) {
            new RowResolver(scope).resolve(call);
            throw SoqlException.malformedAt(
                    scope.statement(), call.position(), "Field must be grouped or aggregated: " + call.function());
        }
        if (value.alias().isPresent()) {
            shape.add(new Shape.Leaf(value.alias().get(), new RowResolver(scope).resolve(call)), call.position());
        } else {
            shape.add(scope.plain(path), column -> functions.apply(call, column));
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
}
