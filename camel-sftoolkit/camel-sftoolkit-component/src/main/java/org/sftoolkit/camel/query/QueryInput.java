package org.sftoolkit.camel.query;

import java.util.function.Supplier;
import org.sftoolkit.camel.soql.Parameters;

/**
 * What an exchange brings to a query or search.
 *
 * @param statement gives the body as text, for an endpoint that has no statement of its own; null where the body is none
 * @param values    for the names in the statement
 */
public record QueryInput(Supplier<String> statement, Parameters values) {}
