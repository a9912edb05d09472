package org.sftoolkit.camel.query;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.soql.Parameters;

/**
 * The input of a query or search from an exchange.
 *
 * @param statement returns the body as text, for an endpoint without a statement; null if the body is not text
 * @param values for the names in the statement
 */
public record QueryInput(Supplier<@Nullable String> statement, Parameters values) {}
