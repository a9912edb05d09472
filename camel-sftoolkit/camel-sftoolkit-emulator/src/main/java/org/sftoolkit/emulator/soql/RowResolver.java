package org.sftoolkit.emulator.soql;

import org.sftoolkit.emulator.org.Row;

/** Expressions over single rows: paths and the functions of one value; no aggregates. */
final class RowResolver implements Resolver<Row> {
    private final Scope scope;
    private final Functions functions;

    RowResolver(Scope scope) {
        this.scope = scope;
        this.functions = new Functions(scope.statement(), scope.context());
    }

    @Override
    public Column<Row> resolve(Expression expression) {
        if (expression instanceof Expression.Path path) {
            return scope.names().column(scope.plain(path));
        }
        if (expression instanceof Expression.Call call) {
            if (AggregateFunction.named(call.name()).isPresent()) {
                throw SoqlException.malformedAt(
                        scope.statement(), call.position(), "unexpected token: '" + call.function() + "'");
            }
            Expression argument = functions.argument(call);
            boolean converted = argument instanceof Expression.Call inner
                    && inner.name().equals("CONVERTTIMEZONE")
                    && Functions.isDateFunction(call);
            Expression inner = converted ? functions.argument((Expression.Call) argument) : argument;
            return functions.apply(call, resolve(inner));
        }
        throw SoqlException.malformedAt(scope.statement(), expression.position(), "unexpected constant");
    }
}
