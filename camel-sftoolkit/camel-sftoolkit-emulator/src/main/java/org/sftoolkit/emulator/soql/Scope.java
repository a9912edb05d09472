package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.emulator.org.ObjectSchema;

/** What the FROM clause of one SELECT makes known: its object, under its own name and under aliases. Immutable. */
final class Scope {
    private final String statement;
    private final QueryContext context;
    private final ObjectSchema object;
    private final Names names;
    private final Map<String, List<String>> aliases = new HashMap<>();

    Scope(String statement, QueryContext context, ObjectSchema object, Query query) {
        this.statement = statement;
        this.context = context;
        this.object = object;
        this.names = new Names(statement, context, Optional.of(object));
        query.from().alias().ifPresent(alias -> aliases.put(folded(alias), List.of()));
        for (Query.PathAlias alias : query.aliases()) {
            aliases.put(folded(alias.alias()), plain(alias.path()).names());
        }
    }

    String statement() {
        return statement;
    }

    QueryContext context() {
        return context;
    }

    ObjectSchema object() {
        return object;
    }

    Names names() {
        return names;
    }

    /** The path from the object itself, without alias and without the object's own name before it. */
    Expression.Path plain(Expression.Path path) {
        if (path.names().size() == 1) {
            return path;
        }
        String first = path.names().get(0);
        List<String> meant = aliases.get(folded(first));
        if (meant == null
                && first.equalsIgnoreCase(object.name())
                && object.fieldByRelationship(first).isEmpty()) {
            meant = List.of();
        }
        if (meant == null) {
            return path;
        }
        List<String> all = new ArrayList<>(meant);
        all.addAll(path.names().subList(1, path.names().size()));
        return new Expression.Path(List.copyOf(all), path.position());
    }

    /** A text that is equal for expressions that mean the same. */
    String canonical(Expression expression) {
        if (expression instanceof Expression.Path path) {
            return folded(plain(path).dotted());
        }
        if (expression instanceof Expression.Call call) {
            return call.name() + call.arguments().stream().map(this::canonical).toList();
        }
        return expression.toString();
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
